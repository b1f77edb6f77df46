"""Proposals of colleagues: those that ask for one's word, and giving it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from stories.models import LedBy, Proposal
from stories.moderation.doors import EditorRequest, editors_only
from stories.moderation.judging import shown_revision
from stories.moderation.proposed import proposals_page
from stories.moderation.refusing import Refused, refused_by
from stories.permissions import may_second
from stories.playing import with_players
from stories.status import Incomplete, MoveRefused
from stories.workflow import proposing
from stories.workflow.proposing import WORDS_CHARACTERS

AGREE, REFUSE = "agree", "refuse"


class SecondForm(forms.Form):
    decision = forms.ChoiceField(
        label="Your answer",
        choices=[(AGREE, "I agree: do it, in these words"), (REFUSE, "I do not agree: nothing happens")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether you agree or not."},
    )
    words = forms.CharField(
        label="To your colleague",
        required=False,
        max_length=WORDS_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text="Needed if you do not agree. The author is not told these words.",
        error_messages={"max_length": "This is longer than %(limit_value)s characters."},
    )


@editors_only
@require_safe
def proposals(request: EditorRequest) -> HttpResponse:
    page, rows, own = proposals_page(request.user, cursor=request.GET.get("page", ""))
    return render(request, "stories/moderation/proposals.html", {"page": page, "rows": rows, "own": own})


@editors_only
@require_safe
@with_players
def proposal(request: EditorRequest, proposal_id: int) -> HttpResponse:
    return _show(request, _load(request.user, proposal_id))


@editors_only
@require_POST
def answer(request: EditorRequest, proposal_id: int) -> HttpResponse:
    found = _load(request.user, proposal_id)
    form = SecondForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    words = form.cleaned_data["words"]
    try:
        if form.cleaned_data["decision"] == AGREE:
            done = proposing.agree(found, by=request.user, words=words)
            messages.success(request, _done(done))
        else:
            proposing.refuse(found, by=request.user, words=words)
            messages.success(request, "Nothing happens to the story. Your colleague is told why.")
    except Incomplete as missing:
        form.add_error(missing.field if missing.field in form.fields else None, missing.message)
        return _show(request, found, form=form, status=422)
    except MoveRefused as refused:
        return _show(request, _load(request.user, proposal_id), refused=refused_by(refused, form), status=409)
    return redirect("moderation:proposals")


@editors_only
@require_POST
def take_back(request: EditorRequest, proposal_id: int) -> HttpResponse:
    found = _load(request.user, proposal_id)
    try:
        proposing.take_back(found, by=request.user)
        messages.success(request, "You took your proposal back. Nothing happened to the story.")
    except MoveRefused as refused:
        messages.info(request, refused.message)
    return redirect("moderation:proposals")


def _done(proposal: Proposal) -> str:
    if proposal.kind == Proposal.Kind.REMOVE:
        return "Readers cannot see the story any more. Its author is told why."
    return f"“{proposal.revision.title}” is declined. Its author is told the reason and the note."


def _load(user: User, proposal_id: int) -> Proposal:
    """One about one's own story is not found, nor one about a deleted story."""
    kept = Proposal.objects.for_editor(user).filter(story__deleted_at__isnull=True)
    found = kept.select_related(
        "story", "submission", "revision__rendering", "reason", "proposed_by", "ended_by"
    )
    return get_object_or_404(found, pk=proposal_id)


def _show(
    request: EditorRequest,
    found: Proposal,
    *,
    form: SecondForm | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    is_asked = found.is_standing and may_second(request.user, found)
    context = {
        "proposal": found,
        "form": form or (SecondForm() if is_asked else None),
        "refused": refused,
        "is_own": found.proposed_by_id == request.user.pk,
        "led_by": LedBy(found.led_by).label,
        "body": shown_revision(found.revision, found.story),
    }
    return render(request, "stories/moderation/proposal.html", context, status=status)
