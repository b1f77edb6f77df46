"""The queue narrowed: read from an address, put on a query, and written into an address again."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q

from accounts.models import User
from stories.models import Claim, Submission
from stories.models.submission import SubmissionQuerySet
from stories.prose.languages import LANGUAGES
from stories.status import SubmissionState
from stories.workflow.clock import soon_until

STATES = {
    "waiting": "Waiting for an editor",
    "reading": "Being read",
    "mine": "With me",
    "returned": "With the author",
}
DUE = {"late": "Overdue", "soon": "Due soon"}
WAITING = {
    "1": "More than a day",
    "3": "More than 3 days",
    "7": "More than a week",
    "30": "More than a month",
}
RECORDS = dict(Submission.AuthorRecord.choices)

_CHOICES = {
    "language": {language.code: language.name for language in LANGUAGES},
    "state": STATES,
    "due": DUE,
    "waiting": WAITING,
    "record": RECORDS,
}
_TOPIC = re.compile(r"[a-z0-9_-]{1,60}", re.ASCII)


@dataclass(frozen=True)
class QueueFilter:
    """Each part narrows by itself; an empty one does not. What no form of ours sends is taken for empty."""

    topic: str = ""
    language: str = ""
    state: str = ""
    due: str = ""
    waiting: str = ""
    record: str = ""

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> "QueueFilter":
        """From GET or POST parameters; others may stand beside them."""
        said = {name: str(sent.get(name) or "") for name in PARTS}
        return cls(**{name: value for name, value in said.items() if _known(name, value)})

    @property
    def is_empty(self) -> bool:
        return self == QueueFilter()

    @property
    def query(self) -> str:
        """For an address, always in the same order: "" when nothing is narrowed."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def suffix(self) -> str:
        """For the end of an address that has no other parameters."""
        return f"?{self.query}" if self.query else ""

    @property
    def parts(self) -> list[tuple[str, str]]:
        """For hidden fields of a form."""
        return [(name, value) for name, value in asdict(self).items() if value]

    def apply(self, submissions: SubmissionQuerySet, *, editor: User, now: datetime) -> SubmissionQuerySet:
        """Those of `submissions` that stand in this view of the queue. Says nothing of their order."""
        return submissions.filter(self._of_state(editor), self._of_time(now), self._of_text())

    def _of_state(self, editor: User) -> Q:
        if self.state == "waiting":
            return Q(state=SubmissionState.QUEUED)
        if self.state == "reading":
            return Q(state=SubmissionState.IN_REVIEW)
        if self.state == "mine":
            held = Claim.objects.live().not_held().filter(editor=editor).values("submission")
            return Q(state=SubmissionState.IN_REVIEW, pk__in=held)
        if self.state == "returned":
            return Q(state=SubmissionState.RETURNED)
        return Q(state__in=[SubmissionState.QUEUED.value, SubmissionState.IN_REVIEW.value])

    def _of_time(self, now: datetime) -> Q:
        found = Q()
        if self.due == "late":
            found &= Q(due_at__lte=now)
        elif self.due == "soon":
            found &= Q(due_at__gt=now, due_at__lte=soon_until(now))
        if self.waiting:
            found &= Q(queued_at__lte=now - timedelta(days=int(self.waiting)))
        return found

    def _of_text(self) -> Q:
        found = Q()
        if self.topic:
            found &= Q(topics__contains=[self.topic])
        if self.language:
            found &= Q(language=self.language)
        if self.record:
            found &= Q(author_record=self.record)
        return found


PARTS = tuple(asdict(QueueFilter()))


def _known(name: str, value: str) -> bool:
    return _TOPIC.fullmatch(value) is not None if name == "topic" else value in _CHOICES[name]
