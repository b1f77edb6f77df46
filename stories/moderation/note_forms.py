"""The forms beside the text: a note on a passage, a message about one, and what only editors read."""

from typing import Any
from uuid import uuid4

from django import forms

from stories.models import Note
from stories.models.note import (
    MESSAGE_CHARACTERS,
    NOTE_CHARACTERS,
    PRIVATE_CHARACTERS,
    REPLACEMENT_CHARACTERS,
)
from stories.prose.anchors import MOST_QUOTED, openings
from stories.workflow.noting import Passage, Written

_WHOLE = ("", "The story as a whole")
_LARGEST = 2**31 - 1


class NoteForm(forms.Form):
    """`before` is what stands before the marked words; a script fills it in, so that equal words are told apart."""

    claim = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400, strip=False)
    kind = forms.ChoiceField(
        label="What it is",
        choices=Note.Kind.choices,
        initial=Note.Kind.NOTE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it is.", "invalid_choice": "Choose one of the three."},
    )
    block = forms.IntegerField(
        label="Paragraph",
        required=False,
        min_value=0,
        max_value=_LARGEST,
        widget=forms.Select,
        error_messages={"invalid": "Choose one of the paragraphs."},
    )
    quote = forms.CharField(
        label="The words it is about",
        required=False,
        max_length=MOST_QUOTED,
        help_text="Exactly as they stand in the paragraph. Empty means all of it.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "Mark at most %(limit_value)s characters."},
    )
    replacement = forms.CharField(
        label="What should stand there",
        required=False,
        max_length=REPLACEMENT_CHARACTERS,
        help_text="The author takes it or refuses it. Empty takes the words out.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": "The other words are longer than %(limit_value)s characters."},
    )
    text = forms.CharField(
        label="What you say about it",
        max_length=NOTE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Write what you have to say about it.",
            "max_length": "The note is longer than %(limit_value)s characters.",
        },
    )

    def __init__(self, *args: Any, body: str, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "noting_%s", **kwargs})
        self.use_required_attribute = False
        self.fields["text"].required = self.data.get("kind") != Note.Kind.SUGGESTION
        choose = self.fields["block"].widget
        choose.choices = [_WHOLE, *((number, f"{number + 1}. {words}") for number, words in openings(body))]

    def written(self) -> Written:
        data = self.cleaned_data
        block = data.get("block")
        passage = Passage(block, data["quote"], data["before"]) if block is not None else None
        return Written(Note.Kind(data["kind"]), data["text"], passage, data["replacement"])


class MessageForm(forms.Form):
    key = forms.UUIDField()
    text = forms.CharField(
        max_length=MESSAGE_CHARACTERS,
        error_messages={
            "required": "Write the message first.",
            "max_length": "The message is longer than %(limit_value)s characters.",
        },
    )


class PrivateNoteForm(forms.Form):
    """`author` is empty for a note about the submission."""

    key = forms.UUIDField()
    author = forms.CharField(required=False, max_length=30)
    text = forms.CharField(
        max_length=PRIVATE_CHARACTERS,
        error_messages={
            "required": "Write the note first.",
            "max_length": "The note is longer than %(limit_value)s characters.",
        },
    )
