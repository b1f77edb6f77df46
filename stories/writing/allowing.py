"""The tick by which an author allows editors small corrections: read from the form, and shown in it again."""

from django.http import HttpRequest

from stories.models import Story, StyleConsent

ASKS, FIELD = "asks_fixes", "may_fix"


def fixes_in(request: HttpRequest) -> bool | None:
    """None where the form does not ask for it: without a word there is no consent."""
    return FIELD in request.POST if ASKS in request.POST else None


def fixes_shown(request: HttpRequest, story: Story) -> bool:
    """As it was sent, else as it was said of the story last: one query."""
    if ASKS in request.POST:
        return FIELD in request.POST
    said = StyleConsent.objects.filter(submission__story=story).order_by("-id")
    return said.values_list("is_given", flat=True).first() or False
