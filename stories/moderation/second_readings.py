"""What is read a second time: the list, the text without a word of what was decided, and how often two agree."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from accounts.models import User
from stories.body import Body, body_of
from stories.concordance import Overlap, overlap
from stories.models import Decision, Revision, SecondReading, Story, Topic
from stories.models.keyset import Page, page_of
from stories.prose.languages import Language, language_of

ROWS = 30
QUARTER = timedelta(days=92)


@dataclass(frozen=True)
class Row:
    reading: SecondReading
    language: Language


@dataclass(frozen=True)
class Agreement:
    """Of `number` texts that two have read. `by_answer` says for each rare answer how far they agree."""

    name: str
    number: int
    by_answer: list[tuple[str, Overlap]]


def waiting_page(editor: User, *, cursor: str) -> tuple[Page[SecondReading], list[Row]]:
    """Of all that `editor` knows nothing of, in no order that says when it was decided: one query."""
    listed = SecondReading.objects.waiting().for_editor(editor).select_related("decision__revision")
    page = page_of(listed.defer("decision__revision__body"), order=("id",), cursor=cursor, size=ROWS)
    return page, [Row(each, language_of(each.decision.revision.language)) for each in page.items]


def blind_body(text: Revision, story: Story) -> Body:
    """As it was sent in: neither a disclaimer nor a date, which would tell what became of it."""
    return body_of(
        text,
        authors=story.authors(),
        html=text.rendering.html,
        minutes=text.rendering.minutes,
        topic_names=dict(Topic.objects.filter(slug__in=text.topics).values_list("slug", "name")),
        disclaimers=[],
        cover_size=text.rendering.cover,
        date=None,
    )


def agreements(*, now: datetime) -> list[Agreement]:
    """Of the last three months, and of all time: two queries."""
    return [_agreement("The last three months", since=now - QUARTER), _agreement("Since the beginning")]


def _agreement(name: str, *, since: datetime | None = None) -> Agreement:
    read = SecondReading.objects.filter(read_at__isnull=False)
    if since is not None:
        read = read.filter(read_at__gte=since)
    counted = read.values_list("decision__kind", "verdict").annotate(number=Count("pk")).order_by()
    pairs = {(first, second): number for first, second, number in counted}
    answers = [("Sent back", Decision.Kind.RETURN), ("Declined", Decision.Kind.DECLINE)]
    by_answer = [(said, overlap(pairs, kind)) for said, kind in answers]
    return Agreement(name, sum(pairs.values()), by_answer)
