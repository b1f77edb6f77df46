"""The part of the author's form that asks what readers should know beside the story."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from stories.prose.disclosures import KINDS, Kind, read_disclosures


def detail_name(kind: Kind) -> str:
    return f"disclosed_{kind.key}"


@dataclass(frozen=True)
class Asked:
    """A tick with the question that it opens."""

    kind: Kind
    is_ticked: bool
    detail: BoundField


class DisclosingForm(forms.Form):
    """A draft keeps whatever was typed; what a submission wants of it is said when it is submitted."""

    disclosed = forms.MultipleChoiceField(
        label="What readers should know",
        required=False,
        choices=[(kind.key, kind.claim) for kind in KINDS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Tick only what is listed.",
            "invalid_list": "Tick only what is listed.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in KINDS:
            self.fields[detail_name(kind)] = forms.CharField(
                label=kind.question,
                required=False,
                max_length=kind.most_characters,
                widget=forms.TextInput(
                    attrs={"dir": "ltr", "inputmode": "url", "placeholder": "https://"}
                    if kind.is_address
                    else {"dir": "auto"}
                ),
                error_messages={"max_length": "This has at most %(limit_value)s characters."},
            )

    @property
    def asked(self) -> Iterator[Asked]:
        ticked = self["disclosed"].value() or []
        for kind in KINDS:
            yield Asked(kind, kind.key in ticked, self[detail_name(kind)])

    def disclosures(self) -> tuple[str, ...]:
        """What is ticked, each with its answer; an answer without its tick is none."""
        ticked = self.cleaned_data["disclosed"]
        return tuple(
            f"{kind.key}={self.cleaned_data[detail_name(kind)]}" for kind in KINDS if kind.key in ticked
        )

    def ask_for_answers(self) -> None:
        """For the page alone: what a submission needs is not called optional."""
        for kind in KINDS:
            self.fields[detail_name(kind)].required = bool(kind.missing)


def disclosed_already(lines: list[str]) -> dict[str, object]:
    """Initial values of the form."""
    said = read_disclosures(lines)
    return {
        "disclosed": [each.kind.key for each in said],
        **{detail_name(each.kind): each.answer for each in said},
    }
