"""What the editors did, in numbers that lead to nobody: for anybody to read, and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stories.days import duration
from stories.figures import (
    AGAINST,
    APPEALS,
    CAUSES,
    ENOUGH,
    FAMILIES,
    KINDS,
    LEAST,
    OUTCOMES,
    REPORTS,
    Cell,
    kept_large,
    labels_of_reasons,
)
from stories.models import Figure
from stories.reading.public import public_page
from stories.sheets import lines

Measure = Figure.Measure
HEAD = (
    "period", "from", "to", "what", "kind", "family", "reason or outcome", "in words", "number",
    "half answered within (seconds)", "nine in ten within (seconds)",
)  # fmt: skip
OTHER = "Others, put together"


@dataclass(frozen=True)
class Row:
    """`number` is None where it is smaller than LEAST; the codes are those of the file."""

    measure: str
    codes: tuple[str, str, str]
    label: str
    number: int | None
    family: str = ""


@dataclass
class Period:
    name: str
    span: str
    begins: date
    ends: date
    answers: int | None = None
    median: int | None = None
    ninetieth: int | None = None
    decisions: list[Row] = field(default_factory=list)
    reasons: list[tuple[str, list[Row]]] = field(default_factory=list)
    causes: list[tuple[str, list[Row]]] = field(default_factory=list)
    appeals: list[tuple[str, list[Row]]] = field(default_factory=list)
    reports: list[tuple[str, list[Row]]] = field(default_factory=list)

    @property
    def last_day(self) -> date:
        return self.ends - timedelta(days=1)

    @property
    def waited(self) -> tuple[str, str] | None:
        if self.median is None or self.ninetieth is None:
            return None
        return duration(self.median), duration(self.ninetieth)

    def rows(self) -> Iterator[Row]:
        yield from self.decisions
        for _, rows in (*self.reasons, *self.causes, *self.appeals, *self.reports):
            yield from rows


@public_page
def moderation(request: HttpRequest) -> HttpResponse:
    """Three queries: the figures were made before, and this counts nothing."""
    periods = _periods()
    context = {"periods": periods, "least": LEAST, "enough": ENOUGH, "trusted_after": settings.TRUSTED_AFTER}
    return render(request, "stories/reading/moderation.html", context)


@public_page
def moderation_sheet(request: HttpRequest) -> HttpResponse:
    written = "".join(lines(HEAD, (row for period in _periods() for row in _written(period))))
    answer = HttpResponse(written, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    return answer


def _written(period: Period) -> Iterator[tuple[object, ...]]:
    when = (period.span, period.begins.isoformat(), period.last_day.isoformat())
    answers = f"fewer than {LEAST}" if period.answers is None else period.answers
    yield (
        *when,
        "answer",
        "",
        "",
        "",
        "Answers to what was sent in",
        answers,
        period.median,
        period.ninetieth,
    )
    for row in period.rows():
        number = f"fewer than {LEAST}" if row.number is None else row.number
        yield (*when, row.measure, *row.codes, row.label, number, "", "")


def _periods() -> list[Period]:
    reasons = labels_of_reasons()
    figures = Figure.objects.in_public()
    by_time = groupby(
        sorted(figures, key=lambda each: (each.span == Figure.Span.TWELVE, each.begins), reverse=True),
        key=lambda each: (each.span, each.begins, each.ends),
    )
    return [_period(span, begins, ends, list(found), reasons) for (span, begins, ends), found in by_time]


def _period(span: str, begins: date, ends: date, figures: list[Figure], reasons: dict[str, str]) -> Period:
    period = Period(_name(span, begins, ends), span, begins, ends)
    of = {measure: [each for each in figures if each.measure == measure] for measure in Measure.values}
    for answer in of[Measure.ANSWER]:
        period.answers = answer.number if answer.number >= LEAST or not answer.number else None
        if answer.number >= ENOUGH:
            period.median, period.ninetieth = answer.median, answer.ninetieth
    kinds = kept_large(((kind,), _sum(of[Measure.DECISION], kind)) for kind in KINDS)
    period.decisions = [_row(Measure.DECISION, cell.keys, cell, KINDS) for cell in kinds]
    shown = {cell.keys[0] for cell in kinds if cell.keys}
    for kind in ("decline", "remove", "suspend_member"):
        if kind not in shown:  # what is too few to be named is not taken apart either
            continue
        cells = kept_large(((e.family, e.detail), e.number) for e in of[Measure.DECISION] if e.kind == kind)
        rows = [_reason(kind, cell, reasons) for cell in cells]
        period.reasons.append((KINDS[kind], rows))
        period.causes.append((KINDS[kind], _details(Measure.CAUSE, kind, of[Measure.CAUSE], CAUSES)))
    period.appeals = _tables(Measure.APPEAL, of[Measure.APPEAL], AGAINST, APPEALS)
    period.reports = _tables(Measure.REPORT, of[Measure.REPORT], REPORTS, OUTCOMES)
    return period


def _name(span: str, begins: date, ends: date) -> str:
    if span == Figure.Span.TWELVE:
        return "The last twelve months"
    is_whole = ends == date(begins.year + 1, 1, 1)
    return f"The year {begins.year}" if is_whole else f"The year {begins.year} so far"


def _sum(figures: list[Figure], kind: str) -> int:
    return sum(figure.number for figure in figures if figure.kind == kind)


def _tables(
    measure: str, figures: list[Figure], kinds: dict[str, str], details: dict[str, str]
) -> list[tuple[str, list[Row]]]:
    """What came in is counted by itself; what was answered is of another time, and no part of it."""
    found = []
    for kind, name in kinds.items():
        rows = _details(measure, kind, figures, details)
        if rows:
            found.append((name, rows))
    return found


def _details(measure: str, kind: str, figures: list[Figure], labels: dict[str, str]) -> list[Row]:
    of_kind = [figure for figure in figures if figure.kind == kind]
    came = [figure for figure in of_kind if figure.detail in {"made", "received"}]
    answered = [figure for figure in of_kind if figure not in came]
    cells = [
        *(Cell((each.detail,), each.number if each.number >= LEAST else None) for each in came),
        *kept_large(((each.detail,), each.number) for each in answered),
    ]
    return [_row(measure, (kind, *cell.keys), cell, labels) for cell in cells]


def _row(measure: str, keys: tuple[str, ...], cell: Cell, labels: dict[str, str]) -> Row:
    kind = keys[0] if keys else "other"
    detail = keys[1] if len(keys) > 1 else "other" if cell.is_rest and measure != Measure.DECISION else ""
    label = OTHER if cell.is_rest else labels.get(cell.keys[-1], cell.keys[-1])
    return Row(measure, (kind, "", detail), label, cell.number)


def _reason(kind: str, cell: Cell, reasons: dict[str, str]) -> Row:
    family, reason = cell.keys if cell.keys else ("", "other")
    label = OTHER if cell.is_rest else reasons.get(reason, reason)
    return Row("reason", (kind, family, reason), label, cell.number, FAMILIES.get(family, ""))
