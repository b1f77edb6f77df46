"""Pictures, as the site itself made them anew. A file that is not known to be one is not there."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.http.response import HttpResponseNotModified
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.models import User
from stories.models import Picture

KINDS = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}
# A name is never given to another picture, so a copy holds for ever.
KEPT = "public, max-age=31536000, immutable"
# Opened by itself a picture can do nothing, whatever a browser takes it for.
POLICY = "default-src 'none'; sandbox"


@csrf_exempt
@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    kind = KINDS.get(PurePosixPath(name).suffix)
    if kind is None or not _is_picture(name):
        raise Http404
    etag = f'"{name}"'
    headers = {"Cache-Control": KEPT, "ETag": etag, "Content-Security-Policy": POLICY}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers=headers)
    try:
        file = default_storage.open(name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(file, content_type=kind, headers=headers)


def _is_picture(name: str) -> bool:
    return Picture.objects.filter(name=name).exists() or User.objects.filter(picture=name).exists()
