"""Second readings: what waits for one, saying what one would have done, and the figures for chief editors."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.models import Decision, Reason, SecondReading
from stories.moderation.doors import EditorRequest, editors_only, for_users
from stories.moderation.forms import offer_reasons
from stories.moderation.refusing import Refused, refused_by
from stories.moderation.second_readings import agreements, blind_body, waiting_page
from stories.permissions import may_see_agreement
from stories.playing import with_players
from stories.status import Incomplete, MoveRefused
from stories.workflow.second_reading import WORDS_CHARACTERS, read_again


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label="What would you have decided?",
        choices=[
            (Decision.Kind.APPROVE.value, "Publish this text"),
            (Decision.Kind.RETURN.value, "Send it back with requests"),
            (Decision.Kind.DECLINE.value, "Decline it"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you would have decided."},
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        required=False,
        empty_label="Choose a reason",
        label="For which reason, if you would have declined it",
        error_messages={"invalid_choice": "This reason is not offered any more. Choose another one."},
    )
    words = forms.CharField(
        label="Why",
        required=False,
        max_length=WORDS_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="For the editors alone. The author is told nothing, and nothing happens to the story.",
        error_messages={"max_length": "This is longer than %(limit_value)s characters."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offer_reasons(self.fields["reason"])


@editors_only
@require_safe
def second_readings(request: EditorRequest) -> HttpResponse:
    page, rows = waiting_page(request.user, cursor=request.GET.get("page", ""))
    context = {"page": page, "rows": rows, "sees_agreement": may_see_agreement(request.user)}
    return render(request, "stories/moderation/second_readings.html", context)


@editors_only
@require_safe
@with_players
def second_reading(request: EditorRequest, reading_id: int) -> HttpResponse:
    return _show(request, _load(request.user, reading_id))


@editors_only
@require_POST
def verdict(request: EditorRequest, reading_id: int) -> HttpResponse:
    chosen = _load(request.user, reading_id)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _show(request, chosen, form=form, status=422)
    try:
        read_again(chosen, by=request.user, **form.cleaned_data)
        messages.success(request, "Thank you. What you would have done is kept, and nothing happens by it.")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, chosen, form=form, status=422)
    except MoveRefused as refused:
        chosen.refresh_from_db(fields=["reader", "read_at"])
        if chosen.reader_id != request.user.pk:
            return _show(request, chosen, refused=refused_by(refused, form), status=409)
        messages.info(request, refused.message)
    return redirect("moderation:second_readings")


@for_users(may_see_agreement)
@require_safe
def agreement(request: EditorRequest) -> HttpResponse:
    found = agreements(now=timezone.now())
    return render(request, "stories/moderation/agreement.html", {"agreements": found})


def _load(user: User, reading_id: int) -> SecondReading:
    """Of what one wrote, read or decided on nothing is found; one's own verdict is not asked for twice."""
    kept = SecondReading.objects.for_editor(user).filter(decision__submission__story__deleted_at__isnull=True)
    found = kept.select_related("decision__revision__rendering", "decision__submission__story")
    return get_object_or_404(found, pk=reading_id)


def _show(
    request: EditorRequest,
    chosen: SecondReading,
    *,
    form: VerdictForm | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    text = chosen.decision.revision
    context = {
        "reading": chosen,
        "form": form or (VerdictForm() if chosen.read_at is None else None),
        "refused": refused,
        "text": text,
        "links": text.rendering.links,
        "body": blind_body(text, chosen.decision.submission.story),
    }
    return render(request, "stories/moderation/second_reading.html", context, status=status)
