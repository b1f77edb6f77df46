"""Second looks at small changes that went live by the policy: the list, one of them, and what is said of it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.models import LaterLook, Reason
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.forms import offer_reasons
from stories.moderation.records import Record, records_of
from stories.moderation.refusing import Refused, refused_by
from stories.moderation.second_looks import compared, waiting_page
from stories.status import Incomplete, MoveRefused
from stories.workflow.deciding import NOTE_CHARACTERS
from stories.workflow.looking_later import find_fine, put_back


class LookForm(forms.Form):
    verdict = forms.ChoiceField(
        label="What do you find?",
        choices=[
            (LaterLook.Verdict.FINE.value, "The change is fine"),
            (LaterLook.Verdict.PUT_BACK.value, "Put the former text back"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the change is fine."},
    )
    reason = forms.ModelChoiceField(
        Reason.objects.none(),
        required=False,
        empty_label="Choose a reason",
        label="For which reason, if you put it back",
        error_messages={"invalid_choice": "This reason is not offered any more. Choose another one."},
    )
    note = forms.CharField(
        label="Note to the author, if you put it back",
        required=False,
        max_length=NOTE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Say what is wrong with the change. Small changes of theirs wait for an editor from then on.",
        error_messages={"max_length": "This is longer than %(limit_value)s characters."},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offer_reasons(self.fields["reason"])


@editors_only
@require_safe
def second_looks(request: EditorRequest) -> HttpResponse:
    page, rows = waiting_page(request.user, cursor=request.GET.get("page", ""))
    return render(request, "stories/moderation/second_looks.html", {"page": page, "rows": rows})


@editors_only
@require_safe
def second_look(request: EditorRequest, look_id: int) -> HttpResponse:
    return _show(request, _load(request.user, look_id))


@editors_only
@require_POST
def verdict(request: EditorRequest, look_id: int) -> HttpResponse:
    look = _load(request.user, look_id)
    form = LookForm(request.POST)
    if not form.is_valid():
        return _show(request, look, form=form, status=422)
    data = form.cleaned_data
    try:
        if data["verdict"] == LaterLook.Verdict.FINE:
            find_fine(look, by=request.user)
            messages.success(
                request, "The change stays. Small changes are measured from this text from now on."
            )
        else:
            put_back(look, by=request.user, reason=data["reason"], note=data["note"])
            messages.success(request, "Readers see the former text again, and its author is told why.")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, look, form=form, status=422)
    except MoveRefused as refused:
        look = _load(request.user, look_id)
        if look.looked_by_id != request.user.pk:
            return _show(request, look, refused=refused_by(refused, form), status=409)
        messages.info(request, refused.message)
    return redirect("moderation:second_looks")


def _load(user: User, look_id: int) -> LaterLook:
    """Of what one wrote nothing is found."""
    kept = LaterLook.objects.for_editor(user).filter(decision__submission__story__deleted_at__isnull=True)
    found = kept.select_related("before", "decision__revision", "decision__submission__story", "looked_by")
    return get_object_or_404(found, pk=look_id)


def _show(
    request: EditorRequest,
    look: LaterLook,
    *,
    form: LookForm | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    story = look.decision.submission.story
    is_waiting = look.looked_at is None and story.published_revision_id == look.decision.revision_id
    authors = story.authors()
    records = records_of((author.pk for author in authors), with_trust=True)
    context = {
        "look": look,
        "story": story,
        "text": look.decision.revision,
        "since": compared(look),
        "records": [(author, records.get(author.pk, Record())) for author in authors],
        "form": form or (LookForm() if is_waiting else None),
        "refused": refused,
    }
    return render(request, "stories/moderation/second_look.html", context, status=status)
