"""Counts what the desk did, so that a page need not: whole months once they are over, the weeks each hour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Aggregate, Count, DateField, F, IntegerField, Min, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, TruncWeek
from django.utils import timezone

from stories.models import Appeal, AppealAnswer, Event, Figure, PublicLine, Report
from stories.status import Action
from stories.trust import LookAction, SanctionAction

WEEKS = 26
FRESH = timedelta(hours=1)
# What is written at the turn of a month is there an hour later, whoever was slow.
SETTLED = timedelta(hours=1)
_LOCK = 0x666967757265  # two clocks count one after the other
ANSWERS = (Action.APPROVE.value, Action.RETURN.value, Action.DECLINE.value)
_RESTRICTIONS = (
    *(Action.DECLINE.value, Action.REMOVE.value, LookAction.PUT_BACK.value),
    SanctionAction.SUSPEND.value,
)

Measure = Figure.Measure


class Percentile(Aggregate):
    """Of the rows that have a value."""

    function = "percentile_cont"
    template = "ceil(%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s))::int"
    output_field = IntegerField()


@dataclass(frozen=True)
class Window:
    span: str
    begins: date
    ends: date

    @property
    def is_there(self) -> bool:
        return Figure.objects.filter(span=self.span, begins=self.begins, ends=self.ends).exists()


def count_figures(*, at: datetime | None = None) -> int:
    """Returns how many figures were made; 0 while those there are fresh. A closed month is counted once."""
    at = at or timezone.now()
    fresh = Figure.objects.filter(span=Figure.Span.WEEK, measured_at__gt=at - FRESH)
    if fresh.exists():
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        if fresh.exists():
            return 0
        made = _make(_weeks(at), at)
        for window in _months(at):
            if not window.is_there:
                made += _make(window, at)
    return made


def _weeks(at: datetime) -> Window:
    """The present week is the last of them."""
    today = timezone.localdate(at)
    monday = today - timedelta(days=today.weekday())
    return Window(Figure.Span.WEEK, monday - timedelta(weeks=WEEKS - 1), monday + timedelta(weeks=1))


def _months(at: datetime) -> Iterator[Window]:
    """Up to the last month that is over: a count that grew by the day would say what was decided on which day."""
    until = timezone.localdate(at - SETTLED).replace(day=1)
    yield Window(Figure.Span.TWELVE, until.replace(year=until.year - 1), until)
    first = PublicLine.objects.aggregate(first=Min("at"))["first"]
    if first is None:
        return
    for year in range(timezone.localdate(first).year, until.year + 1):
        begins, ends = date(year, 1, 1), min(date(year + 1, 1, 1), until)
        if begins < ends:
            yield Window(Figure.Span.YEAR, begins, ends)


def _make(window: Window, at: datetime) -> int:
    """In place of what was there of this span: of a year what it was so far, of the others what is past."""
    old = Figure.objects.filter(span=window.span)
    (old.filter(begins=window.begins) if window.span == Figure.Span.YEAR else old).delete()
    found = list(_count(window, at))
    if window.span != Figure.Span.WEEK and not any(figure.measure == Measure.ANSWER for figure in found):
        found.append(_figure(window, at, measure=Measure.ANSWER, number=0))
    if window.span == Figure.Span.WEEK and not found:
        found.append(_figure(window, at, measure=Measure.ARRIVAL, number=0))
    Figure.objects.bulk_create(found, batch_size=1000)
    return len(found)


def _count(window: Window, at: datetime) -> Iterator[Figure]:
    lines = PublicLine.objects.all()
    answers = lines.filter(kind__in=ANSWERS)
    waits = {
        "median": Percentile("waited", part="0.5"),
        "ninetieth": Percentile("waited", part="0.9"),
    }
    kind, family, reason = F("kind"), F("family"), F("reason")
    counted = [
        (Measure.ANSWER, _of(window, answers, "at", **waits)),
        (Measure.DECISION, _of(window, lines, "at", kind=kind, family=family, detail=reason)),
        (Measure.APPEAL, _of(window, Appeal.objects, "made_at", kind=_against(""), detail=Value("made"))),
        (Measure.APPEAL, _appeals_answered(window, upheld=True)),
        (Measure.APPEAL, _appeals_answered(window, upheld=False)),
    ]
    if window.span == Figure.Span.WEEK:
        sent = Event.objects.filter(action__in=(Action.SUBMIT.value, Action.RESUBMIT.value))
        counted += [
            (Measure.ARRIVAL, _of(window, sent, "at", kind=F("action"))),
            (
                Measure.LOAD,
                _of(
                    window,
                    lines.filter(event__actor__isnull=False),
                    "at",
                    kind=kind,
                    editor=F("event__actor"),
                ),
            ),
        ]
    else:
        restricted = lines.filter(kind__in=_RESTRICTIONS)
        answered = Report.objects.filter(group__decision__isnull=False)
        outcome = F("group__decision__kind")
        counted += [
            (Measure.CAUSE, _of(window, restricted, "at", kind=kind, detail=F("led_by"))),
            (Measure.REPORT, _of(window, Report.objects, "made_at", kind=kind, detail=Value("received"))),
            (Measure.REPORT, _of(window, answered, "group__decision__decided_at", kind=kind, detail=outcome)),
        ]
    for measure, rows in counted:
        for row in rows:
            yield _figure(window, at, measure=measure, **row)


def _appeals_answered(window: Window, *, upheld: bool) -> Iterator[dict[str, Any]]:
    answers = AppealAnswer.objects.filter(is_upheld=upheld)
    detail = Value("upheld" if upheld else "rejected")
    return _of(window, answers, "answered_at", kind=_against("appeal__"), detail=detail)


def _against(appeal: str) -> Coalesce:
    """What an appeal is about: a removal, else the kind of the decision."""
    return Coalesce(F(f"{appeal}removal__action"), F(f"{appeal}decision__kind"))


def _of(window: Window, rows: Any, at: str, **columns: Any) -> Iterator[dict[str, Any]]:
    """Numbers by the columns that are not aggregates, in each week where the window is of weeks."""
    first, last = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (window.begins, window.ends)
    )
    counted: QuerySet[Any] = rows.filter(**{f"{at}__gte": first, f"{at}__lt": last}).order_by()
    aggregates = {name: column for name, column in columns.items() if isinstance(column, Aggregate)}
    keys = {f"its_{name}": column for name, column in columns.items() if name not in aggregates}
    if window.span == Figure.Span.WEEK:
        keys["its_begins"] = Cast(TruncWeek(at), DateField())
    grouped = counted.values(**keys) if keys else counted.annotate(its_all=Value(1)).values("its_all")
    for row in grouped.annotate(number=Count("pk"), **aggregates):
        row.pop("its_all", None)
        yield {name.removeprefix("its_"): value for name, value in row.items()}


def _figure(
    window: Window, at: datetime, *, begins: date | None = None, editor: int | None = None, **columns: Any
) -> Figure:
    ends = begins + timedelta(weeks=1) if begins else window.ends
    return Figure(
        span=window.span,
        begins=begins or window.begins,
        ends=ends,
        editor_id=editor,
        measured_at=at,
        **columns,
    )
