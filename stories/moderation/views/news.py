"""What an open page of the desk asks every few seconds: whether anything changed that it shows."""

from uuid import uuid4

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from stories.models import Submission
from stories.moderation.claim_forms import NewsForm
from stories.moderation.doors import EditorRequest, editors_only, load_submission
from stories.moderation.going import view_of
from stories.moderation.news import Seen, etag_of, present, present_words, queue_news, review_news
from stories.status import WITH_EDITORS, say


@editors_only
@require_safe
def queue(request: EditorRequest) -> HttpResponse:
    seen = Seen.read(request.GET.get("seen", "0"))
    if seen is None:
        return HttpResponseBadRequest()
    now = timezone.now()
    news = queue_news(request.user, seen, view=view_of(request), now=now)
    answer = {
        "seen": str(news.seen),
        "rows": {str(one.pk): _state(request, one) for one in news.stands},
        "arrived": news.arrived,
        "too_much": news.too_much,
        "present": {str(pk): present_words(names) for pk, names in present(request.user, now).items()},
    }
    whole = JsonResponse(answer)
    whole["ETag"] = etag_of(whole.content)
    return get_conditional_response(request, etag=whole["ETag"], response=whole) or whole


def _state(request: EditorRequest, submission: Submission) -> str:
    context = {
        "submission": submission,
        "claim": next(iter(submission.live_claims), None),  # type: ignore[attr-defined]
        "words": "" if submission.state in WITH_EDITORS else capfirst(say(submission.state)),
        "user": request.user,
    }
    return render_to_string("stories/moderation/_row_state.html", context).strip()


@editors_only
@require_safe
def review(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    form = NewsForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest()
    now = timezone.now()
    news = review_news(submission, reader=request.user, now=now, **form.cleaned_data)
    there = present_words(present(request.user, now, at=[submission.pk]).get(submission.pk, []))
    # Not of the words: their forms have a new key each time.
    etag = etag_of(f"{submission.version} {news is None} {there}".encode())
    if known := get_conditional_response(request, etag=etag):
        return known
    context = {"news": news, "held": form.cleaned_data["held"], "key": uuid4(), "view": view_of(request)}
    words = render_to_string("stories/moderation/_news.html", context, request) if news else ""
    return JsonResponse({"news": words, "present": there}, headers={"ETag": etag})
