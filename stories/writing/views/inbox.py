"""The member's notices: what was decided and what to do next."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from stories.models.keyset import page_of
from stories.notices.inbox import INBOX_ORDER, inbox, mark_all_read, mark_read
from stories.writing.doors import MemberRequest, members_only


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def notices(request: MemberRequest) -> HttpResponse:
    """POST marks as read what was on the page."""
    if request.method == "POST":
        newest = request.POST.get("up_to", "")
        if newest.isascii() and newest.isdigit() and len(newest) < 19:
            mark_all_read(up_to=int(newest), by=request.user)
        return redirect("writing:notices")
    page = page_of(inbox(request.user), order=INBOX_ORDER, cursor=request.GET.get("page", ""))
    return render(request, "stories/writing/notices.html", {"page": page})


@require_POST
@members_only
def follow_notice(request: MemberRequest, notice_id: int) -> HttpResponse:
    """Marks one notice as read and goes where it leads."""
    notice = inbox(request.user).filter(pk=notice_id).first()
    if notice is None:
        raise Http404("No notice of yours is at this address.")
    mark_read(notice, by=request.user)
    if url_has_allowed_host_and_scheme(notice.link, allowed_hosts=None):
        return redirect(notice.link)
    return redirect("writing:notices")
