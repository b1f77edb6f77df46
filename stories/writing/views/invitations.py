"""An invitation to write with somebody: what it is to, and the two answers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from stories.models import Invitation
from stories.status import AlreadyThere, MoveRefused
from stories.workflow import inviting
from stories.writing.doors import MemberRequest, members_only
from stories.writing.preview import preview_of


@require_safe
@members_only
def invitation(request: MemberRequest, invitation_id: int) -> HttpResponse:
    """With the draft as it is now, so that nobody says yes to a text they do not know.

    Who comes with another account than the one invited is told so, in the same words whether there is one or not.
    """
    found = inviting.invitations_for(request.user).filter(pk=invitation_id).first()
    if found is None:
        return render(request, "stories/writing/not_invited.html", status=404)
    if found.state == Invitation.State.ACCEPTED:
        return redirect("writing:edit", found.story_id)
    is_open = found.is_waiting and found.expires_at > timezone.now()
    page = {
        "invitation": found,
        "is_open": is_open,
        "ended": found.get_state_display() if not found.is_waiting else "ran out",
        "page": preview_of(found.story) if is_open else None,
    }
    return render(request, "stories/writing/invitation.html", page)


@require_POST
@members_only
def accept(request: MemberRequest, invitation_id: int) -> HttpResponse:
    found = _own_invitation(request, invitation_id)
    if not _answer(request, inviting.accept, found):
        return redirect("writing:invitation", found.pk)
    messages.success(request, "You are one of its authors now, and named as one.")
    return redirect("writing:edit", found.story_id)


@require_POST
@members_only
def decline(request: MemberRequest, invitation_id: int) -> HttpResponse:
    found = _own_invitation(request, invitation_id)
    if not _answer(request, inviting.decline, found):
        return redirect("writing:invitation", found.pk)
    messages.success(request, "You declined the invitation. Whoever invited you is told.")
    return redirect("writing:stories")


def _answer(request: MemberRequest, verb: Callable[..., object], found: Invitation) -> bool:
    try:
        verb(found, by=request.user)
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
        return False
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
        return False
    return True


def _own_invitation(request: MemberRequest, invitation_id: int) -> Invitation:
    found = inviting.invitations_for(request.user).filter(pk=invitation_id).first()
    if found is None:
        raise Http404("No invitation of yours is at this address.")
    return found
