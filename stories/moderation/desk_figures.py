"""The desk's figures of the last half year: each chart from what the clock counted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import sqrt

from django.utils import timezone

from accounts.models import User
from stories.days import duration
from stories.figures import FAMILIES, KINDS
from stories.models import Figure
from stories.moderation.charts import Chart, Series, Share, draw, shares

WEEKS = 26
LOAD_WEEKS = 4
_TOLD_BY = 1.96  # standard deviations of a 95 % interval

Measure = Figure.Measure


class DeskFigures:
    """One query for all of them."""

    def __init__(
        self, reader: User, *, sees_names: bool, reasons: Mapping[str, str], today: date | None = None
    ) -> None:
        today = today or timezone.localdate()
        monday = today - timedelta(days=today.weekday())
        self.weeks = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
        self.reader, self.sees_names, self.reasons = reader, sees_names, reasons
        self.found = list(Figure.objects.by_week(self.weeks[0]).select_related("editor"))
        self.measured_at = max((figure.measured_at for figure in self.found), default=None)
        self.labels = [f"{week.day} {week:%b}" for week in self.weeks]

    def charts(self) -> list[Chart]:
        return [self._waiting(), self._in_and_out(), self._appeals()]

    def _of(self, *measures: str) -> list[Figure]:
        return [figure for figure in self.found if figure.measure in measures]

    def _waiting(self) -> Chart:
        by_week = {figure.begins: figure for figure in self._of(Measure.ANSWER)}
        medians = [_shown(by_week[week].median) if week in by_week else None for week in self.weeks]
        ninetieths = [_shown(by_week[week].ninetieth) if week in by_week else None for week in self.weeks]
        known = [value for value in medians if value is not None]
        last = (
            f"In the last week with answers half had waited at most {duration(known[-1])}." if known else ""
        )
        return draw(
            "waiting", "How long stories waited for an answer",
            f"From being sent in to the answer, nights and weekends included, by the week of the answer. {last}",
            self.labels,
            [Series("nine in ten within", "bar-wide", ninetieths), Series("half within", "bar-inner", medians)],
            said=duration, nested=True,
        )  # fmt: skip

    def _in_and_out(self) -> Chart:
        came = self._per_week(self._of(Measure.ARRIVAL))
        went = self._per_week(self._of(Measure.ANSWER))
        return draw(
            "flow", "What came in and what went out",
            f"{sum(came):,} stories were sent in, new or again, and {sum(went):,} answers given in {WEEKS} weeks.",
            self.labels, [Series("sent in", "bar-wide", came), Series("answered", "bar-inner", went)],
        )  # fmt: skip

    def _appeals(self) -> Chart:
        of = self._of(Measure.APPEAL)
        upheld = self._per_week(figure for figure in of if figure.detail == "upheld")
        rejected = self._per_week(figure for figure in of if figure.detail == "rejected")
        return draw(
            "appeals", "Appeals: decisions reversed and kept", overturned(sum(upheld), sum(upheld) + sum(rejected)),
            self.labels, [Series("upheld", "bar-wide", upheld), Series("rejected", "bar-inner", rejected)],
        )  # fmt: skip

    def decisions(self) -> list[Share]:
        counted: Counter[tuple[str, str, str]] = Counter()
        for figure in self._of(Measure.DECISION):
            counted[figure.kind, figure.family, figure.detail] += figure.number
        return shares([(self._decided(kind, reason), number, FAMILIES.get(family, ""))
                       for (kind, family, reason), number in counted.most_common()])  # fmt: skip

    def _decided(self, kind: str, reason: str) -> str:
        said = KINDS.get(kind, kind)
        return f"{said}: {self.reasons.get(reason, reason)}" if reason else said

    def load(self) -> list[Share]:
        """Decisions of each editor in the last weeks; of others by name only for who answers for the desk."""
        since = self.weeks[-LOAD_WEEKS]
        counted: Counter[User | None] = Counter()
        for figure in self._of(Measure.LOAD):
            if figure.begins >= since:
                seen = self.sees_names or figure.editor == self.reader
                counted[figure.editor if seen else None] += figure.number
        if not self.sees_names:
            counted[self.reader] += 0
        return shares([(self._called(editor), number, "") for editor, number in counted.most_common()])

    def _called(self, editor: User | None) -> str:
        if editor is None:
            return "All your colleagues together"
        return f"{editor.name} (you)" if editor == self.reader else editor.name

    def _per_week(self, figures: Iterable[Figure]) -> Sequence[int]:
        counted: Counter[date] = Counter()
        for figure in figures:
            counted[figure.begins] += figure.number
        return [counted[week] for week in self.weeks]


def _shown(waited: int | None) -> int | None:
    """An answer that was given at once is an answer: its week has a bar."""
    return None if waited is None else max(waited, 1)


def overturned(upheld: int, answered: int) -> str:
    """With its interval (Wilson): of a few appeals a rate alone says nothing."""
    if not answered:
        return "No appeal was answered in this time."
    low, high = interval(upheld, answered)
    return (
        f"{upheld} of {answered} answered appeals were upheld: {upheld / answered:.0%}. If the desk goes on as it "
        f"did, expect between {low:.0%} and {high:.0%}."
    )


def interval(hits: int, of: int) -> tuple[float, float]:
    """95 %, after Wilson."""
    share, z = hits / of, _TOLD_BY
    middle = share + z * z / (2 * of)
    spread = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)
