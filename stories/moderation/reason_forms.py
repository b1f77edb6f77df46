"""What the forms for the words of reasons accept."""

from django import forms

from stories.models import Reason
from stories.moderation.one_of_several import OneOfSeveralForm
from stories.moderation.seen import SeenForm
from stories.prose.languages import LANGUAGES


class ReasonVersionForm(forms.Form):
    language = forms.ChoiceField(
        label="Language", choices=[(lang.code, f"{lang.name} ({lang.own_name})") for lang in LANGUAGES]
    )
    label = forms.CharField(label="Label", max_length=120, help_text="Two or three words.")
    text = forms.CharField(
        label="What the author is told",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What is not possible here, and why. The editor adds what in the story it is about.",
    )
    remedy = forms.CharField(
        label="What the author can do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What to change so that the story can be published, or where else it may fit.",
    )


class NewReasonForm(ReasonVersionForm):
    family = forms.ChoiceField(
        label="Family",
        choices=Reason.Family.choices,
        help_text="The public figures count by it, so it stays as it is.",
    )
    code = forms.SlugField(
        label="Code",
        max_length=40,
        help_text="Small letters, digits and hyphens; it stays as it is.",
        error_messages={"invalid": "Write the code in letters, digits and hyphens."},
    )

    field_order = ["code", "family", "language", "label", "text", "remedy"]

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).lower()
        if code == "new":
            raise forms.ValidationError("This code is taken by the page you are on. Choose another one.")
        return code


class NextReasonVersionForm(ReasonVersionForm, SeenForm):
    pass


class ReasonOfferForm(OneOfSeveralForm):
    on_page = "offer"
    label = forms.CharField(label="What editors choose it by", max_length=120)
    is_open = forms.BooleanField(label="Offered to editors", required=False)
