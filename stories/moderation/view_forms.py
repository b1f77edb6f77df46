"""What the forms for saved views accept."""

from django import forms

from stories.models.saved_view import NAME_CHARACTERS


class ViewNameForm(forms.Form):
    name = forms.CharField(
        label="Name of the view",
        max_length=NAME_CHARACTERS,
        help_text="What it is called above the queue.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give the view a name.",
            "max_length": "The name is longer than %(limit_value)s characters.",
        },
    )


class NewViewForm(ViewNameForm):
    is_shared = forms.BooleanField(label="For all editors", required=False)

    def __init__(self, *args: object, may_share: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not may_share:
            del self.fields["is_shared"]
