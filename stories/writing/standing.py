"""Where each story stands, in the words people use: what is so, what is next and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from stories.models import Story, Submission
from stories.status import StoryState, SubmissionState
from stories.writing.known import MOST_COUNTED, Known, know
from stories.writing.wording import moment, ordinal, since


@dataclass(frozen=True)
class Standing:
    """`state` chooses the badge, `label` stands on it; `steps` are the moves its author can make now."""

    state: str
    label: str
    next: str
    note: str = ""
    reason: str = ""
    steps: frozenset[str] = field(default=frozenset())

    @property
    def is_with_reader(self) -> bool:
        return self.state == SubmissionState.IN_REVIEW

    @property
    def may_submit(self) -> bool:
        return "submit" in self.steps

    @property
    def forms(self) -> list["Step"]:
        """The steps that are a button of their own."""
        return [step for step in STEPS if step.name in self.steps]


@dataclass(frozen=True)
class Step:
    """A move with its button; `question` is asked before what hurts, "" asks nothing."""

    name: str
    label: str
    question: str = ""

    @property
    def view(self) -> str:
        return f"writing:{self.name}"


STEPS = (
    Step("withdraw", "Take it back", "Take the story back from the editors? It loses its place in the line."),
    Step(
        "unschedule",
        "Take the publication back",
        "Take the planned publication back? An editor has to approve the story again after that.",
    ),
    Step(
        "unlist",
        "Take it off the public pages",
        "Take the story off the public pages? Who follows a link to it will not find it.",
    ),
    Step("publish_again", "Publish it again"),
    # Asks nothing: the next page has the button that brings it back.
    Step("put_in_bin", "Delete"),
)


def standings(stories: Iterable[Story]) -> dict[int, Standing]:
    """By story: the same queries, whatever their number. Needs `draft` and `published_revision` loaded."""
    return {known.story.pk: _standing(known) for known in know(stories)}


def standing_of(story: Story) -> Standing:
    return standings([story])[story.pk]


def _standing(known: Known) -> Standing:
    story, submission = known.story, known.submission
    if story.state == StoryState.REMOVED:
        return _removed(known)
    if story.is_scheduled:
        return _scheduled(story)
    if submission is not None and submission.state in _WITH_SUBMISSION:
        return _WITH_SUBMISSION[SubmissionState(submission.state)](known, submission)
    if story.state == StoryState.UNLISTED:
        return Standing(
            "unlisted",
            "Taken off the public pages",
            "You took it off; you can publish the approved text again at any time.",
            steps=frozenset({"edit", "publish_again", "submit", "put_in_bin"}),
        )
    if story.state == StoryState.PUBLISHED:
        return _published(story)
    if submission is not None and submission.state == SubmissionState.DECLINED:
        return _declined(known)
    return Standing(
        "draft",
        "Draft",
        "Only you can see it. Submit it when it is ready for an editor.",
        steps=frozenset({"edit", "submit", "put_in_bin"}),
    )


def _queued(known: Known, submission: Submission) -> Standing:
    place = f"{ordinal(known.place)} in line" if known.place else f"more than {MOST_COUNTED} before it"
    return Standing(
        submission.state,
        f"Waiting for an editor, {place}",
        _keeping_public(
            known.story, "Nothing need be done. If you submit a newer text, it keeps its place in line."
        ),
        steps=frozenset({"edit", "withdraw", "submit"}),
    )


def _in_review(known: Known, submission: Submission) -> Standing:
    reader = (
        f"{known.claim.editor.name} has been reading it since {since(known.claim.claimed_at)}"
        if known.claim
        else ""
    )
    return Standing(
        submission.state,
        "Being read by an editor",
        _keeping_public(
            known.story,
            f"{reader or 'An editor is reading it'}. You cannot change the text meanwhile; you will be told "
            "what is decided.",
        ),
    )


def _returned(known: Known, submission: Submission) -> Standing:
    return Standing(
        submission.state,
        "Sent back to you",
        _keeping_public(known.story, "Change what the editor asks for, and submit it again."),
        note=known.decision.note if known.decision else "",
        steps=frozenset({"edit", "withdraw", "submit"}),
    )


def _declined(known: Known) -> Standing:
    decision = known.decision
    reason = decision.reason if decision else None
    return Standing(
        "declined",
        "Declined",
        "The text stays yours: you can change it and submit it anew, or publish it elsewhere.",
        note=decision.note if decision else "",
        reason=f"{reason.label}. {reason.text}" if reason else "",
        steps=frozenset({"edit", "submit", "put_in_bin"}),
    )


def _published(story: Story) -> Standing:
    shown = story.published_revision
    is_changed = shown is not None and story.draft.version > shown.draft_version
    return Standing(
        "published",
        "Published",
        "You have changed it since. Readers keep the approved text until an editor has read the new one."
        if is_changed
        else "Readers can find it. You can go on editing; they keep this text until an editor has read the new one.",
        steps=frozenset({"edit", "unlist", "submit"} if is_changed else {"edit", "unlist"}),
    )


def _scheduled(story: Story) -> Standing:
    when = moment(story.scheduled_for) if story.scheduled_for else ""
    return Standing(
        "scheduled",
        f"Will be published on {when}",
        "An editor approved it. It appears by itself at that time; until then you can take it back.",
        steps=frozenset({"edit", "unschedule"}),
    )


def _removed(known: Known) -> Standing:
    return Standing(
        "removed",
        "Removed by an editor",
        "Readers do not see it any more. Your text stays with you. If you think this is wrong, answer the mail "
        "you got about it: the chief editors look at it anew.",
        note=known.removal.note if known.removal else "",
        steps=frozenset({"edit"}),
    )


_WITH_SUBMISSION = {
    SubmissionState.QUEUED: _queued,
    SubmissionState.IN_REVIEW: _in_review,
    SubmissionState.RETURNED: _returned,
}


def _keeping_public(story: Story, words: str) -> str:
    if story.state == StoryState.PUBLISHED:
        return f"{words} Readers keep the published text meanwhile."
    return words
