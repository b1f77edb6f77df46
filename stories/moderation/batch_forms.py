"""What the forms for several submissions at once accept, by what is done to them."""

import re

from django import forms
from django.conf import settings
from django.http import QueryDict

from accounts.models import User
from stories.models import Batch, LedBy, PreparedReply, Reason
from stories.moderation.claim_forms import ClaimingForm
from stories.moderation.forms import offer_reasons
from stories.permissions import may_free
from stories.workflow.batching import Deed, Shown
from stories.workflow.deciding import NOTE_CHARACTERS
from stories.workflow.taking_over import WHY_CHARACTERS

_TICK = re.compile(r"(\d{1,18})(?:-(\d{1,9})-(\d{1,18}))?", re.ASCII)


def ticked(sent: QueryDict) -> list[int]:
    """Of the queue's rows and of the list's; what no page of ours sends is left out."""
    found = (_TICK.fullmatch(said) for said in sent.getlist("row"))
    return list(dict.fromkeys(int(match[1]) for match in found if match))


def shown(sent: QueryDict) -> list[Shown]:
    """The rows of the list, as they were when it was made."""
    found = (_TICK.fullmatch(said) for said in sent.getlist("row"))
    return list(
        dict.fromkeys(
            Shown(int(match[1]), int(match[2]), int(match[3])) for match in found if match and match[2]
        )
    )


class BatchForm(ClaimingForm):
    """`key` makes a form that is sent twice act once."""

    asks = False

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def deed(self, kind: Batch.Kind) -> Deed:
        """Needs a valid form."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Deed(kind, **given)


class FreeForm(BatchForm):
    asks = True
    note = forms.CharField(
        max_length=WHY_CHARACTERS,
        label="Why you put them back",
        help_text="Your colleague is told, in these words. What they typed is kept for them.",
        error_messages={"required": "Say why. Your colleague is told in these words."},
    )


class ReturnForm(BatchForm):
    asks = True
    reply = forms.ModelChoiceField(
        PreparedReply.objects.none(),
        empty_label="Choose a reply",
        label="Prepared reply",
        help_text="Each author is sent it with their own name and title in its gaps.",
        error_messages={
            "required": "Choose the reply that the authors are sent.",
            "invalid_choice": "This reply is not offered any more. Choose another one.",
        },
    )

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.fields["reply"].queryset = PreparedReply.objects.of(by).offered()  # type: ignore[attr-defined]


class DeclineForm(BatchForm):
    asks = True
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        empty_label="Choose a reason",
        label="Reason that the authors are given",
        error_messages={
            "required": "Choose the reason that the authors are given.",
            "invalid_choice": "This reason is not offered any more. Choose another one.",
        },
    )
    led_by = forms.ChoiceField(
        label="What led to it",
        required=False,
        choices=LedBy.choices,
        initial=LedBy.OWN,
        help_text="The authors are told, in the statement of reasons.",
        error_messages={"invalid_choice": "Choose one of what is listed."},
    )
    note = forms.CharField(
        max_length=NOTE_CHARACTERS,
        label="Note to the authors",
        help_text="All of them are sent the same words.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Write to the authors why you decline it.",
            "max_length": "The note is longer than %(limit_value)s characters.",
        },
    )

    def __init__(self, *args: object, by: User, **kwargs: object) -> None:
        super().__init__(*args, by=by, **kwargs)
        offer_reasons(self.fields["reason"], but=settings.SECOND_AGREEMENT)
        if settings.SECOND_AGREEMENT:
            self.fields[
                "reason"
            ].help_text = "A reason that a second editor has to agree to is given one by one."

    def clean_led_by(self) -> str:
        return self.cleaned_data["led_by"] or LedBy.OWN


_FORMS: dict[str, type[BatchForm]] = {
    Batch.Kind.CLAIM: BatchForm,
    Batch.Kind.RELEASE: BatchForm,
    Batch.Kind.FREE: FreeForm,
    Batch.Kind.RETURN: ReturnForm,
    Batch.Kind.DECLINE: DeclineForm,
}


def form_for(kind: str, by: User) -> type[BatchForm] | None:
    """None for what is no such deed, or not one for this editor."""
    if kind == Batch.Kind.FREE and not may_free(by):
        return None
    return _FORMS.get(kind)
