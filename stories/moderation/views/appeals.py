"""Appeals by authors: those that one may answer, and answering them."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.models import Appeal, DisclaimerVersion
from stories.models.appeal import APPEALS_ORDER
from stories.models.keyset import page_of
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.forms import offer_versions
from stories.moderation.judging import shown_revision
from stories.permissions import may_answer
from stories.playing import with_players
from stories.prose.languages import language_of
from stories.status import AlreadyThere, Incomplete, MoveRefused
from stories.workflow.appealing import brings_back, reject_appeal, uphold_appeal
from stories.workflow.deciding import NOTE_CHARACTERS
from stories.workflow.disclaiming import offered_versions

ROWS = 30
UPHOLD, REJECT = "uphold", "reject"


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(
        label="Your answer",
        choices=[(UPHOLD, "Uphold: the author is right"), (REJECT, "Reject: the decision stands")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you uphold or reject the appeal."},
    )
    disclaimer = forms.ModelChoiceField(
        DisclaimerVersion.objects.none(),
        required=False,
        empty_label=None,
        label="Disclaimer above the story",
        error_messages={"invalid_choice": "This disclaimer is not offered any more. Choose another one."},
    )
    answer = forms.CharField(
        label="Why",
        max_length=NOTE_CHARACTERS - 100,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        help_text="The author is given these words.",
        error_messages={"required": "Write to the author why you decide so."},
    )

    def __init__(self, *args: object, versions: list[DisclaimerVersion], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offer_versions(self.fields["disclaimer"], versions)


@editors_only
@require_safe
def appeals(request: EditorRequest) -> HttpResponse:
    waiting = Appeal.objects.open().for_editor(request.user).select_related("revision", "by")
    page = page_of(
        waiting.defer("revision__body"), order=APPEALS_ORDER, cursor=request.GET.get("page", ""), size=ROWS
    )
    rows = [(each, language_of(each.revision.language)) for each in page.items]
    context = {"page": page, "rows": rows, "now": timezone.now()}
    return render(request, "stories/moderation/appeals.html", context)


@editors_only
@require_safe
@with_players
def appeal(request: EditorRequest, appeal_id: int) -> HttpResponse:
    return _show(request, _load(request.user, appeal_id))


@editors_only
@require_POST
def answer(request: EditorRequest, appeal_id: int) -> HttpResponse:
    found = _load(request.user, appeal_id)
    form = AnswerForm(request.POST, versions=_offered(found))
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    data = form.cleaned_data
    try:
        if data["decision"] == UPHOLD:
            chosen = [data["disclaimer"]] if data["disclaimer"] else []
            uphold_appeal(found, by=request.user, answer=data["answer"], disclaimers=chosen)
        else:
            reject_appeal(found, by=request.user, answer=data["answer"])
    except AlreadyThere as there:
        messages.info(request, there.message)
        return _show(request, _load(request.user, appeal_id), form=form, status=409)
    except Incomplete as missing:
        form.add_error(missing.field if missing.field in form.fields else None, missing.message)
        return _show(request, found, form=form, status=422)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return _show(request, found, form=form, status=409)
    messages.success(request, "The appeal is answered. Its author is told, in your words.")
    return redirect("moderation:appeals")


def _load(user: User, appeal_id: int) -> Appeal:
    """One's own story's, and one against one's own decision, are not found; nor is one of a deleted story."""
    kept = Appeal.objects.for_editor(user).filter(story__deleted_at__isnull=True)
    found = kept.select_related(
        "story", "by", "answer__answered_by", "revision__rendering", "decision__reason", "removal__actor"
    )
    made = get_object_or_404(
        found.select_related("decision__decided_by", "decision__submission"), pk=appeal_id
    )
    if not may_answer(user, made):
        return get_object_or_404(Appeal.objects.none())
    return made


def _offered(made: Appeal) -> list[DisclaimerVersion]:
    """Only a declined text that is published now is given a disclaimer; a removed one keeps its own."""
    if made.decision is None:
        return []
    return offered_versions(made.revision.language, made.revision.disclosures)


def _show(
    request: EditorRequest, made: Appeal, *, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    comes_back = brings_back(made, made.story)
    context = {
        "appeal": made,
        "form": form or (AnswerForm(versions=_offered(made)) if made.state == "open" else None),
        "comes_back": comes_back,
        "needs_disclaimer": comes_back and made.decision is not None,
        "body": shown_revision(made.revision, made.story),
        "now": timezone.now(),
    }
    return render(request, "stories/moderation/appeal.html", context, status=status)
