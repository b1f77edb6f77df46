"""What the author's forms accept, and the story's content they make of it."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError

from stories.content import Content
from stories.models import Draft, Topic
from stories.models.draft import PAGE_CHARACTERS
from stories.models.written import (
    ALT_CHARACTERS,
    SUMMARY_CHARACTERS,
    TAG_CHARACTERS,
    TAGS_A_STORY,
    TITLE_CHARACTERS,
    TOPICS_A_STORY,
)
from stories.prose.addresses import safe_picture
from stories.prose.languages import LANGUAGES, language_of
from stories.prose.plain import clean_line
from stories.workflow.drafting import Turn
from stories.writing.disclosing import DisclosingForm, disclosed_already
from stories.writing.typed import html_to_typed, typed_to_html

_LANGUAGES = [(language.code, language.own_name) for language in LANGUAGES]
PICTURE_KINDS = "image/jpeg,image/png,image/webp,image/avif,image/gif"
PICTURE_HELP = "JPEG, PNG, WebP, AVIF or GIF, up to 10 MB. Place and camera are taken out of the file."
IN_LANGUAGE = ("title", "summary", "body", "tags", "cover_alt")
NEEDED = ("title", "body", "topics")
WORD_THAT_DELETES = "delete"
_BETWEEN_TAGS = re.compile(r"[,;،؛、\n]")


class NewStoryForm(forms.Form):
    """`key` is made with the page, so that a form sent twice begins one story."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    title = forms.CharField(
        label="Title",
        required=False,
        max_length=TITLE_CHARACTERS,
        help_text="A working title will do; you can change it until readers see it, and after.",
        error_messages={"max_length": f"A title has at most {TITLE_CHARACTERS} characters."},
    )
    language = forms.ChoiceField(label="Language of the story", choices=_LANGUAGES, initial="en")


class PortraitForm(forms.Form):
    file = forms.FileField(
        label="Picture",
        help_text=PICTURE_HELP,
        widget=forms.FileInput(attrs={"accept": PICTURE_KINDS}),
        error_messages={
            "required": "Choose a picture first.",
            "empty": "This file is empty. Choose another one.",
            "missing": "Choose a picture first.",
            "invalid": "Choose a picture first.",
        },
    )


class StoryForm(DisclosingForm):
    """The whole draft. `version` is the one that the page was made from."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    # The page's own saving says which page it is, and which of its saves this is.
    page = forms.CharField(required=False, max_length=PAGE_CHARACTERS, widget=forms.HiddenInput)
    turn = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    # "html" is said by the rich-text editor; the plain text area says "text".
    markup = forms.ChoiceField(
        choices=[("text", "text"), ("html", "html")], initial="text", required=False, widget=forms.HiddenInput
    )
    title = forms.CharField(
        label="Title",
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "autocomplete": "off"}),
    )
    summary = forms.CharField(
        label="Summary",
        required=False,
        help_text="One or two sentences under the title, and on the cards that lead to the story.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    body = forms.CharField(
        label="Story",
        required=False,
        strip=False,
        help_text="An empty line makes a new paragraph.",
        widget=forms.Textarea(attrs={"rows": 24}),
    )
    language = forms.ChoiceField(
        label="Language",
        choices=_LANGUAGES,
        error_messages={"invalid_choice": "Choose one of the languages.", "required": "Choose a language."},
    )
    topics = forms.MultipleChoiceField(
        label="Topics",
        required=False,
        help_text=f"One to {TOPICS_A_STORY}: the shelves on which readers find it.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "One of the topics is not offered any more. Choose another one.",
            "invalid_list": "One of the topics is not offered any more. Choose another one.",
        },
    )
    tags = forms.CharField(
        label="Tags",
        required=False,
        help_text=f"Up to {TAGS_A_STORY} words of your own, with commas between them.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    cover = forms.CharField(required=False, widget=forms.HiddenInput)
    cover_file = forms.FileField(
        label="Cover picture",
        required=False,
        help_text=PICTURE_HELP,
        widget=forms.FileInput(attrs={"accept": PICTURE_KINDS}),
        error_messages={"empty": "This file is empty. Choose another one."},
    )
    cover_alt = forms.CharField(
        label="What the cover shows",
        required=False,
        help_text="For those who cannot see it.",
    )
    cover_removed = forms.BooleanField(label="Take the cover picture away", required=False)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "version": draft.version,
            "title": draft.title,
            "summary": draft.summary,
            "body": lambda: html_to_typed(draft.body),  # only a page asks for it, and a save shows none
            "language": draft.language,
            "topics": draft.topics,
            "tags": ", ".join(draft.tags),
            "cover": draft.cover,
            "cover_alt": draft.cover_alt,
            **disclosed_already(draft.disclosures),
        }
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.use_required_attribute = False
        self._write_in(self["language"].value())
        self.fields["topics"].choices = _topic_choices(draft)  # type: ignore[attr-defined]

    def _write_in(self, code: str | None) -> None:
        """The fields of the story follow its language where no script does it."""
        language = language_of(code or "")
        for name in IN_LANGUAGE:
            self.fields[name].widget.attrs.update(lang=language.code, dir=language.direction)

    def show_what_is_needed(self) -> None:
        """For the page alone: a draft may be empty, and what a submission needs is not called optional."""
        for name in NEEDED:
            self.fields[name].required = True
        self.ask_for_answers()

    def clean_title(self) -> str:
        return _within(clean_line(self.cleaned_data["title"]), TITLE_CHARACTERS, "title")

    def clean_summary(self) -> str:
        return _within(clean_line(self.cleaned_data["summary"]), SUMMARY_CHARACTERS, "summary")

    def clean_cover_alt(self) -> str:
        return _within(clean_line(self.cleaned_data["cover_alt"]), ALT_CHARACTERS, "description")

    def clean_topics(self) -> tuple[str, ...]:
        """Those it had in the order they had, then the new ones."""
        chosen = self.cleaned_data["topics"]
        if len(chosen) > TOPICS_A_STORY:
            raise ValidationError(f"Choose at most {TOPICS_A_STORY} topics.")
        kept = [slug for slug in self.draft.topics if slug in chosen]
        return tuple(dict.fromkeys([*kept, *chosen]))

    def clean_tags(self) -> tuple[str, ...]:
        words = [
            clean_line(word).lstrip("#").strip() for word in _BETWEEN_TAGS.split(self.cleaned_data["tags"])
        ]
        kept: dict[str, str] = {}
        for word in filter(None, words):
            kept.setdefault(word.casefold(), word)
        tags = tuple(kept.values())
        if len(tags) > TAGS_A_STORY:
            raise ValidationError(f"A story has at most {TAGS_A_STORY} tags; these are {len(tags)}.")
        for tag in tags:
            _within(tag, TAG_CHARACTERS, "tag")
        return tags

    def clean_cover(self) -> str:
        address = self.cleaned_data["cover"]
        if address and safe_picture(address) is None:
            raise ValidationError("The cover picture has to be uploaded here. Choose a file.")
        return address

    def turn_of_page(self) -> Turn:
        return Turn(self.cleaned_data["page"], self.cleaned_data["turn"] or 0)

    def content(self) -> Content:
        """What was sent, on top of what the form does not ask."""
        data = self.cleaned_data
        is_html = data["markup"] == "html"
        has_cover = data["cover"] and not data["cover_removed"]
        return self.draft.content.changed(
            title=data["title"],
            summary=data["summary"],
            body=data["body"] if is_html else typed_to_html(data["body"]),
            language=data["language"],
            topics=data["topics"],
            tags=data["tags"],
            cover=data["cover"] if has_cover else "",
            cover_alt=data["cover_alt"] if has_cover else "",
            disclosures=self.disclosures(),
        )


class ErasureForm(forms.Form):
    """A typed word: what cannot be undone is not done by one click."""

    word = forms.CharField(
        label=f"Type the word “{WORD_THAT_DELETES}”",
        help_text="So that nothing is deleted by a slip.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": f"Type the word “{WORD_THAT_DELETES}” if you mean it. Nothing was deleted."
        },
    )

    def clean_word(self) -> str:
        word = str(self.cleaned_data["word"])
        if word.strip(" “”\"'.").casefold() != WORD_THAT_DELETES:
            raise ValidationError(f"This is not the word “{WORD_THAT_DELETES}”. Nothing was deleted.")
        return word


def _within(text: str, limit: int, what: str) -> str:
    if len(text) > limit:
        raise ValidationError(f"A {what} has at most {limit} characters; this one has {len(text)}.")
    return text


def _topic_choices(draft: Draft) -> list[tuple[str, str]]:
    """Those offered, and those the story has from before."""
    topics = Topic.objects.all()
    return [(topic.slug, topic.name) for topic in topics if topic.is_open or topic.slug in draft.topics]
