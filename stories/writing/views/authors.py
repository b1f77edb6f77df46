"""Who writes a story: its authors' page, with what only the one who leads it may do there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from stories.models import Story
from stories.permissions import may_lead
from stories.status import AlreadyThere, Incomplete, MoveRefused
from stories.workflow.coauthoring import leave, order_authors
from stories.workflow.inviting import invite, withdraw_invitation
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.inviting import InvitationForm, orders_of
from stories.writing.limits import TOO_MANY_INVITATIONS, wait_before_invitation

_SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def authors(request: MemberRequest, story_id: int) -> HttpResponse:
    """POST invites, which is for who leads the story."""
    story = own_story(request, story_id)
    if request.method != "POST":
        return _show(request, story, InvitationForm())
    if not may_lead(request.user, story):
        raise Http404("Only who leads the story invites others to it.")
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _show(request, story, form, status=400)
    if wait := wait_before_invitation(request.user, to=form.typed):
        form.add_error(None, TOO_MANY_INVITATIONS)
        page = _show(request, story, form, status=429)
        page["Retry-After"] = str(wait)
        return page
    try:
        invitation = invite(story, by=request.user, username=form.username, email=form.email)
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, story, form, status=400)
    else:
        messages.success(request, f"{invitation.called} is invited, and is named only if they accept.")
    return redirect("writing:authors", story.pk)


@require_POST
@members_only
def order(request: MemberRequest, story_id: int) -> HttpResponse:
    """The whole order is sent, so that a form sent twice orders once."""
    story = own_story(request, story_id)
    try:
        order_authors(story, request.POST.getlist("author"), by=request.user)
        messages.success(request, "The names stand in the new order, for readers too.")
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("writing:authors", story.pk)


@require_POST
@members_only
def leaving(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    try:
        leave(story, by=request.user)
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("writing:authors", story.pk)
    messages.success(request, "You left the story, and your name is off it.")
    return redirect("writing:stories")


@require_POST
@members_only
def take_back(request: MemberRequest, story_id: int, invitation_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    invitation = get_object_or_404(story.invitations, pk=invitation_id)
    try:
        withdraw_invitation(invitation, by=request.user)
        messages.success(request, "The invitation is taken back.")
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("writing:authors", story.pk)


def _show(request: MemberRequest, story: Story, form: InvitationForm, *, status: int = 200) -> HttpResponse:
    people = story.authors()
    leads = may_lead(request.user, story)
    page = {
        "story": story,
        "people": [(person, orders) for person, orders in zip(people, orders_of(people), strict=True)],
        "leads": leads,
        "asked": story.hand_overs.waiting().select_related("offered_by", "offered_to").first(),
        "others": [person for person in people if person.pk != story.author_id and person.is_active],
        "form": form if leads else None,
        "invitations": story.invitations.select_related("member").order_by("-id")[:_SHOWN] if leads else [],
    }
    return render(request, "stories/writing/authors.html", page, status=status)
