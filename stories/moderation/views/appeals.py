"""Appeals: those that one may answer, and answering them."""

from contextlib import suppress
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stories.models import Appeal, AppealAnswer, AppealClaim, DisclaimerVersion, Hearing
from stories.models.appeal import ANSWER_APPEAL_WITHIN
from stories.moderation.changes import Happening
from stories.moderation.claim_forms import HeldForm, TakeOverForm
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.due import due_by_calendar
from stories.moderation.forms import offer_versions
from stories.moderation.hearings import hearings_page, live_claim, load_hearing
from stories.moderation.judging import shown_revision
from stories.moderation.refusing import refused_by
from stories.playing import with_players
from stories.status import Incomplete, MoveRefused
from stories.workflow.appeal_claiming import claim_appeal
from stories.workflow.appealing import brings_back, reject_appeal, uphold_appeal
from stories.workflow.deciding import NOTE_CHARACTERS
from stories.workflow.disclaiming import offered_versions

UPHOLD, REJECT = "uphold", "reject"
OF_A_SUSPENSION = [(UPHOLD, "Uphold: the member is right"), (REJECT, "Reject: the suspension stands")]


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

    def __init__(self, *args: object, about: Appeal, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offer_versions(self.fields["disclaimer"], _offered(about))
        if about.sanction_id is not None:
            self.fields["decision"].choices = OF_A_SUSPENSION  # type: ignore[attr-defined]
            self.fields["answer"].help_text = "The member is given these words."


@editors_only
@require_safe
def appeals(request: EditorRequest) -> HttpResponse:
    page, rows = hearings_page(request.user, cursor=request.GET.get("page", ""), now=timezone.now())
    return render(request, "stories/moderation/appeals.html", {"page": page, "rows": rows})


@editors_only
@require_safe
@with_players
def appeal(request: EditorRequest, appeal_id: int) -> HttpResponse:
    return show(request, load_hearing(request.user, appeal_id))


@editors_only
@require_POST
def answer(request: EditorRequest, appeal_id: int) -> HttpResponse:
    found = load_hearing(request.user, appeal_id)
    held = held_by(request, found)
    form = AnswerForm(request.POST, about=found.appeal)
    if not form.is_valid() and found.is_open and held.ended_at is None:
        return show(request, found, form=form, status=422)
    data = form.cleaned_data
    words = data.get("answer") or request.POST.get("answer", "")
    try:
        if data.get("decision") == UPHOLD:
            chosen = [data["disclaimer"]] if data.get("disclaimer") else []
            uphold_appeal(held, by=request.user, answer=words, disclaimers=chosen)
        else:
            reject_appeal(held, by=request.user, answer=words)
    except Incomplete as missing:
        form.add_error(missing.field if missing.field in form.fields else None, missing.message)
        return show(request, found, form=form, status=422)
    except MoveRefused as refused:
        return _refuse(request, found, form, refused)
    messages.success(request, "The appeal is answered. Who made it is told, in your words.")
    return redirect("moderation:appeals")


def _refuse(request: EditorRequest, found: Hearing, form: AnswerForm, refused: MoveRefused) -> HttpResponse:
    """409: nothing was decided and what was typed is still here; one that nobody took meanwhile is taken again."""
    with suppress(MoveRefused):
        claim_appeal(found, by=request.user, key=uuid4())
    found = load_hearing(request.user, found.appeal_id)
    return show(request, found, form=form, refused=refused, status=409)


def _answered(found: Hearing) -> Happening | None:
    given = AppealAnswer.objects.filter(appeal=found.appeal).select_related("answered_by").first()
    if given is None:
        return None
    return Happening(given.answered_at, f"{given.answered_by.name} answered this appeal.")


def held_by(request: EditorRequest, found: Hearing) -> AppealClaim:
    """The claim that the page was made under; one that is not named or not one's own is not found."""
    form = HeldForm(request.POST)
    named = form.cleaned_data["claim"] if form.is_valid() else 0
    claims = found.claims.select_related("hearing__appeal__story")
    return get_object_or_404(claims, pk=named, editor=request.user)


def _offered(made: Appeal) -> list[DisclaimerVersion]:
    """Only a declined text that is published now is given a disclaimer; a removed one keeps its own."""
    if made.decision is None:
        return []
    return offered_versions(made.revision.language, made.revision.disclosures, made.revision.topics)


def show(
    request: EditorRequest,
    found: Hearing,
    *,
    form: AnswerForm | None = None,
    refused: MoveRefused | None = None,
    taking: TakeOverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    made, claim = found.appeal, live_claim(found, now=now)
    is_mine = claim is not None and claim.editor_id == request.user.pk
    comes_back = brings_back(made, made.story)
    told = None
    if refused is not None and form is not None:
        told = refused_by(refused, form, in_form=is_mine, happened=_answered(found))
        form = form if is_mine else None
    context = {
        "appeal": made,
        "hearing": found,
        "claim": claim,
        "is_mine": is_mine,
        "lease_seconds": round((claim.expires_at - now).total_seconds()) if claim else 0,
        "due": due_by_calendar(found.due_at, whole=ANSWER_APPEAL_WITHIN, now=now),
        "form": form or (AnswerForm(about=made) if is_mine else None),
        "refused": told,
        "taking": taking,
        "comes_back": comes_back,
        "needs_disclaimer": comes_back and made.decision is not None,
        # A suspension outlives a story that was deleted.
        "body": None if made.story.is_deleted else shown_revision(made.revision, made.story),
        "runs": made.sanction is not None and made.sanction.is_running(now),
        "key": uuid4(),
    }
    return render(request, "stories/moderation/appeal.html", context, status=status)
