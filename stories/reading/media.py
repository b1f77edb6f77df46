"""Pictures, as the site itself made them anew. A file that is not known to be one is not there."""

import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
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
KEPT_SHORTLY = "public, max-age=60"
# Opened by itself a picture can do nothing, whatever a browser takes it for.
POLICY = "default-src 'none'; sandbox"

_VARIANT = re.compile(r"variants/\d{1,4}/([A-Za-z0-9_-]{1,80})-\d{1,5}\.(?:avif|webp|jpg|png)")


@csrf_exempt
@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    kind = KINDS.get(PurePosixPath(name).suffix)
    variant = _VARIANT.fullmatch(name)
    if kind is None:
        raise Http404
    if variant is not None:
        picture = Picture.objects.filter(name__startswith=f"pictures/{variant[1]}.").first()
        if picture is None:
            raise Http404
        if name not in picture.variant_names:
            return _instead(picture)
    elif not _is_picture(name):
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


def _instead(picture: Picture) -> HttpResponseBase:
    """The stored file, for a page that somebody kept since its pictures were made by another recipe."""
    return HttpResponseRedirect(picture.address, headers={"Cache-Control": KEPT_SHORTLY})


def _is_picture(name: str) -> bool:
    return Picture.objects.filter(name=name).exists() or User.objects.filter(picture=name).exists()
