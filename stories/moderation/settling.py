"""What was asked, in the form of the decision: each request is accepted, waived with a reason, or left open."""

from typing import Any

from django import forms

from stories.models import Answer, Request, Submission
from stories.models.request import ANSWER_CHARACTERS
from stories.prose.plain import clean_text
from stories.workflow.settling import Verdict

FORM = "decision"  # the form on the page that the controls belong to, wherever they stand
TICKS = [
    (Answer.Kind.ACCEPTED.value, "Accept"),
    (Answer.Kind.WAIVED.value, "Waive"),
    (Answer.Kind.REOPENED.value, "Still open"),
]
Row = tuple[Request, forms.BoundField, forms.BoundField]


class SettlingForm(forms.Form):
    """Two fields for each request, named after its number. Of one that is not sent nothing is said."""

    def __init__(self, *args: Any, requests: list[Request], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.requests = requests
        for request in requests:
            verdict = request.verdict
            self.fields[f"settle_{request.pk}"] = forms.ChoiceField(
                label=request.text,
                choices=TICKS,
                required=False,
                widget=forms.RadioSelect(attrs={"form": FORM}),
                initial=verdict.kind if verdict else Answer.Kind.REOPENED.value,
                error_messages={"invalid_choice": "Choose one of the three answers."},
            )
            self.fields[why(request)] = forms.CharField(
                label="Why you no longer ask for it",
                required=False,
                max_length=ANSWER_CHARACTERS,
                initial=verdict.text if verdict else "",
                widget=forms.Textarea(attrs={"rows": 2, "form": FORM}),
                error_messages={"max_length": "This reason is longer than %(limit_value)s characters."},
            )

    def clean(self) -> dict[str, Any]:
        for request in self.requests:
            is_bare = not clean_text(self.cleaned_data.get(why(request), "x"))
            if self.cleaned_data.get(f"settle_{request.pk}") == Answer.Kind.WAIVED and is_bare:
                self.add_error(why(request), "Say why you no longer ask for it: its author reads it.")
        return self.cleaned_data

    def given(self) -> dict[int, Verdict]:
        said = {r.pk: (self.cleaned_data[f"settle_{r.pk}"], self.cleaned_data[why(r)]) for r in self.requests}
        return {pk: Verdict(Answer.Kind(kind), text) for pk, (kind, text) in said.items() if kind}

    def rows(self, *, round_now: int) -> tuple[list[Row], list[Row]]:
        """Those that this round is to settle, and those that an earlier one settled."""
        now: list[Row] = []
        before: list[Row] = []
        for request in self.requests:
            is_old = request.verdict is not None and request.verdict.round < round_now
            rows = before if is_old and not self.errors else now
            rows.append((request, self[f"settle_{request.pk}"], self[why(request)]))
        return now, before


def why(request: Request) -> str:
    return f"why_{request.pk}"


def asked_on(submission: Submission) -> list[Request]:
    """In all its rounds, with the answers: two queries."""
    return list(Request.objects.made_on(submission).select_related("decision").with_answers())
