"""What the desk's forms accept. Whether it may be done is the workflow's business."""

from django import forms
from django.utils import timezone

from stories.models import Decision, DisclaimerVersion, Reason
from stories.prose.languages import language_of
from stories.workflow.deciding import NOTE_CHARACTERS

KINDS = [
    (Decision.Kind.APPROVE.value, "Publish this text"),
    (Decision.Kind.RETURN.value, "Send back with requests"),
    (Decision.Kind.DECLINE.value, "Decline"),
]


class ClaimingForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)


class HeldForm(forms.Form):
    """Names the claim that a page was made under."""

    claim = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(HeldForm):
    """One form for the three answers: what was typed for one is there for the others."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(
        label="Your decision",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide: publish, send back or decline."},
    )
    disclaimer = forms.ModelChoiceField(
        DisclaimerVersion.objects.none(),
        required=False,
        empty_label=None,
        label="Disclaimer above the story",
        error_messages={"invalid_choice": "This disclaimer is not offered any more. Choose another one."},
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        required=False,
        empty_label="Choose a reason",
        label="Reason that the author is given",
        error_messages={"invalid_choice": "This reason is not offered any more. Choose another one."},
    )
    note = forms.CharField(
        required=False,
        max_length=NOTE_CHARACTERS,
        label="Note to the author",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": "The note is longer than %(limit_value)s characters."},
    )
    publish_at = forms.DateTimeField(
        required=False,
        label="Publish later",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        error_messages={"invalid": "Write the publishing time as a date and a time."},
    )

    def __init__(self, *args: object, versions: list[DisclaimerVersion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        disclaimer, reason = self.fields["disclaimer"], self.fields["reason"]
        disclaimer.queryset = DisclaimerVersion.objects.filter(pk__in=[v.pk for v in versions])  # type: ignore[attr-defined]
        disclaimer.choices = [(version.pk, _named(version)) for version in versions]  # type: ignore[attr-defined]
        disclaimer.initial = versions[0].pk if versions else None
        reason.queryset = Reason.objects.filter(is_open=True)  # type: ignore[attr-defined]
        reason.choices = _by_family(list(Reason.objects.filter(is_open=True)))  # type: ignore[attr-defined]
        self.fields[
            "publish_at"
        ].help_text = f"Empty publishes at once. Times are {timezone.get_current_timezone_name()}."


def _named(version: DisclaimerVersion) -> str:
    return f"{version.disclaimer.name} ({language_of(version.language).name}, version {version.number})"


def _by_family(reasons: list[Reason]) -> list[tuple[str, object]]:
    families = [
        (family.label, [(reason.pk, reason.label) for reason in reasons if reason.family == family])
        for family in Reason.Family
    ]
    return [("", "Choose a reason"), *((label, choices) for label, choices in families if choices)]
