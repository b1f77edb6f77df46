"""What an author answers while the story is with the editors: request by request, and in their own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Answer, Event, Request, Submission
from stories.models.request import ANSWER_CHARACTERS
from stories.notices.telling import tell_editors
from stories.prose.plain import clean_text
from stories.status import AlreadyThere, Incomplete, NotAllowed, SubmissionState, WrongState
from stories.workflow.locking import lock_as_author, lock_submission
from stories.workflow.recording import record_change

REPLY_CHARACTERS = 5000
ANSWERS = (Answer.Kind.OPEN, Answer.Kind.DONE, Answer.Kind.DISAGREED)


@dataclass(frozen=True)
class Given:
    kind: Answer.Kind
    text: str = ""


@transaction.atomic
def answer_requests(
    submission: Submission, given: Mapping[int, Given], *, by: User, at: datetime | None = None
) -> list[Answer]:
    """What was asked in any round and is still open, by request. Only what differs from the last answer is written.

    Raises WrongState while an editor reads the story or when its trip is over, Incomplete for a
    disagreement without its reason; `field` is then the number of the request.
    """
    at = at or timezone.now()
    submission = _lock_as_author(submission, by=by)
    if submission.state not in (SubmissionState.RETURNED, SubmissionState.QUEUED):
        raise WrongState("These requests cannot be answered any more. Nothing was changed.")
    asked = {request.pk: request for request in open_requests(submission)}
    round_of_answer = submission.round + (submission.state == SubmissionState.RETURNED)
    written = []
    for pk, said in given.items():
        if pk not in asked or said.kind not in ANSWERS:
            raise NotAllowed("This is not a request that you can answer now.")
        text = _fitting(said, field=str(pk))
        last = asked[pk].answer
        if (said.kind, text) != ((last.kind, last.text) if last else (Answer.Kind.OPEN, "")):
            written.append(
                Answer.objects.create(
                    request=asked[pk], kind=said.kind, text=text, round=round_of_answer, by=by, at=at
                )
            )
    if written:
        answers = {answer.request_id: str(answer.kind) for answer in written}
        record_change(
            submission.story, "answer", by=by, at=at, submission=submission, data={"answers": answers}
        )
    return written


def open_requests(submission: Submission) -> list[Request]:
    """Of all its returns, as its authors know them, with their answers: two queries."""
    asked = Request.objects.made_on(submission).select_related("decision").with_answers_told(submission)
    return [request for request in asked if request.verdict is None]


def _fitting(said: Given, *, field: str) -> str:
    text = clean_text(said.text)
    if said.kind == Answer.Kind.DISAGREED and not text:
        raise Incomplete("Say why you disagree, so that the editor can weigh it.", field=field)
    if len(text) > ANSWER_CHARACTERS:
        raise Incomplete(f"This answer is longer than {ANSWER_CHARACTERS:,} characters.", field=field)
    return text


@transaction.atomic
def reply(submission: Submission, text: str, *, key: UUID, by: User, at: datetime | None = None) -> Event:
    """A message to the editors within the submission; those who have read or are reading it are told.

    `key` is made by the form, so that a form sent twice says it once: AlreadyThere.
    """
    at = at or timezone.now()
    text = clean_text(text)
    submission = _lock_as_author(submission, by=by)
    if submission.events.filter(action="reply", data__key=str(key)).exists():
        raise AlreadyThere("This message is with the editors already. It was not sent twice.")
    if not submission.is_open:
        raise WrongState(
            "This submission is over, so nothing was sent. The page says where to write instead."
        )
    if not text:
        raise Incomplete("Write the message first.", field="text")
    if len(text) > REPLY_CHARACTERS:
        raise Incomplete(f"The message is longer than {REPLY_CHARACTERS:,} characters.", field="text")
    event = record_change(
        submission.story, "reply", by=by, at=at, submission=submission, note=text, data={"key": str(key)}
    )
    tell_editors(event)
    return event


def _lock_as_author(submission: Submission, *, by: User) -> Submission:
    """Story, then submission, as every verb locks them."""
    return lock_submission(lock_as_author(submission.story, by=by), submission.pk)
