"""What happened to each story of the demo and when, as steps that are taken in the order of their times."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from stories.demo.reading import DemoStory
from stories.models import Answer, Claim, DisclaimerVersion, Reason, Request, Story, Submission
from stories.workflow.claiming import claim, lease, renew
from stories.workflow.deciding import Read, approve, decline, return_to_author
from stories.workflow.disclaiming import offered_versions
from stories.workflow.drafting import begin_story, save_draft
from stories.workflow.proposing import agree, propose_removal
from stories.workflow.publishing import unlist
from stories.workflow.settling import Verdict, settle_requests
from stories.workflow.submitting import submit, withdraw

EDITORS = ("demo-editor", "demo-other-editor")
READING = timedelta(minutes=9)  # from the claim to the decision; within a lease
NODDING = timedelta(minutes=2)  # from the proposal to the word of the second editor
SHOWN_IN_REVIEW = timedelta(hours=24)  # the colleague's claim is kept alive for a day of showing the site


@dataclass(frozen=True, order=True)
class Step:
    at: datetime
    number: int  # steps of one time in a fixed order
    do: Callable[[datetime], object] = field(compare=False)


@dataclass
class Trip:
    """One story on its way; remembers the row that its first step makes."""

    told: DemoStory
    people: Mapping[str, User]
    addresses: Mapping[str, str]
    now: datetime
    story: Story = field(init=False)
    held: Claim = field(init=False)

    @property
    def author(self) -> User:
        return self.people[self.told.author]

    @property
    def editor(self) -> User:
        return self.people[self.told.editor or EDITORS[self.told.number % 2]]

    def steps(self) -> list[Step]:
        last = self._last_time()
        moves = [(last - timedelta(days=6), self.begin), *_WAYS[self.told.state](self, last)]
        decisions = (self.approve, self.schedule, self.return_it, self.decline)
        taken = [(at - READING, self.take) for at, do in moves if do in decisions]
        return [Step(at, index, do) for index, (at, do) in enumerate([*moves, *taken])]

    # What people do, each at a time --------------------------------------------------------------

    def begin(self, at: datetime) -> None:
        self.story = begin_story(by=self.author, key=uuid4(), language=self.told.language, at=at)
        self.write(self.told.text.rpartition("\n\n")[0] or self.told.text, at=at)

    def finish(self, at: datetime) -> None:
        self.write(self.told.text, at=at)

    def write(self, text: str, *, at: datetime) -> None:
        content = self.told.content(self.addresses, text)
        self.story.refresh_from_db()
        save_draft(self.story, content, by=self.author, version=self.story.draft.version, at=at)

    def submit(self, at: datetime) -> None:
        submit(self.story, by=self.author, at=at)

    def add(self, at: datetime) -> None:
        self.write(f"{self.told.text}\n\n{self.told.added}", at=at)

    def withdraw(self, at: datetime) -> None:
        withdraw(self.story, by=self.author, at=at)

    def claim(self, at: datetime) -> Claim:
        return claim(self._submission(), by=self.editor, key=uuid4(), at=at)

    def take(self, at: datetime) -> None:
        self.held = self.claim(at)

    def claim_and_stay(self, at: datetime) -> None:
        """The colleague's page stays open, as its script would keep it."""
        held = self.claim(at)
        if self.editor.username != EDITORS[0]:
            while at < self.now + SHOWN_IN_REVIEW:
                at += lease() * 0.9
                held = renew(held, by=self.editor, at=at)

    def approve(self, at: datetime) -> None:
        approve(self._settled(at), by=self.editor, disclaimers=self._disclaimers(), at=at)

    def schedule(self, at: datetime) -> None:
        versions, later = self._disclaimers(), self.now - self.told.ago
        approve(self._settled(at), by=self.editor, disclaimers=versions, publish_at=later, at=at)

    def return_it(self, at: datetime) -> None:
        note = self.told.note or self.told.returned_first
        return_to_author(self._read(), by=self.editor, note=note, requests=self.told.requests, at=at)

    def decline(self, at: datetime) -> None:
        decline(self._read(), by=self.editor, reason=self._reason(), note=self.told.note, at=at)

    def unlist(self, at: datetime) -> None:
        unlist(self.story, by=self.author, at=at)

    def propose_removal(self, at: datetime) -> None:
        propose_removal(self.story, by=self.editor, reason=self._reason(), note=self.told.note, at=at)

    def agree_to_removal(self, at: datetime) -> None:
        chief, proposal = self.people["demo-chief-editor"], self.story.proposals.latest("id")
        agree(proposal, by=chief, words="Yes, and at once.", at=at)

    # How ----------------------------------------------------------------------------------------

    def _submission(self) -> Submission:
        return self.story.submissions.select_related("story", "revision").latest("id")

    def _read(self) -> Read:
        """The text that stands there when the editor has read it."""
        revision = self._submission().revision
        return Read(claim=self.held, revision_id=revision.pk, sha256=revision.sha256)

    def _settled(self, at: datetime) -> Read:
        """Read again, with all that was asked done."""
        read = self._read()
        asked = Request.objects.made_on(read.claim.submission).unsettled()
        accepted = {request.pk: Verdict(Answer.Kind.ACCEPTED) for request in asked}
        settle_requests(read, accepted, by=self.editor, at=at)
        return read

    def _disclaimers(self) -> list[DisclaimerVersion]:
        offered = {v.disclaimer.key: v for v in offered_versions(self.told.language)}
        return [offered[key] for key in self.told.disclaimers]

    def _reason(self) -> Reason:
        return Reason.objects.get(code=self.told.reason)

    def _last_time(self) -> datetime:
        """Hours are counted from now; days end at a time of day of the story's own."""
        last = self.now - max(self.told.ago, timedelta())
        if self.told.ago < timedelta(days=1):
            return last
        day = timezone.localtime(last)
        return day.replace(hour=7 + self.told.number % 13, minute=self.told.number % 60, second=0)


class OnItsWay(Protocol):
    def steps(self) -> list[Step]: ...


Moves = list[tuple[datetime, Callable[[datetime], object]]]


def _handed_in(trip: Trip, at: datetime) -> Moves:
    """Written and submitted at `at`; before that sent back once, when the story says so."""
    if not trip.told.returned_first:
        return [(at - timedelta(minutes=20), trip.finish), (at, trip.submit)]
    return [
        (at - timedelta(hours=50), trip.submit),
        (at - timedelta(hours=31), trip.return_it),
        (at - timedelta(minutes=40), trip.finish),
        (at, trip.submit),
    ]


def _waited(trip: Trip) -> timedelta:
    return timedelta(hours=3 + trip.told.number % 31)


def _published(trip: Trip, at: datetime) -> Moves:
    return [*_handed_in(trip, at - _waited(trip)), (at, trip.approve)]


_WAYS: Mapping[str, Callable[[Trip, datetime], Moves]] = {
    "draft": lambda trip, at: [(at, trip.finish)],
    "queued": _handed_in,
    "in-review": lambda trip, at: [
        *_handed_in(trip, at),
        (trip.now - timedelta(minutes=4), trip.claim_and_stay),
    ],
    "returned": lambda trip, at: [*_handed_in(trip, at - _waited(trip)), (at, trip.return_it)],
    "declined": lambda trip, at: [*_handed_in(trip, at - _waited(trip)), (at, trip.decline)],
    "withdrawn": lambda trip, at: [*_handed_in(trip, at - timedelta(hours=10)), (at, trip.withdraw)],
    "scheduled": lambda trip, at: [
        *_handed_in(trip, at - timedelta(hours=30)),
        (at - timedelta(hours=3), trip.schedule),
    ],
    "published": _published,
    "changed": lambda trip, at: [
        *_published(trip, at),
        (trip.now - trip.told.added_ago - timedelta(minutes=15), trip.add),
        (trip.now - trip.told.added_ago, trip.submit),
    ],
    "unlisted": lambda trip, at: [*_published(trip, at), (at + timedelta(days=90), trip.unlist)],
    "removed": lambda trip, at: [
        *_published(trip, at),
        (at + timedelta(days=12), trip.propose_removal),
        (at + timedelta(days=12) + NODDING, trip.agree_to_removal),
    ],
}


def in_order(trips: Iterable[OnItsWay]) -> list[Step]:
    """All steps of all stories as one history, so that the record reads as it would have been written."""
    return sorted((step for trip in trips for step in trip.steps()), key=lambda step: (step.at, step.number))
