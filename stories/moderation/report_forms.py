"""What the form that answers reports accepts."""

from django import forms

from stories.models import DisclaimerVersion, Reason, ReportDecision
from stories.moderation.claim_forms import HeldForm
from stories.moderation.forms import offer_reasons, offer_versions
from stories.moderation.judging import Reports
from stories.workflow.deciding import NOTE_CHARACTERS

DISMISS = ReportDecision.Kind.DISMISS.value
DUPLICATE = ReportDecision.Kind.DUPLICATE.value
Measure = ReportDecision.Measure


class ReportDecisionForm(HeldForm):
    up_to = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Your answer",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose your answer.",
            "invalid_choice": "This answer cannot be given any more. Choose another one.",
        },
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        required=False,
        empty_label="Choose a reason",
        label="Reason that the author is given",
        error_messages={"invalid_choice": "This reason is not offered any more. Choose another one."},
    )
    disclaimer = forms.ModelChoiceField(
        DisclaimerVersion.objects.none(),
        required=False,
        empty_label=None,
        label="Disclaimer above the story",
        error_messages={"invalid_choice": "This disclaimer is not offered any more. Choose another one."},
    )
    earlier = forms.TypedChoiceField(
        label="Which answer it was", required=False, coerce=int, empty_value=None, choices=()
    )
    note = forms.CharField(
        required=False,
        max_length=NOTE_CHARACTERS,
        label="Note to the author",
        help_text="Say what in the story it is about. That readers reported it is added; by whom is never said.",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    answer = forms.CharField(
        required=False,
        max_length=NOTE_CHARACTERS,
        label="Answer to those who reported it",
        help_text="Needed when you dismiss the reports. What you decide is said by itself.",
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self, *args: object, found: Reports, versions: list[DisclaimerVersion], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["decision"].choices = _answers(found)  # type: ignore[attr-defined]
        self.fields["earlier"].choices = [  # type: ignore[attr-defined]
            (group.pk, f"{group.decision.get_kind_display()}, {group.decision.decided_at:%d.%m.%Y}")
            for group in found.earlier
        ]
        offer_reasons(self.fields["reason"])
        offer_versions(self.fields["disclaimer"], versions)


def _answers(found: Reports) -> list[tuple[str, str]]:
    answers = [
        (Measure.REMOVE.value, "Uphold: remove the story"),
        (Measure.DISCLAIMER.value, "Uphold: give it another disclaimer"),
    ]
    if found.newer_waits:
        answers.append((Measure.RETURN.value, "Uphold: send the newer text back to its author"))
    answers += [(Measure.DONE.value, "Uphold: it was mended already"), (DISMISS, "Dismiss: the story stays")]
    if found.earlier:
        answers.append((DUPLICATE, "The same was answered before"))
    return answers
