"""What the forms for prepared replies accept."""

from django import forms

from stories.models import PreparedReply
from stories.models.reply import NAME_CHARACTERS
from stories.moderation.seen import SeenForm
from stories.prose.languages import LANGUAGES
from stories.workflow.preparing import PLACEHOLDERS, REPLY_CHARACTERS


class ReplyForm(forms.Form):
    name = forms.CharField(label="Name", max_length=NAME_CHARACTERS, help_text="What it is chosen by.")
    language = forms.ChoiceField(
        label="Language", choices=[(lang.code, f"{lang.name} ({lang.own_name})") for lang in LANGUAGES]
    )
    text = forms.CharField(
        label="Words",
        max_length=REPLY_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Filled in for each story: " + ", ".join(f"{{{name}}}" for name in PLACEHOLDERS) + ".",
    )


class ChangedReplyForm(ReplyForm, SeenForm):
    pass


class NewReplyForm(ReplyForm):
    is_shared = forms.BooleanField(label="For all editors", required=False)

    def __init__(self, *args: object, may_share: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not may_share:
            del self.fields["is_shared"]


class InsertForm(forms.Form):
    """The choice beside the note."""

    prepared = forms.ModelChoiceField(
        PreparedReply.objects.none(),
        empty_label="Choose a reply",
        label="Prepared reply",
        error_messages={"required": "Choose the reply to insert."},
    )

    def __init__(self, *args: object, replies: list[PreparedReply], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["prepared"]
        field.required = False
        field.queryset = PreparedReply.objects.filter(pk__in=[reply.pk for reply in replies])  # type: ignore[attr-defined]
        field.choices = [("", "Choose a reply"), *((reply.pk, _named(reply)) for reply in replies)]  # type: ignore[attr-defined]


def _named(reply: PreparedReply) -> str:
    return reply.name if reply.owner_id is None else f"{reply.name} (your own)"
