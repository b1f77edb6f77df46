"""The notes that editors sent with their decisions, beside the draft as it stands now."""

from dataclasses import dataclass, replace

from stories.body import Body
from stories.models import Note, Story, Submission
from stories.noted import Noted, marked, put_to
from stories.prose.safe import as_html
from stories.writing.preview import preview_of


@dataclass(frozen=True)
class Page:
    """`standing` are in the text; `settled` are those that ended."""

    body: Body
    standing: list[Noted]
    settled: list[Noted]


def sent_notes(submission: Submission) -> int:
    """How many there are to read."""
    return Note.objects.filter(submission=submission).shown().count()


def notes_page(story: Story, submission: Submission) -> Page:
    """Three queries for the notes, one less when there are none on passages, and those of the preview."""
    notes = Note.objects.filter(submission=submission).shown().with_what_became().order_by("id")
    draft = story.draft
    noted = put_to(notes, draft.body)
    body = preview_of(story)
    return Page(
        body=replace(body, html=as_html(marked(body.html, noted, draft.body))),
        standing=[each for each in noted if not each.note.outcome],
        settled=[each for each in noted if each.note.outcome],
    )
