"""Where a page of the desk leads on to: with the view of the queue that one came with, which every address holds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from stories.moderation.filters import QueueFilter


def view_of(request: HttpRequest) -> QueueFilter:
    """From the address alone, of a form too, so that another tab has another view."""
    return QueueFilter.read(request.GET)


def to_queue(request: HttpRequest, *, decided: bool = False) -> HttpResponse:
    said = [view_of(request).query, "decided" if decided else ""]
    query = "&".join(part for part in said if part)
    return redirect(reverse("moderation:queue") + (f"?{query}" if query else ""))


def to_review(request: HttpRequest, submission_id: int, place: str = "") -> HttpResponse:
    """`place` names an element of the page."""
    address = reverse("moderation:review", args=[submission_id]) + view_of(request).suffix
    return redirect(f"{address}#{place}" if place else address)
