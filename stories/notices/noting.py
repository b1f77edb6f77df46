"""Tells the other side that somebody spoke about a note beside the text."""

from stories.models import Event, Message, Notice
from stories.notices.saying import Sentence, lines, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, title_of, who_did
from stories.permissions import may_review

QUOTED = 120  # characters


def tell_of_message(event: Event, message: Message) -> list[Notice]:
    """From an author: to who wrote the note, who reads the story now, and the other authors. From an editor: to the
    authors."""
    note, submission = message.note, message.note.submission
    authors = [author for author in event.story.authors() if author.pk != event.actor_id]
    told = [put(event, _to_authors(event, message), recipient=author) for author in authors]
    if message.is_from_author:
        readers = [claim.editor for claim in submission.claims.live().select_related("editor")]
        editors = {editor.pk: editor for editor in (note.by, *readers) if may_review(editor, submission)}
        told += [put(event, _to_editors(event, message), recipient=editor) for editor in editors.values()]
    return told


def _said(message: Message) -> Sentence:
    quote = " ".join(message.note.quote.split())
    quoted = f"{quote[:QUOTED]}{'…' if len(quote) > QUOTED else ''}"
    about = say("About “%(quote)s”:", quote=quoted) if quote else say("About a note:")
    return lines(about, message.text)


def _to_authors(event: Event, message: Message) -> Words:
    return Words(
        say("%(name)s answered a note on “%(title)s”", name=who_did(event), title=title_of(event)),
        paragraphs(
            _said(message), say("Nothing of your text is changed by it. You can answer beside the text.")
        ),
        f"/writing/{event.story_id}/submissions/{event.submission_id}/notes/#note-{message.note_id}",
        say("Open the notes"),
    )


def _to_editors(event: Event, message: Message) -> Words:
    return Words(
        say("%(name)s answered a note on “%(title)s”", name=who_did(event), title=title_of(event)),
        paragraphs(_said(message), say("It stands beside the text.")),
        f"/moderation/{event.submission_id}/#note-{message.note_id}",
        say("Open the submission"),
    )
