"""Who may: small questions about a person and a thing. Views ask to show, verbs ask to do."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from stories.models import Claim, Story, Submission
from stories.status import SUBMISSION_MOVES, Action, Role

Person = User | AnonymousUser


def is_editor(user: Person) -> bool:
    return user.is_active and user.has_perm("stories.review_submission")


def wrote(user: Person, story: Story) -> bool:
    return user.is_authenticated and story.author_id == user.pk


def may_write(user: Person, story: Story) -> bool:
    return user.is_active and wrote(user, story)


def may_review(user: Person, submission: Submission) -> bool:
    """Nobody reads, claims or decides their own story as its editor."""
    return is_editor(user) and not wrote(user, submission.story)


def holds(user: Person, claim: Claim | None) -> bool:
    return claim is not None and claim.editor_id == user.pk and claim.ended_at is None


def may_read_log(user: Person) -> bool:
    return user.is_active and user.has_perm("stories.read_log")


def may_edit_disclaimers(user: Person) -> bool:
    return user.is_active and user.has_perm("stories.edit_disclaimer")


def may_change_published_disclaimer(user: Person, story: Story) -> bool:
    return user.is_active and user.has_perm("stories.change_published_disclaimer") and not wrote(user, story)


def may_remove(user: Person, story: Story) -> bool:
    return user.is_active and user.has_perm("stories.remove_story") and not wrote(user, story)


def roles(user: Person, submission: Submission, claim: Claim | None) -> set[Role]:
    """What `user` is to this submission, given its live claim."""
    found = set()
    if wrote(user, submission.story) and user.is_active:
        found.add(Role.AUTHOR)
    if may_review(user, submission):
        found.add(Role.EDITOR)
        if holds(user, claim):
            found.add(Role.CLAIMANT)
    return found


def allowed_actions(user: Person, submission: Submission, claim: Claim | None) -> set[Action]:
    """The moves this person could make now; read from the one table of legal moves."""
    mine = roles(user, submission, claim)
    return {
        action
        for action, move in SUBMISSION_MOVES.items()
        if submission.state in move.sources and move.role in mine
    }
