"""What forms say of the claim that their page was made under, and of the text that was read."""

from django import forms

from stories.workflow.taking_over import WHY_CHARACTERS


class ClaimingForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)


class HeldForm(forms.Form):
    """Names the claim that a page was made under."""

    claim = forms.IntegerField(widget=forms.HiddenInput)


class TakeBackForm(forms.Form):
    """Names the decision that is to be taken back."""

    held = forms.IntegerField(widget=forms.HiddenInput)


class TakeOverForm(ClaimingForm, HeldForm):
    """Names the colleague's claim that the page showed."""

    note = forms.CharField(
        max_length=WHY_CHARACTERS,
        label="Why you take it over",
        help_text="Your colleague is told, in these words. What they typed is kept for them.",
        error_messages={
            "required": "Say why you take it over. Your colleague is told in these words.",
            "max_length": "Say it in %(limit_value)s characters or fewer.",
        },
    )


class NewsForm(forms.Form):
    """What an open page shows: the submission's version, its text, and the claim it was made under; 0 for none."""

    version = forms.IntegerField(required=False, min_value=0, max_value=2**31)
    revision = forms.IntegerField(required=False, min_value=0, max_value=2**62)
    held = forms.IntegerField(required=False, min_value=0, max_value=2**62)

    def clean(self) -> dict[str, int]:
        return {name: self.cleaned_data.get(name) or 0 for name in self.fields}


class ReadForm(HeldForm):
    """And the very text that was on the page."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
