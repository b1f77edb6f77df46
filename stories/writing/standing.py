"""Where each story stands, in the words people use: what is so, what is next and by whom."""

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from accounts.models import User
from stories.models import Answer, Story, Submission
from stories.status import StoryState, SubmissionState
from stories.writing.known import MOST_COUNTED, Known, know
from stories.writing.steps import THEIRS, YOURS, Standing
from stories.writing.waits import expectation
from stories.writing.wording import moment, ordinal, since


def standings(stories: Iterable[Story]) -> dict[int, Standing]:
    """By story: the same queries, whatever their number. Needs `draft` and `published_revision` loaded."""
    return {known.story.pk: _with_submission(known, _standing(known)) for known in know(stories)}


def as_seen_by(reader: User, story: Story, standing: Standing) -> Standing:
    """Without the moves that only who leads the story makes."""
    if story.author_id == reader.pk:
        return standing
    return replace(standing, steps=standing.steps - {"put_in_bin"})


def standing_of(story: Story) -> Standing:
    return standings([story])[story.pk]


def _with_submission(known: Known, standing: Standing) -> Standing:
    """With the way to its page, and the last note when the state has not said it."""
    submission, decision = known.submission, known.decision
    if submission is None:
        return standing
    address = reverse("writing:submission", args=[known.story.pk, submission.pk])
    standing = replace(standing, submission_id=submission.pk, address=address)
    if decision is None or not decision.note or standing.note:
        return standing
    return replace(standing, note=decision.note, note_by=decision.decider, note_at=decision.decided_at)


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
        return _published(known)
    if submission is not None and submission.state == SubmissionState.DECLINED:
        return _declined(known)
    return Standing(
        "draft",
        "Draft",
        "Readers do not find it yet. Submit it when it is ready for an editor.",
        turn=YOURS,
        steps=frozenset({"edit", "submit", "put_in_bin"}),
    )


def _queued(known: Known, submission: Submission) -> Standing:
    place = f"{ordinal(known.place)} in line" if known.place else f"more than {MOST_COUNTED} before it"
    return Standing(
        submission.state,
        f"Waiting for an editor, {place}",
        _keeping_public(
            known.story,
            "You need do nothing: an editor takes it when its turn comes, and you are told what is decided. "
            "If you submit a newer text, it keeps its place in line.",
        ),
        turn=THEIRS,
        wait=expectation(submission, known.measured),
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
    number = len(known.requests)
    asked = f" with {number} request{'s' if number > 1 else ''}" if number else ""
    return Standing(
        submission.state,
        f"Sent back to you{asked}",
        _keeping_public(known.story, _what_to_answer(known)),
        turn=YOURS,
        requests=known.requests,
        steps=frozenset({"edit", "withdraw", "submit"}),
    )


def _what_to_answer(known: Known) -> str:
    asked = len(known.requests)
    answered = sum(request.state != Answer.Kind.OPEN for request in known.requests)
    if not asked:
        return "Change what the editor asks for, and submit it again."
    if answered == asked:
        return "You have answered all that was asked. Submit it again when the text is ready."
    done = f" You have answered {answered} of {asked}." if answered else ""
    return f"Change what the editor asks for, tick what is done or say why you disagree, and submit it again.{done}"


def _declined(known: Known) -> Standing:
    decision = known.decision
    return Standing(
        "declined",
        "Declined",
        "The text stays yours: you can change it and submit it anew, publish it elsewhere, or appeal.",
        reason=decision.reason_given if decision else "",
        steps=frozenset({"edit", "submit", "put_in_bin"}),
    )


def _published(known: Known) -> Standing:
    is_changed = known.story.has_pending_change
    return Standing(
        "published",
        "Published",
        _what_comes_of_a_change(is_made=is_changed, is_ready=known.is_ready),
        steps=frozenset({"edit", "unlist", "submit"} if is_changed else {"edit", "unlist"}),
    )


def _what_comes_of_a_change(*, is_made: bool, is_ready: bool) -> str:
    if is_made and is_ready:
        return (
            "You have changed it since. Readers keep the text they have until you submit it: a small change goes live "
            "at once then, and anything more when an editor has read it."
        )
    if is_made:
        return (
            "You have changed it since. Readers keep the approved text until an editor has read the new one."
        )
    if is_ready:
        return (
            "Readers can find it. You can go on editing: a small change goes live at once when you submit it, and "
            "anything more when an editor has read it."
        )
    return "Readers can find it. You can go on editing; they keep this text until an editor has read the new one."


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
        "Readers do not see it any more. Your text stays with you. If you think this is wrong, you can appeal: "
        "somebody other than who removed it looks at it anew.",
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
