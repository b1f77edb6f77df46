"""The record in words, for the log: who did what to which story, when and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from stories.models import Event
from stories.models.authorship import written
from stories.models.keyset import Page, page_of
from stories.status import Action

ROWS = 30
ROWS_AT_ONCE = 1000  # of a file that is taken away: what is in memory at a time

WORDS = {
    Action.SUBMIT.value: "sent in",
    Action.RESUBMIT.value: "sent in again",
    Action.REPLACE.value: "sent a newer text of",
    Action.WITHDRAW.value: "withdrew",
    Action.CLAIM.value: "took",
    Action.TAKE_OVER.value: "took over",
    Action.RELEASE.value: "put back",
    Action.EXPIRE.value: "had no more time for",
    Action.APPROVE.value: "approved",
    Action.APPROVE_BY_POLICY.value: "let a small change go live in",
    "find_fine": "looked at a small change and found it fine in",
    "put_back": "put back the former text of",
    Action.RETURN.value: "sent back",
    Action.DECLINE.value: "declined",
    Action.PUBLISH.value: "published",
    Action.UNLIST.value: "took off the public pages",
    Action.PUBLISH_AGAIN.value: "put on the public pages again",
    Action.REMOVE.value: "removed",
    Action.RESTORE.value: "restored",
    "hold_decision": "decided, with a moment to take it back, on",
    "take_back_decision": "took back the decision on",
    "drop_decision": "could not carry out a decision on",
    "feature": "put on the front page",
    "unfeature": "took off the front page",
    "move_feature": "moved up on the front page",
    "correct": "added a correction to",
    "change_disclaimer": "changed the disclaimer of",
    "answer": "answered what was asked about",
    "settle": "accepted or waived what was asked about",
    "reply": "wrote to the editors about",
    "message": "spoke about a note on",
    "take_words": "took other words that an editor suggested for",
    "allow_fixes": "said anew whether editors may correct",
    "fix": "corrected, as its author allowed,",
    "join": "became an author of",
    "leave": "left the authors of",
    "schedule": "set the publishing time of",
    "unschedule": "took back the publishing time of",
    "wish": "wished for another publishing time of",
    "warn": "gave a warning that an answer is due soon for",
    "overdue": "told the chief editors that an answer is overdue for",
    "hand": "handed to another topic",
    "warn_member": "warned an author of",
    "suspend_member": "suspended an author of",
    "end_suspension": "ended the suspension of an author of",
    "appeal_suspension": "appealed against being suspended because of",
    "reverse_suspension": "upheld the appeal of a suspended author of",
    "lift_suspension": "lifted the suspension of an author of",
    "confirm_suspension": "rejected the appeal of a suspended author of",
    "propose": "proposed to decline or remove",
    "agree": "agreed to what was proposed for",
    "refuse_proposal": "refused what was proposed for",
    "take_back_proposal": "took back what they proposed for",
    "delete": "put into the bin",
    "bring_back": "took out of the bin",
    "erase": "deleted for good",
    "appeal": "appealed against the decision on",
    "claim_appeal": "took the appeal about",
    "take_over_appeal": "took over the appeal about",
    "release_appeal": "put back the appeal about",
    "expire_appeal": "had no more time for the appeal about",
    "warn_appeal": "gave a warning that an answer is due soon to the appeal about",
    "escalate_appeal": "told the chief editors of the appeal about",
    "uphold_appeal": "upheld the appeal about",
    "reject_appeal": "rejected the appeal about",
    "lapse_appeal": "ended the appeal about",
    "report": "reported",
    "report_again": "asked for a second look at the reports about",
    "claim_report": "took the reports about",
    "release_report": "put back the reports about",
    "expire_report": "had no more time for the reports about",
    "uphold_report": "upheld the reports about",
    "dismiss_report": "dismissed the reports about",
    "duplicate_report": "said to be answered before the reports about",
    "lapse_report": "ended the reports about",
    "escalate_report": "told the chief editors of the reports about",
}

_AUTHORS_OWN = ("invite", "decline_invitation", "order_authors")
_COLUMNS = (
    "action",
    "at",
    "data",
    "note",
    "from_state",
    "to_state",
    "story__slug",
    "story__first_published_at",
    "story__deleted_at",
    "story__author__username",
    "story__author__display_name",
    "actor__username",
    "actor__display_name",
    "submission__revision__title",
    "submission__revision__language",
    "story__published_revision__title",
    "story__published_revision__language",
    "public_line__reason",
)
_ORDER = ("-at", "-id")
# Of a reason there is an index of its own.
_ORDER_BY_REASON = ("-public_line__at", "-public_line__event")


@dataclass(frozen=True)
class Narrowing:
    """What of the log is asked for; days are those of the site's zone, both counted in."""

    action: str = ""
    editor: str = ""
    author: str = ""
    story: int | None = None
    reason: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_any(self) -> bool:
        return self != Narrowing()


def log_page(reader: User, narrowing: Narrowing, *, cursor: str, size: int = 0) -> Page[Event]:
    """Newest first: one query. Nobody reads about their own stories here."""
    order = _ORDER_BY_REASON if narrowing.reason else _ORDER
    return page_of(_listed(reader, narrowing), order=order, cursor=cursor, size=size or ROWS)


def log_events(reader: User, narrowing: Narrowing) -> Iterator[Event]:
    """All of them, newest first, a page in memory at a time."""
    cursor = ""
    while True:
        page = log_page(reader, narrowing, cursor=cursor, size=ROWS_AT_ONCE)
        yield from page.items
        cursor = page.next_cursor
        if not cursor:
            return


def _listed(reader: User, narrowing: Narrowing) -> QuerySet[Event]:
    events: QuerySet[Event] = Event.objects.filter(~written(OuterRef("story_id"), reader))
    # Whom authors ask, and who writes at what no editor was ever sent, is their own business.
    events = events.exclude(action__in=_AUTHORS_OWN)
    events = events.exclude(
        action__in=("join", "leave"), submission__isnull=True, story__first_published_at__isnull=True
    )
    if narrowing.action:
        events = events.filter(action=narrowing.action)
    if narrowing.editor:
        events = events.filter(actor=_member(narrowing.editor))
    if narrowing.author:
        events = events.filter(story__author=_member(narrowing.author))
    if narrowing.story:
        events = events.filter(story=narrowing.story)
    at = "at"
    if narrowing.reason:
        events, at = events.filter(public_line__reason=narrowing.reason), "public_line__at"
    if narrowing.since:
        events = events.filter(**{f"{at}__gte": _begin_of(narrowing.since)})
    if narrowing.until:
        events = events.filter(**{f"{at}__lt": _begin_of(narrowing.until + timedelta(days=1))})
    return events.select_related(
        "actor", "story__author", "submission__revision", "story__published_revision", "public_line"
    ).only(*_COLUMNS)


def _member(username: str) -> Subquery:
    """Asked for once, so that the rows come from the index of one person's."""
    return Subquery(User.objects.filter(username=username.lower()).values("pk")[:1])


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def reason_of(event: Event) -> str:
    """The code of the reason that was given with it."""
    return event.public_line.reason if hasattr(event, "public_line") else ""


def by_policy(event: Event) -> str:
    """Who did what no person did, because a policy of the site says so; "" for all else."""
    return "the site, by policy" if event.actor is None and "policy" in event.data else ""


def title_of(event: Event) -> tuple[str, str]:
    """The title of the text it was about, and its language; none of a story that its author deleted."""
    if event.story.is_deleted:
        return "", "en"
    text = event.submission.revision if event.submission else event.story.published_revision
    return (text.title, text.language) if text else ("", "en")
