"""What changed since a page of the desk was opened: the page itself asks, so an answer is a few indexed queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db.models import Prefetch, Q

from accounts.models import User
from stories.models import Claim, Event, Presence, Submission
from stories.moderation.changes import Happening, say_event
from stories.moderation.filters import QueueFilter
from stories.status import Action, SubmissionState, say
from stories.workflow.claiming import taken_words

# How far behind the newest event a slower transaction may still put one of its own.
WINDOW = 50
MOST = 200
_ARRIVED = (Action.SUBMIT, Action.RESUBMIT)


@dataclass(frozen=True)
class Seen:
    """Up to where a page knows the record: the newest event, and the numbers before it that were not there yet.

    Events are numbered when they are written and seen when their transaction ends, so a later number can be
    seen first; the gaps are asked for again until they are `WINDOW` behind.
    """

    last: int = 0
    gaps: frozenset[int] = frozenset()

    @classmethod
    def now(cls) -> "Seen":
        latest = list(Event.objects.order_by("-id").values_list("id", flat=True)[:WINDOW])
        if not latest:
            return cls()
        return cls(latest[0], frozenset(range(latest[-1], latest[0])) - frozenset(latest))._recent()

    @classmethod
    def read(cls, text: str) -> "Seen | None":
        """None for what no page was given."""
        numbers = text.split(".")
        if len(text) > 20 * WINDOW or not all(number.isascii() and number.isdigit() for number in numbers):
            return None
        last, *gaps = (min(int(number[:18]), 2**62) for number in numbers)
        return cls(last, frozenset(gaps))._recent()

    def __str__(self) -> str:
        return ".".join(map(str, [self.last, *sorted(self.gaps)]))

    def and_then(self, found: Iterable[int]) -> "Seen":
        ids = frozenset(found)
        last = max(self.last, *ids) if ids else self.last
        begin = max(self.last + 1, last - WINDOW)
        return Seen(last, (self.gaps | frozenset(range(begin, last))) - ids)._recent()

    def _recent(self) -> "Seen":
        return Seen(self.last, frozenset(gap for gap in self.gaps if self.last - WINDOW <= gap < self.last))


@dataclass(frozen=True)
class QueueNews:
    """`stands` are the submissions that something happened to, as they are now; `arrived` those new in the view."""

    seen: Seen
    stands: list[Submission] = field(default_factory=list)
    arrived: list[int] = field(default_factory=list)
    too_much: bool = False


def queue_news(editor: User, seen: Seen, *, view: QueueFilter, now: datetime) -> QueueNews:
    """One query while nothing happens, three when something did, and one more when stories came in."""
    later = Q(pk__gt=seen.last) | Q(pk__in=seen.gaps)
    events = Event.objects.filter(later).order_by("id")
    found = list(events.values_list("id", "submission_id", "action", "machine")[: MOST + 1])
    if len(found) > MOST:
        return QueueNews(seen, too_much=True)
    ids = {submission for _, submission, _, machine in found if machine == "submission"}
    arrived = {submission for _, submission, action, _ in found if action in _ARRIVED}
    stands = list(_standing(ids, editor)) if ids else []
    waiting = {one.pk for one in stands if one.state == SubmissionState.QUEUED}
    matching = _matching(arrived & waiting, view, editor, now)
    return QueueNews(seen.and_then(event[0] for event in found), stands, matching)


def _matching(ids: set[int], view: QueueFilter, editor: User, now: datetime) -> list[int]:
    """Those that stand in the view which the page shows."""
    if view.is_empty or not ids:
        return sorted(ids)
    found = view.apply(Submission.objects.filter(pk__in=ids), editor=editor, now=now)
    return sorted(found.values_list("pk", flat=True))


def _standing(ids: Iterable[int], editor: User) -> Iterable[Submission]:
    found = Submission.objects.filter(pk__in=ids).not_by(editor).only("state", "round").order_by("pk")
    claims = Claim.objects.live().with_held().select_related("editor")
    return found.prefetch_related(Prefetch("claims", queryset=claims, to_attr="live_claims"))


@dataclass(frozen=True)
class ReviewNews:
    """What happened to a submission since the page showed its `version`, and what its reader can do about it."""

    submission: Submission
    headline: str
    happenings: list[Happening]
    claim: Claim | None
    is_mine: bool
    is_newer_text: bool


def review_news(
    submission: Submission, *, reader: User, version: int, revision: int, held: int, now: datetime
) -> ReviewNews | None:
    """None while nothing did: each move of a submission counts its version by one and writes one event."""
    moves = submission.version - version
    if moves <= 0:
        return None
    live = submission.claims.live().select_related("editor").first()
    claim = live if live is not None and live.is_live(now) else None
    if held and claim is not None and claim.pk == held:
        return None
    events = submission.events.filter(machine="submission").select_related("actor").order_by("-id")
    told = [Happening(event.at, say_event(event)) for event in events[: min(moves, 5)]][::-1]
    return ReviewNews(
        submission=submission,
        headline=_headline(submission, held, reader),
        happenings=told,
        claim=claim,
        is_mine=claim is not None and claim.editor_id == reader.pk,
        is_newer_text=submission.revision_id != revision,
    )


def _headline(submission: Submission, held: int, reader: User) -> str:
    mine = submission.claims.filter(pk=held, editor=reader).first() if held else None
    if mine is None:
        return f"This story is {say(submission.state)} now."
    if mine.end == Claim.End.TAKEN:
        return taken_words(mine)
    if mine.end == Claim.End.EXPIRED:
        return "Your time with this story ran out, and it went back to the queue."
    if mine.end == Claim.End.RELEASED:
        return "You put this story back, on another page."
    return "You decided on this story, on another page."


def present(editor: User, now: datetime, *, at: Iterable[int] | None = None) -> dict[int, list[str]]:
    """The names of the other editors who have a submission open, of all or of those `at`, by its number: one query."""
    there = Presence.objects.there(now).others_than(editor).select_related("editor")
    if at is not None:
        there = there.filter(submission__in=list(at))
    names: dict[int, list[str]] = {}
    for presence in there.order_by("submission_id", "id")[:MOST]:
        names.setdefault(presence.submission_id, []).append(presence.editor.name)
    return names


def present_words(names: list[str]) -> str:
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} has it open too"
    return f"{', '.join(names[:-1])} and {names[-1]} have it open too"


def etag_of(body: bytes) -> str:
    return f'"{sha256(body).hexdigest()[:32]}"'
