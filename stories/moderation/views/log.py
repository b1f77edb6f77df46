"""The record, for those who may read it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stories.models import Event
from stories.moderation.doors import EditorRequest, editors_only, for_users
from stories.moderation.forms import LogForm
from stories.moderation.record_log import WORDS, log_page, title_of
from stories.permissions import may_read_log
from stories.prose.languages import Language, language_of


@editors_only
@for_users(may_read_log)
@require_safe
def log(request: EditorRequest) -> HttpResponse:
    actions = [(action, words[0].upper() + words[1:]) for action, words in WORDS.items()]
    form = LogForm(request.GET, actions=actions)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name) or "" for name in ("action", "editor", "author")}
    story = form.cleaned_data.get("story")
    page = log_page(request.user, **chosen, story=story, cursor=request.GET.get("page", ""))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "entries": [_entry(event) for event in page.items],
        "query": query.urlencode(),
        "is_narrowed": any(chosen.values()) or story,
        "story": story,
    }
    return render(request, "stories/moderation/log.html", context)


@dataclass(frozen=True)
class Entry:
    event: Event
    did: str
    title: str
    language: Language


def _entry(event: Event) -> Entry:
    title, language = title_of(event)
    return Entry(event, WORDS.get(event.action, event.action), title, language_of(language))
