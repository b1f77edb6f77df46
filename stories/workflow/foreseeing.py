"""What would happen to each of several submissions if something were done to all of them: looked at, and not done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Prefetch

from accounts.models import User
from stories.models import Batch, Claim, PreparedReply, Proposal, Submission
from stories.models.authorship import authors_of
from stories.status import SubmissionState, say
from stories.workflow.preparing import fill_words


@dataclass(frozen=True)
class Foreseen:
    """Either `would` says what would happen, or `why_not` why nothing would."""

    submission: Submission
    authors: list[str]
    would: str = ""
    why_not: str = ""
    words: str = ""  # what its authors would be told


def foresee(
    kind: str,
    ids: Sequence[int],
    *,
    by: User,
    now: datetime,
    note: str = "",
    reply: PreparedReply | None = None,
) -> list[Foreseen]:
    """In the order of `ids`, of those that `by` may read: three queries, however many."""
    rows = {submission.pk: submission for submission in _looked_at(ids, by)}
    return [
        _foreseen(kind, rows[pk], by=by, now=now, note=note, reply=reply)
        for pk in dict.fromkeys(ids)
        if pk in rows
    ]


def _looked_at(ids: Iterable[int], by: User) -> Iterable[Submission]:
    claims = Claim.objects.live().with_held().select_related("editor")
    proposals = Proposal.objects.standing().select_related("proposed_by")
    kept = Submission.objects.filter(pk__in=list(ids), story__deleted_at__isnull=True).not_by(by)
    return (
        kept.annotate(writers=authors_of(OuterRef("story_id"), "username", "display_name"))
        .select_related("story", "revision")
        .prefetch_related(
            Prefetch("claims", queryset=claims, to_attr="live_claims"),
            Prefetch("proposals", queryset=proposals, to_attr="standing_proposals"),
        )
    )


def _foreseen(
    kind: str, submission: Submission, *, by: User, now: datetime, note: str, reply: PreparedReply | None
) -> Foreseen:
    authors = [writer["display_name"] or writer["username"] for writer in submission.writers]  # type: ignore[attr-defined]
    claim = next((claim for claim in submission.live_claims if claim.is_live(now)), None)  # type: ignore[attr-defined]
    why_not = why_not_now(kind, submission, claim, by=by, reply=reply)
    for proposal in submission.standing_proposals:  # type: ignore[attr-defined]
        why_not = (
            why_not
            or f"{proposal.proposed_by.name} proposes to decline it, and a second editor is asked to agree."
        )
    if why_not:
        return Foreseen(submission, authors, why_not=why_not)
    words = fill_words(reply, authors=authors, title=submission.revision.title, by=by) if reply else note
    return Foreseen(submission, authors, would=_would(kind, claim), words=words)


def why_not_now(
    kind: str, submission: Submission, claim: Claim | None, *, by: User, reply: PreparedReply | None = None
) -> str:
    """Also asked when it is done: the verbs refuse the same, in the words for a single one."""
    if submission.state not in (SubmissionState.QUEUED, SubmissionState.IN_REVIEW):
        return f"It is {say(submission.state)}."
    mine = claim is not None and claim.editor_id == by.pk
    if claim is not None and claim.is_held:
        return "You have decided on it." if mine else f"{claim.editor.name} has decided on it."
    match kind:
        case Batch.Kind.CLAIM if mine:
            return "You are reading it already."
        case Batch.Kind.RELEASE if not mine:
            return "You are not reading it."
        case Batch.Kind.FREE if claim is None:
            return "Nobody is reading it."
        case Batch.Kind.FREE if mine:
            return "You are reading it yourself. Put it back as one of yours."
    if kind not in (Batch.Kind.RELEASE, Batch.Kind.FREE) and claim is not None and not mine:
        return f"{claim.editor.name} is reading it."
    if reply is not None and reply.language not in (submission.language, "en"):
        return "The reply is in another language than the story."
    return ""


def _would(kind: str, claim: Claim | None) -> str:
    match kind:
        case Batch.Kind.CLAIM:
            return "You take it."
        case Batch.Kind.RELEASE:
            return "It goes back to its old place in the queue."
        case Batch.Kind.FREE if claim:
            return f"{claim.editor.name} is told why, and it goes back to its old place in the queue."
        case Batch.Kind.RETURN:
            return "It goes back to its author, who may send it in again."
    return "It is declined. Its author is told the reason and may appeal."
