"""What an editor has typed about a submission and not sent: kept by the site until the story is decided on."""

from collections.abc import Mapping

from django.http import QueryDict

from accounts.models import User
from stories.models import Submission, UnsentDecision
from stories.workflow.attending import forget_unsent, keep_unsent

FIELDS = ("decision", "disclaimer", "added", "reason", "led_by", "requests", "note", "publish_at")
OF_REQUESTS = ("settle_", "why_")  # and the fields that are named after a request
_LONGEST, _LONGEST_ANSWER, _LONGEST_NAME = 50_000, 5_000, 40
_FIELDS = 200


def as_typed(sent: QueryDict) -> dict[str, str]:
    """Each field once; of what can be ticked several times, all of it."""
    return {**sent.dict(), "added": ",".join(sent.getlist("added"))}  # type: ignore[dict-item]


def keep_typed(submission: Submission, data: Mapping[str, str], *, by: User) -> None:
    said = {name: _clean(data[name], _LONGEST) for name in FIELDS if data.get(name)}
    of_requests = [name for name in data if name.startswith(OF_REQUESTS)][:_FIELDS]
    answers = {_clean(name, _LONGEST_NAME): _clean(data[name], _LONGEST_ANSWER) for name in of_requests}
    keep_unsent(submission, said | answers, by=by)


def _clean(value: str, longest: int) -> str:
    """PostgreSQL keeps no NUL."""
    return value[:longest].replace("\x00", "")


def typed_for(submission: Submission, *, by: User) -> dict[str, str]:
    kept = UnsentDecision.objects.filter(submission=submission, editor=by).first()
    return kept.fields if kept else {}


def forget_typed(submission: Submission, *, by: User) -> None:
    forget_unsent(submission, by=by)
