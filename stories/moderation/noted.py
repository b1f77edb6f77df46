"""What the review page shows of notes: those beside the text, the form for one more, and what only editors read."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.db.models import Q

from stories.models import Note, PrivateNote, Settlement, Submission
from stories.moderation.note_forms import NoteForm
from stories.moderation.reviewing import Review
from stories.noted import Noted, marked, put_to
from stories.prose.safe import as_html
from stories.workflow.fixing import may_fix

MOST_PRIVATE = 30


@dataclass(frozen=True)
class Beside:
    """`standing` are in the text; `settled` are those that ended."""

    standing: list[Noted]
    settled: list[Noted]
    form: NoteForm | None
    private: list[PrivateNote]
    may_fix: bool


def with_notes(review: Review, page: dict[str, Any]) -> dict[str, Any]:
    """The page with its notes: three queries, one more when there are notes on passages, and one for
    who reads it: whether its author allows small corrections."""
    submission = review.submission
    body = submission.revision.body
    noted = put_to(_notes(submission), body)
    form = None
    if review.is_mine and review.claim is not None:
        form = NoteForm(body=body, initial={"claim": review.claim.pk, "revision": submission.revision_id})
    beside = Beside(
        standing=[each for each in noted if not each.note.outcome],
        settled=[each for each in noted if each.note.outcome],
        form=form,
        private=_private(submission),
        may_fix=review.is_mine and may_fix(submission),
    )
    shown = replace(page["body"], html=as_html(marked(page["body"].html, noted, body)))
    return {**page, "body": shown, "beside": beside, "private_key": uuid4()}


def _notes(submission: Submission) -> list[Note]:
    written = Note.objects.filter(submission=submission).with_what_became()
    return list(written.exclude(settlement__kind=Settlement.Kind.WITHDRAWN).order_by("id"))


def _private(submission: Submission) -> list[PrivateNote]:
    """About this submission, and about each who writes the story; the newest first."""
    authors = submission.story.authorships.values("author")
    about = PrivateNote.objects.filter(Q(submission=submission) | Q(author__in=authors))
    return list(about.select_related("by", "author").order_by("-id")[:MOST_PRIVATE])
