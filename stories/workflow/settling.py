"""What an editor says of the author's answers: a request is accepted or waived, one by one, and can be asked again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Answer, Request
from stories.models.request import ANSWER_CHARACTERS
from stories.prose.plain import clean_text
from stories.status import Incomplete, NotAllowed
from stories.workflow.deciding import Read, lock_read
from stories.workflow.recording import record_change

VERDICTS = (Answer.Kind.ACCEPTED, Answer.Kind.WAIVED, Answer.Kind.REOPENED)


@dataclass(frozen=True)
class Verdict:
    kind: Answer.Kind
    text: str = ""


@transaction.atomic
def settle_requests(
    read: Read, given: Mapping[int, Verdict], *, by: User, at: datetime | None = None
) -> list[Answer]:
    """By request, of all rounds before this one. Only what differs from the last verdict is written.

    Raises what a decision raises when the claim is over or the text is another one by now, and Incomplete for
    a waiver without its reason; `field` is then the number of the request. The author is told with the decision.
    """
    at = at or timezone.now()
    story, submission, _ = lock_read(read, by=by, at=at)
    if not given:
        return []
    asked = {request.pk: request for request in Request.objects.made_on(submission).with_answers()}
    written = []
    for pk, said in given.items():
        if pk not in asked or said.kind not in VERDICTS:
            raise NotAllowed("This is not a request that you can settle here.")
        text = _fitting(said, field=str(pk))
        if (said.kind, text) != _last(asked[pk]):
            written.append(
                Answer(request=asked[pk], kind=said.kind, text=text, round=submission.round, by=by, at=at)
            )
    if written:
        Answer.objects.bulk_create(written)
        answers = {answer.request_id: str(answer.kind) for answer in written}
        record_change(story, "settle", by=by, at=at, submission=submission, data={"answers": answers})
    return written


def _last(request: Request) -> tuple[str, str]:
    return (request.verdict.kind, request.verdict.text) if request.verdict else (Answer.Kind.REOPENED, "")


def _fitting(said: Verdict, *, field: str) -> str:
    """Only a waiver says why."""
    if said.kind != Answer.Kind.WAIVED:
        return ""
    text = clean_text(said.text)
    if not text:
        raise Incomplete("Say why you no longer ask for it: its author reads it.", field=field)
    if len(text) > ANSWER_CHARACTERS:
        raise Incomplete(f"This reason is longer than {ANSWER_CHARACTERS:,} characters.", field=field)
    return text
