"""What an editor typed and could not send: kept in the session until the story is decided on."""

from collections.abc import Mapping

from django.http import HttpRequest, QueryDict

FIELDS = ("decision", "disclaimer", "added", "reason", "led_by", "requests", "note", "publish_at")
OF_REQUESTS = ("settle_", "why_")  # and the fields that are named after a request
_KEY = "desk-typed"
_MOST = 5
_LONGEST, _LONGEST_ANSWER = 50_000, 5_000
_FIELDS = 200


def as_typed(sent: QueryDict) -> dict[str, str]:
    """Each field once; of what can be ticked several times, all of it."""
    return {**sent.dict(), "added": ",".join(sent.getlist("added"))}  # type: ignore[dict-item]


def keep_typed(request: HttpRequest, submission_id: int, data: Mapping[str, str]) -> None:
    """For the last few stories, so that a session stays small."""
    kept = {key: value for key, value in request.session.get(_KEY, {}).items() if key != str(submission_id)}
    said = {name: data[name][:_LONGEST] for name in FIELDS if data.get(name)}
    of_requests = [name for name in data if name.startswith(OF_REQUESTS)][:_FIELDS]
    kept[str(submission_id)] = said | {name: data[name][:_LONGEST_ANSWER] for name in of_requests}
    request.session[_KEY] = dict(list(kept.items())[-_MOST:])


def typed_for(request: HttpRequest, submission_id: int) -> dict[str, str]:
    return request.session.get(_KEY, {}).get(str(submission_id), {})


def forget_typed(request: HttpRequest, submission_id: int) -> None:
    kept = request.session.get(_KEY, {})
    if kept.pop(str(submission_id), None) is not None:
        request.session[_KEY] = kept
