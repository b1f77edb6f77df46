"""A story that readers have seen: another disclaimer, corrections, removal, and putting it back."""

from collections.abc import Collection
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stories.body import ShownCorrection
from stories.models import DisclaimerVersion, Proposal, Story
from stories.moderation.carrying import carried_out
from stories.moderation.doors import EditorRequest, editors_only, load_published
from stories.moderation.published_forms import (
    CorrectionForm,
    PublishedDisclaimerForm,
    RemovalForm,
    RestorationForm,
)
from stories.moderation.refusing import by_another, last_deed, refused_by, sent_again
from stories.moderation.reviewing import shown
from stories.permissions import may_change_published_disclaimer, may_choose_features, may_correct, may_remove
from stories.status import Action, Incomplete, MoveRefused, StoryState, say
from stories.workflow.correcting import correct
from stories.workflow.disclaiming import change_published_disclaimer, offered_versions
from stories.workflow.proposing import propose_removal
from stories.workflow.publishing import remove, restore
from stories.workflow.seconding import NeedsAgreement


@editors_only
@require_safe
def published(request: EditorRequest, story_id: int) -> HttpResponse:
    return _show(request, load_published(request.user, story_id))


@editors_only
@require_POST
def disclaimer(request: EditorRequest, story_id: int) -> HttpResponse:
    story = load_published(request.user, story_id)
    form = PublishedDisclaimerForm(request.POST, versions=_offered(story), disclosures=_disclosed(story))
    if not form.is_valid():
        return _show(request, story, disclaimer_form=form, status=422)
    data = form.cleaned_data
    try:
        change_published_disclaimer(
            story, form.versions(), by=request.user, note=data["note"], up_to=data["up_to"]
        )
        messages.success(request, "The story carries the disclaimer you chose, and its author is told why.")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, story, disclaimer_form=form, status=422)
    except MoveRefused as refused:
        return _refuse(request, story, refused, own=("change_disclaimer",), disclaimer_form=form)
    return redirect("moderation:published", story.pk)


@editors_only
@require_POST
def correction(request: EditorRequest, story_id: int) -> HttpResponse:
    story = load_published(request.user, story_id)
    form = CorrectionForm(request.POST)
    said = "The correction stands above the story. Its author is told."
    try:
        if not carried_out(request, form, partial(correct, story), lambda _: said):
            return _show(request, story, correction_form=form, status=422)
    except MoveRefused as refused:
        return _refuse(request, story, refused, correction_form=form)
    return redirect("moderation:published", story.pk)


@editors_only
@require_POST
def removal(request: EditorRequest, story_id: int) -> HttpResponse:
    story = load_published(request.user, story_id)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _show(request, story, removal_form=form, status=422)
    try:
        _remove_or_propose(request, story, form.cleaned_data)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, story, removal_form=form, status=422)
    except MoveRefused as refused:
        return _refuse(request, story, refused, own=(Action.REMOVE, "propose"), removal_form=form)
    return redirect("moderation:published", story.pk)


def _remove_or_propose(request: EditorRequest, story: Story, data: dict[str, Any]) -> None:
    try:
        remove(story, by=request.user, **data)
        messages.success(request, "Readers cannot see the story any more. Its author is told why.")
    except NeedsAgreement:
        propose_removal(story, by=request.user, **data)
        messages.success(
            request,
            "You proposed to remove the story. Until a second editor agrees, readers see it and nobody is told.",
        )


@editors_only
@require_POST
def restoration(request: EditorRequest, story_id: int) -> HttpResponse:
    story = load_published(request.user, story_id)
    form = RestorationForm(request.POST)
    if not form.is_valid():
        return _show(request, story, restoration_form=form, status=422)
    try:
        restore(story, by=request.user, **form.cleaned_data)
        messages.success(request, "Readers see the story again, with the very text it had.")
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, story, restoration_form=form, status=422)
    except MoveRefused as refused:
        return _refuse(request, story, refused, own=(Action.RESTORE,), restoration_form=form)
    return redirect("moderation:published", story.pk)


def _refuse(
    request: EditorRequest, story: Story, refused: MoveRefused, *, own: Collection[str] = (), **forms: Form
) -> HttpResponse:
    """409 with who was first, and what was typed; one's `own` deed that was sent twice is done, and that is said."""
    deed = last_deed(story)
    if deed is not None and deed.actor_id == request.user.pk and deed.action in own:
        messages.info(request, refused.message)
        return redirect("moderation:published", story.pk)
    return _show(request, load_published(request.user, story.pk), refused=refused, status=409, **forms)


def _show(
    request: EditorRequest,
    story: Story,
    *,
    refused: MoveRefused | None = None,
    status: int = 200,
    **forms: Form,
) -> HttpResponse:
    """With the forms for what may be done with the story as it stands now; a form that was sent, as it was sent."""
    versions, deed = _offered(story), last_deed(story)
    seen = {"up_to": deed.pk if deed else 0}
    offered: dict[str, Form] = {}
    if may_change_published_disclaimer(request.user, story):
        offered["disclaimer_form"] = PublishedDisclaimerForm(
            versions=versions, disclosures=_disclosed(story), initial=seen
        )
    if may_correct(request.user, story) and story.state != StoryState.REMOVED:
        offered["correction_form"] = CorrectionForm(initial={**seen, "key": uuid4()})
    proposal = story.proposals.standing().filter(kind=Proposal.Kind.REMOVE).first()
    if may_remove(request.user, story) and proposal is None:
        if story.state == StoryState.REMOVED:
            offered["restoration_form"] = RestorationForm()
        else:
            offered["removal_form"] = RemovalForm()
    told = None
    if refused is not None:
        ((name, sent),) = forms.items()
        told = refused_by(refused, sent, in_form=name in offered, happened=by_another(deed, request.user))
        forms = {name: sent_again(sent, **seen)} if told.in_form else {}
    context = {
        "story": story,
        "text": story.published_revision,
        "state_words": say(story.state),
        "proposal": proposal,
        "refused": told,
        "may_feature": may_choose_features(request.user) and story.is_public,
        "corrections": [ShownCorrection(**said) for said in story.corrected],
        "offered": [(version, shown(version)) for version in versions],
        **offered,
        **forms,
    }
    return render(request, "stories/moderation/published.html", context, status=status)


def _offered(story: Story) -> list[DisclaimerVersion]:
    text = story.published_revision
    return offered_versions(text.language, text.disclosures, text.topics) if text else offered_versions("en")


def _disclosed(story: Story) -> list[str]:
    return story.published_revision.disclosures if story.published_revision else []
