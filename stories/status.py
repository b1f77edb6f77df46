"""The two machines: what a submission and a story can be, and the one table of legal moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar


class SubmissionState(StrEnum):
    QUEUED = "queued"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class StoryState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    UNLISTED = "unlisted"
    REMOVED = "removed"


class Role(StrEnum):
    """Who makes a move. A person may be several of them, but never author and editor of one story."""

    AUTHOR = "author"
    EDITOR = "editor"
    CLAIMANT = "claimant"
    COLLEAGUE = "colleague"  # an editor, while another one holds the claim
    CLOCK = "clock"
    READER = "reader"
    POLICY = "policy"  # of the site, for authors it trusts
    FIRST = "first"  # who did what a second editor answers
    SECOND = "second"  # an editor, other than who did what is answered
    CHANGE = "change"  # of what it is about, whoever makes it


class Action(StrEnum):
    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    CLAIM = "claim"
    TAKE_OVER = "take_over"
    RELEASE = "release"
    EXPIRE = "expire"
    APPROVE = "approve"
    APPROVE_BY_POLICY = "approve_by_policy"
    RETURN = "return"
    DECLINE = "decline"
    PUBLISH = "publish"
    UNLIST = "unlist"
    PUBLISH_AGAIN = "publish_again"
    REMOVE = "remove"
    RESTORE = "restore"


# What is still going on; what an editor can be asked to read; what has ended.
OPEN = (SubmissionState.QUEUED, SubmissionState.IN_REVIEW, SubmissionState.RETURNED)
WITH_EDITORS = (SubmissionState.QUEUED, SubmissionState.IN_REVIEW)
ENDED = (SubmissionState.APPROVED, SubmissionState.DECLINED, SubmissionState.WITHDRAWN)
# In these its latest round has had no decision.
UNDECIDED = (*WITH_EDITORS, SubmissionState.WITHDRAWN)


@dataclass(frozen=True)
class Move:
    """One legal move: from which states, to which, made by whom, and what it cannot do without."""

    sources: tuple[str, ...]
    target: str
    role: Role
    needs: tuple[str, ...] = ()


SUBMISSION_MOVES: dict[Action, Move] = {
    # A submission that begins has no state before: its source is the empty string.
    Action.SUBMIT: Move(("",), SubmissionState.QUEUED, Role.AUTHOR),
    Action.RESUBMIT: Move((SubmissionState.RETURNED,), SubmissionState.QUEUED, Role.AUTHOR),
    Action.REPLACE: Move((SubmissionState.QUEUED,), SubmissionState.QUEUED, Role.AUTHOR),
    Action.WITHDRAW: Move(
        (SubmissionState.QUEUED, SubmissionState.RETURNED), SubmissionState.WITHDRAWN, Role.AUTHOR
    ),
    Action.CLAIM: Move((SubmissionState.QUEUED,), SubmissionState.IN_REVIEW, Role.EDITOR),
    Action.TAKE_OVER: Move(
        (SubmissionState.IN_REVIEW,), SubmissionState.IN_REVIEW, Role.COLLEAGUE, ("note",)
    ),
    Action.RELEASE: Move((SubmissionState.IN_REVIEW,), SubmissionState.QUEUED, Role.CLAIMANT),
    Action.EXPIRE: Move((SubmissionState.IN_REVIEW,), SubmissionState.QUEUED, Role.CLOCK),
    Action.APPROVE: Move(
        (SubmissionState.IN_REVIEW,),
        SubmissionState.APPROVED,
        Role.CLAIMANT,
        ("revision", "disclaimer", "no request open"),
    ),
    Action.APPROVE_BY_POLICY: Move(
        (SubmissionState.QUEUED,),
        SubmissionState.APPROVED,
        Role.POLICY,
        ("published story", "small change", "trusted authors"),
    ),
    Action.RETURN: Move(
        (SubmissionState.IN_REVIEW,), SubmissionState.RETURNED, Role.CLAIMANT, ("revision", "note or request")
    ),
    Action.DECLINE: Move(
        (SubmissionState.IN_REVIEW,), SubmissionState.DECLINED, Role.CLAIMANT, ("revision", "note", "reason")
    ),
}

STORY_MOVES: dict[Action, Move] = {
    # A published story that gets a newer approved revision is published from published.
    Action.PUBLISH: Move(
        (StoryState.DRAFT, StoryState.PUBLISHED, StoryState.UNLISTED),
        StoryState.PUBLISHED,
        Role.CLAIMANT,
        ("approved revision", "disclaimer"),
    ),
    Action.UNLIST: Move((StoryState.PUBLISHED,), StoryState.UNLISTED, Role.AUTHOR),
    Action.PUBLISH_AGAIN: Move((StoryState.UNLISTED,), StoryState.PUBLISHED, Role.AUTHOR),
    Action.REMOVE: Move(
        (StoryState.PUBLISHED, StoryState.UNLISTED), StoryState.REMOVED, Role.EDITOR, ("note", "reason")
    ),
    Action.RESTORE: Move((StoryState.REMOVED,), StoryState.PUBLISHED, Role.EDITOR, ("note",)),
}


Deed = TypeVar("Deed", bound=StrEnum)


class MoveRefused(Exception):
    """A verb did nothing. `message` is a whole sentence for the person who asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(MoveRefused):
    """This person may not make this move, whatever the state."""


class WrongState(MoveRefused):
    """The move does not start from where the thing stands now."""


class AlreadyThere(WrongState):
    """The move has been made before: a retry, not a fault."""


class Stale(MoveRefused):
    """Decided or saved on something that has changed meanwhile. Nothing was done; answer 409."""


class Incomplete(MoveRefused):
    """Something the move needs is missing; `field` names the form field."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class NoRoom(MoveRefused):
    """The person has as much under way as is allowed at once."""


def say(state: str) -> str:
    """The state in the words people use."""
    return _WORDS[state]


def check_move(
    table: Mapping[Deed, Move], action: Deed, state: str, *, words: Callable[[str], str] = say
) -> str:
    """The state that `action` leads to from `state`.

    Raises AlreadyThere when the thing already stands where the move leads and could not start there
    again, WrongState when the move is not legal from `state`.
    """
    move = table[action]
    if state in move.sources:
        return move.target
    if state == move.target:
        raise AlreadyThere("This has been done already; nothing was changed.")
    raise WrongState(f"This cannot be done while it is {words(state)}. Nothing was changed.")


_WORDS = {
    "": "a draft",
    SubmissionState.QUEUED: "waiting for an editor",
    SubmissionState.IN_REVIEW: "being read by an editor",
    SubmissionState.RETURNED: "sent back to its author",
    SubmissionState.APPROVED: "approved",
    SubmissionState.DECLINED: "declined",
    SubmissionState.WITHDRAWN: "withdrawn",
    StoryState.DRAFT: "a draft",
    StoryState.PUBLISHED: "published",
    StoryState.UNLISTED: "taken off the public pages by its author",
    StoryState.REMOVED: "removed",
}
