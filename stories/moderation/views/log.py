"""The record, for those who may read it, and as a file for those who answer for the site."""

import logging
from dataclasses import dataclass

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from stories.models import Event, Reason
from stories.moderation.doors import EditorRequest, editors_only, for_users
from stories.moderation.log_forms import LogForm
from stories.moderation.record_log import WORDS, log_events, log_page, reason_of, title_of
from stories.moderation.record_sheet import HEAD, rows_of
from stories.permissions import may_export_log, may_read_log
from stories.prose.languages import Language, language_of
from stories.sheets import sheet

security_log = logging.getLogger("mystory.security")


@editors_only
@for_users(may_read_log)
@require_safe
def log(request: EditorRequest) -> HttpResponse:
    reasons = _reasons()
    form = LogForm(request.GET, reasons=reasons)
    narrowing = form.narrowing()
    page = log_page(request.user, narrowing, cursor=request.GET.get("page", ""))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "entries": [_entry(event, reasons) for event in page.items],
        "query": query.urlencode(),
        "is_narrowed": narrowing.is_any,
        "may_export": may_export_log(request.user),
    }
    return render(request, "stories/moderation/log.html", context)


@editors_only
@for_users(may_export_log)
@require_safe
def export(request: EditorRequest) -> StreamingHttpResponse:
    """What the page with the same address would list, all of it. Nothing changes by it; who took it is noted."""
    reasons = _reasons()
    narrowing = LogForm(request.GET, reasons=reasons).narrowing()
    security_log.warning("%s takes the desk's log away as a file: %r", request.user.username, narrowing)
    name = f"log-{timezone.localdate():%Y-%m-%d}.csv"
    return sheet(name, HEAD, rows_of(log_events(request.user, narrowing), reasons))


def _reasons() -> dict[str, str]:
    return dict(Reason.objects.values_list("code", "label"))


@dataclass(frozen=True)
class Entry:
    event: Event
    did: str
    title: str
    language: Language
    reason: str


def _entry(event: Event, reasons: dict[str, str]) -> Entry:
    title, language = title_of(event)
    reason = reason_of(event)
    return Entry(
        event,
        WORDS.get(event.action, event.action),
        title,
        language_of(language),
        reasons.get(reason, reason),
    )
