"""The form that closes an account: what becomes of the published stories is asked, and never guessed."""

from django import forms

from stories.models import Closing

_MEANS = {
    Closing.Stories.NAMED: "Your name and your user name stay on them and on your page. "
    "Everything else you said of yourself goes.",
    Closing.Stories.NAMELESS: "Readers see “A former member” where your name was. Your page is gone.",
    Closing.Stories.GONE: "Their pages say that their author deleted them. This is for good.",
}


class ClosingForm(forms.Form):
    stories = forms.ChoiceField(
        label="What happens to your published stories",
        choices=Closing.Stories.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what happens to your published stories. Your account is as it was.",
            "invalid_choice": "Choose one of the three. Your account is as it was.",
        },
    )

    @property
    def chosen(self) -> Closing.Stories:
        return Closing.Stories(self.cleaned_data["stories"])

    @property
    def choices(self) -> list[tuple[str, str, str, bool]]:
        """Value, label, what it means, and whether it was chosen."""
        typed = self["stories"].value()
        return [(each.value, each.label, _MEANS[each], each.value == typed) for each in Closing.Stories]
