"""Take everything away: ask for an archive, and download it when the worker has made it."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stories.models import Archive
from stories.status import AlreadyThere, MoveRefused
from stories.workflow.archiving import ask_for_archive
from stories.writing.doors import MemberRequest, members_only


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def archive(request: MemberRequest) -> HttpResponse:
    """POST asks for one."""
    if request.method == "POST":
        try:
            ask_for_archive(by=request.user)
        except AlreadyThere as refusal:
            messages.info(request, refusal.message)
        except MoveRefused as refusal:
            messages.error(request, refusal.message)
        return redirect("writing:archive")
    newest = Archive.objects.filter(owner=request.user).order_by("-id").first()
    return render(request, "stories/writing/archive.html", {"newest": newest, "ready": _ready(request)})


@require_safe
@members_only
def archive_file(request: MemberRequest) -> HttpResponseBase:
    """One's own newest, in pieces from where it lies."""
    ready = _ready(request)
    if ready is None:
        raise Http404("No archive of yours is ready.")
    try:
        file = default_storage.open(ready.name)
    except FileNotFoundError:
        raise Http404("No archive of yours is ready.") from None
    day = timezone.localtime(ready.made_at).date().isoformat()
    name = f"mystory-{request.user.username}-{day}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _ready(request: MemberRequest) -> Archive | None:
    mine = Archive.objects.ready(timezone.now()).filter(owner=request.user)
    return mine.order_by("-id").first()
