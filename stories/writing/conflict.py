"""Two texts of one story that nobody chose between yet, difference by difference, and what is made of the choices."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms

from stories.content import Content
from stories.models import Draft, SavedText
from stories.models.draft import PAGE_CHARACTERS
from stories.models.written import Written
from stories.prose.compare_facts import told
from stories.prose.languages import language_of
from stories.prose.merge import BOTH, FIRST, Choice, choices_between, merge
from stories.workflow.drafting import Turn

CHOSEN, OFFERED = "chosen", "offered"
# What is chosen together: a picture and its words belong to each other.
_FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("The title", "title"),
    "summary": ("The summary", "summary"),
    "language": ("The language", "language"),
    "topics": ("The topics", "topics"),
    "tags": ("The tags", "tags"),
    "cover": ("The cover picture and its words", "cover", "cover_alt"),
    "disclosures": ("What readers should know", "disclosures"),
}
_FOLDED = 3  # blocks that do not differ, from which they are put away


class SettleForm(forms.Form):
    """`version` is that of the saved text, `offered` the number under which the other one was kept."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    offered = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    page = forms.CharField(required=False, max_length=PAGE_CHARACTERS)
    turn = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    take = forms.ChoiceField(choices=[(each, each) for each in (CHOSEN, OFFERED, BOTH)])

    def turn_of_page(self) -> Turn:
        return Turn(self.cleaned_data["page"], self.cleaned_data["turn"] or 0)


@dataclass(frozen=True)
class FieldChoice:
    """Something beside the text that differs, as each text has it; `picture` is an address or ""."""

    name: str
    label: str
    first: str
    second: str
    first_picture: str = ""
    second_picture: str = ""

    @property
    def is_in_language(self) -> bool:
        return self.name in ("title", "summary", "tags", "cover")


@dataclass(frozen=True)
class Stretch:
    """Choices that are asked for, one by one, or blocks that need none."""

    choices: tuple[Choice, ...]
    is_same: bool

    @property
    def is_folded(self) -> bool:
        return self.is_same and len(self.choices) >= _FOLDED


@dataclass(frozen=True)
class Conflict:
    """`draft` is what is saved, `offered` what was sent and is not."""

    draft: Draft
    offered: SavedText
    topic_names: Mapping[str, str]

    @property
    def fields(self) -> Iterator[FieldChoice]:
        first, second = self.draft.content, self.offered.content
        for name, (label, *parts) in _FIELDS.items():
            if any(getattr(first, part) != getattr(second, part) for part in parts):
                pictures = (first.cover, second.cover) if name == "cover" else ()
                yield FieldChoice(name, label, self._said(first, name), self._said(second, name), *pictures)

    def _said(self, content: Content, name: str) -> str:
        if name == "language":
            return language_of(content.language).name
        if name == "topics":
            return ", ".join(self.topic_names.get(slug, slug) for slug in content.topics)
        if name == "tags":
            return ", ".join(content.tags)
        if name == "disclosures":
            return "; ".join(told(content))
        return {"title": content.title, "summary": content.summary, "cover": content.cover_alt}[name]

    @property
    def direction(self) -> str:
        return language_of(self.draft.language).direction

    @property
    def offered_direction(self) -> str:
        return language_of(self.offered.language).direction

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        return choices_between(self.draft.body, self.offered.body)

    @property
    def stretches(self) -> Iterator[Stretch]:
        same: list[Choice] = []
        for choice in self.choices:
            if choice.number is None:
                same.append(choice)
                continue
            if same:
                yield Stretch(tuple(same), is_same=True)
                same = []
            yield Stretch((choice,), is_same=False)
        if same:
            yield Stretch(tuple(same), is_same=True)

    @property
    def number(self) -> int:
        """How many choices there are."""
        return len(list(self.fields)) + sum(choice.number is not None for choice in self.choices)


def settled(draft: Written, offered: Written, take: str, answers: Mapping[str, str]) -> Content:
    """The text that the answers make; `answers` are the fields of the page's form. Raises TooLong."""
    first, second = draft.content, offered.content
    if take == OFFERED:
        return second
    if take == BOTH:
        return second.changed(body="<hr>".join(filter(None, (first.body, second.body))))
    chosen = {
        part: getattr(first if answers.get(f"field-{name}") == FIRST else second, part)
        for name, (_, *parts) in _FIELDS.items()
        for part in parts
    }
    blocks = {
        int(name.removeprefix("block-")): answer
        for name, answer in answers.items()
        if name.startswith("block-") and name.removeprefix("block-").isdecimal() and len(name) < 12
    }
    return second.changed(body=merge(first.body, second.body, blocks), **chosen)
