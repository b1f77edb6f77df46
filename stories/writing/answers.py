"""The forms of a submission's page: a tick for each request, and a message to the editors."""

from typing import Any
from uuid import uuid4

from django import forms

from stories.models import Answer, Request
from stories.models.request import ANSWER_CHARACTERS
from stories.prose.plain import clean_text
from stories.workflow.answering import REPLY_CHARACTERS, Given

TICKS = [
    (Answer.Kind.DONE.value, "Done"),
    (Answer.Kind.DISAGREED.value, "I disagree, because …"),
    (Answer.Kind.OPEN.value, "Not yet"),
]


class AnswersForm(forms.Form):
    """Two fields for each request, named after its number."""

    def __init__(self, *args: Any, requests: list[Request], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.requests = requests
        for request in requests:
            self.fields[f"tick_{request.pk}"] = forms.ChoiceField(
                label=request.text,
                choices=TICKS,
                widget=forms.RadioSelect,
                initial=request.state,
                error_messages={
                    "required": "Choose an answer, or “Not yet”.",
                    "invalid_choice": "Choose one of the three answers.",
                },
            )
            self.fields[f"because_{request.pk}"] = forms.CharField(
                label="A word to the editor",
                required=False,
                max_length=ANSWER_CHARACTERS,
                initial=request.answer.text if request.answer else "",
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": "This answer is longer than %(limit_value)s characters."},
            )

    def clean(self) -> dict[str, Any]:
        for request in self.requests:
            is_bare = not clean_text(self.cleaned_data.get(self.because(request), "x"))
            if self.cleaned_data.get(f"tick_{request.pk}") == Answer.Kind.DISAGREED and is_bare:
                self.add_error(
                    self.because(request), "Say why you disagree, so that the editor can weigh it."
                )
        return self.cleaned_data

    @staticmethod
    def because(request: Request) -> str:
        return f"because_{request.pk}"

    @property
    def rows(self) -> list[tuple[Request, forms.BoundField, forms.BoundField]]:
        return [(r, self[f"tick_{r.pk}"], self[self.because(r)]) for r in self.requests]

    def given(self) -> dict[int, Given]:
        data = self.cleaned_data
        return {r.pk: Given(Answer.Kind(data[f"tick_{r.pk}"]), data[self.because(r)]) for r in self.requests}


class ReplyForm(forms.Form):
    """`key` is made with the page, so that a form sent twice says it once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = forms.CharField(
        label="Write to the editors",
        max_length=REPLY_CHARACTERS,
        help_text="It stands beside your story where they read it. Nothing of your text is changed by it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Write the message first.",
            "max_length": "The message is longer than %(limit_value)s characters.",
        },
    )
