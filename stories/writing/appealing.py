"""The form for an appeal: one for each decision that can be appealed against."""

from uuid import uuid4

from django import forms

from stories.models.appeal import APPEAL_CHARACTERS


class AppealForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    target = forms.RegexField(r"\A(decision|removal)-[0-9]{1,18}\Z", widget=forms.HiddenInput)
    text = forms.CharField(
        label="Why the decision is wrong",
        max_length=APPEAL_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text="Say what the editor overlooked, or understood in another way than you meant it.",
        error_messages={
            "required": "Write why you think the decision is wrong.",
            "max_length": "The appeal is longer than %(limit_value)s characters.",
        },
    )


def blank_appeal(target: str) -> AppealForm:
    return AppealForm(initial={"key": uuid4(), "target": target}, auto_id=f"id_{target}_%s")
