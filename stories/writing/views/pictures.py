"""Pictures that the editor sends while somebody writes, and the member's own."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.profiles import set_picture
from stories.pictures.errors import PictureError
from stories.pictures.limits import MAX_BYTES
from stories.workflow.picturing import keep_picture, keep_portrait
from stories.writing.doors import MemberRequest, members_only
from stories.writing.forms import PortraitForm
from stories.writing.limits import TOO_MANY_PICTURES, wait_before_upload

_ROOM_FOR_THE_FORM = 10_000


@require_POST
@members_only
def upload(request: MemberRequest) -> HttpResponse:
    """Answers {address, width, height}, or {message} with 400, 413 or 429."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _ROOM_FOR_THE_FORM:
        return _refused(f"This file is larger than {MAX_BYTES // 1_000_000} MB.", status=413)
    wait = wait_before_upload(request.user)
    if wait:
        answer = _refused(TOO_MANY_PICTURES, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    file = request.FILES.get("file")
    if file is None:
        return _refused("No file came with this. Choose the picture again.", status=400)
    try:
        picture = keep_picture(file.read(), by=request.user)
    except PictureError as error:
        return _refused(error.message, status=400)
    return JsonResponse({"address": picture.address, "width": picture.width, "height": picture.height})


def _refused(message: str, *, status: int) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def portrait(request: MemberRequest) -> HttpResponse:
    """The picture beside the member's name."""
    form = PortraitForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and request.POST.get("action") == "remove":
        set_picture(request.user, name="", by=request.user)
        messages.success(request, "Your picture is taken away.")
        return redirect("writing:portrait")
    if request.method == "POST" and form.is_valid() and _keep_portrait(request, form):
        messages.success(request, "Your picture is saved. Readers see it from now on.")
        return redirect("writing:portrait")
    page = {"form": form, "member": request.user}
    return render(request, "stories/writing/portrait.html", page, status=400 if form.errors else 200)


def _keep_portrait(request: MemberRequest, form: PortraitForm) -> bool:
    if wait_before_upload(request.user):
        form.add_error("file", TOO_MANY_PICTURES)
        return False
    try:
        picture = keep_portrait(form.cleaned_data["file"].read(), by=request.user)
    except PictureError as error:
        form.add_error("file", error.message)
        return False
    set_picture(request.user, name=picture.name, by=request.user)
    return True
