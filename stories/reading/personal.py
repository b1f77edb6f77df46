"""What a public page shows of somebody signed in: fetched by it afterwards, and kept by nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stories.models import Notice


@require_safe
@never_cache
def personal(request: HttpRequest) -> HttpResponse:
    """The masthead's personal part, or 204 for somebody who is not signed in."""
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    unread = Notice.objects.unread().filter(recipient=request.user).count()
    return render(request, "includes/_personal.html", {"unread_notices": unread})
