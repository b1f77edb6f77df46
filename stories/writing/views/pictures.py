"""Pictures that the editor sends while somebody writes."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from stories.pictures.errors import PictureError
from stories.pictures.limits import MAX_BYTES
from stories.workflow.picturing import keep_picture
from stories.writing.doors import MemberRequest, members_only
from stories.writing.limits import wait_before_upload

_ROOM_FOR_THE_FORM = 10_000


@require_POST
@members_only
def upload(request: MemberRequest) -> HttpResponse:
    """Answers {address, width, height}, or {message} with 400, 413 or 429."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _ROOM_FOR_THE_FORM:
        return _refused(f"This file is larger than {MAX_BYTES // 1_000_000} MB.", status=413)
    wait = wait_before_upload(request.user)
    if wait:
        answer = _refused("That were many pictures at once. Wait a few minutes, then go on.", status=429)
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
