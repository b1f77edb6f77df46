"""The note to the editor that goes with a submission: what could not be sent comes back into the page."""

from django.http import HttpRequest

FIELD = "cover_note"
_KEY = "cover-notes"
_MOST = 5
_LONGEST = 10_000


def cover_note(request: HttpRequest, story_id: int) -> str:
    """As it was sent with this very page, else as it was kept."""
    if FIELD in request.POST:
        return request.POST[FIELD]
    return request.session.get(_KEY, {}).get(str(story_id), "")


def keep_cover_note(request: HttpRequest, story_id: int) -> str:
    """For the last few stories, so that a session stays small. A form that does not ask for it changes nothing."""
    if FIELD not in request.POST:
        return ""
    note = request.POST[FIELD]
    kept = {key: value for key, value in request.session.get(_KEY, {}).items() if key != str(story_id)}
    if note.strip():
        kept[str(story_id)] = note[:_LONGEST]
    if kept != request.session.get(_KEY, {}):
        request.session[_KEY] = dict(list(kept.items())[-_MOST:])
    return note


def forget_cover_note(request: HttpRequest, story_id: int) -> None:
    kept = request.session.get(_KEY, {})
    if kept.pop(str(story_id), None) is not None:
        request.session[_KEY] = kept
