"""What the page of a published story accepts: another disclaimer, a correction, its removal, and putting it back."""

from collections.abc import Iterable

from django import forms

from stories.models import DisclaimerVersion, LedBy, Reason
from stories.models.correction import CORRECTION_CHARACTERS
from stories.moderation.forms import UnderDisclaimers, offer_added, offer_reasons, offer_versions
from stories.moderation.one_of_several import OneOfSeveralForm
from stories.moderation.seen import SeenForm
from stories.workflow.deciding import NOTE_CHARACTERS


class PublishedDisclaimerForm(OneOfSeveralForm, SeenForm, UnderDisclaimers):
    disclaimer = forms.ModelChoiceField(
        DisclaimerVersion.objects.none(), empty_label=None, label="Disclaimer above the story"
    )
    on_page = "disclaimer"
    field_order = ["disclaimer", "added", "note"]

    note = forms.CharField(
        max_length=2000,
        label="Why it changes",
        help_text="The author is told, in these words.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: object,
        versions: list[DisclaimerVersion],
        disclosures: Iterable[str] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_versions(self.fields["disclaimer"], versions, disclosures)
        offer_added(self.fields["added"], versions, disclosures)


class CorrectionForm(OneOfSeveralForm, SeenForm):
    on_page = "correction"
    key = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=CORRECTION_CHARACTERS,
        label="What was wrong, and what is right",
        help_text="Readers see it above the story, with today’s date. It cannot be changed afterwards.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Say it in %(limit_value)s characters or fewer."},
    )


class RemovalForm(OneOfSeveralForm):
    on_page = "removal"
    reason = forms.ModelChoiceField(
        Reason.objects.none(), empty_label="Choose a reason", label="Reason that the author is given"
    )
    led_by = forms.ChoiceField(
        label="What led to it",
        required=False,
        choices=LedBy.choices,
        help_text="The author is told, in the statement of reasons.",
        error_messages={"invalid_choice": "Choose one of what is listed."},
    )
    note = forms.CharField(
        max_length=NOTE_CHARACTERS,
        label="Note to the author",
        help_text="Say what in the story it is about, so that the author can answer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offer_reasons(self.fields["reason"])

    def clean_led_by(self) -> str:
        return self.cleaned_data["led_by"] or LedBy.OWN


class RestorationForm(OneOfSeveralForm):
    on_page = "restoration"
    note = forms.CharField(
        max_length=NOTE_CHARACTERS,
        label="Why it is put back",
        help_text="The author is told, in these words.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
