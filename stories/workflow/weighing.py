"""How much a report weighs, by how often its reporter was right, and so how soon it is looked at.

A reporter whose reports were answered n times, r of them upheld, weighs (r + 5 · 0.4) / (n + 5): 0.4 at first, near
1 who is always right, near 0 who never is, and one answer moves it little. Without an account nobody is known
again: the first such report of a story weighs 0.4, each further one half of the one before, so that a crowd of
nameless reports together never weighs more than 0.8. Somebody who reports a story twice weighs once.
Only answers of the last half year count: reporters are forgotten after it.
"""

from datetime import timedelta

from django.db.models import Count, Q

from stories.models import Report, ReportGroup
from stories.redress import ReportState

BASE = 0.4
STRENGTH = 5
ANSWER_WITHIN = timedelta(days=15)
URGENCY_OF_ILLEGAL = 1.0
URGENCY_OF_MINORS = 10.0


def accuracy(right: int, answered: int) -> float:
    return (right + STRENGTH * BASE) / (answered + STRENGTH)


def answers_to(reporter_ids: list[int]) -> dict[int, tuple[int, int]]:
    """(right, answered) by reporter, who has had an answer: one query."""
    answered = Report.objects.filter(
        reporter__in=reporter_ids, group__state__in=[ReportState.UPHELD, ReportState.DISMISSED]
    )
    is_right = Q(group__state=ReportState.UPHELD) | Q(group__again__state=ReportState.UPHELD)
    counted = answered.values("reporter").annotate(
        right=Count("group", distinct=True, filter=is_right),
        number=Count("group", distinct=True),
    )
    return {row["reporter"]: (row["right"], row["number"]) for row in counted}


def weigh(group: ReportGroup) -> None:
    """Sets its weight and when it is to be looked at; the caller holds the row and saves it."""
    reports = list(group.reports.values_list("reporter", "kind", "is_about_minors"))
    reporters = {reporter for reporter, _, _ in reports if reporter is not None}
    known = answers_to(list(reporters))
    named = sum(accuracy(*known.get(reporter, (0, 0))) for reporter in reporters)
    nameless = sum(reporter is None for reporter, _, _ in reports)
    group.weight = round(named + 2 * BASE * (1 - 0.5**nameless), 4)
    urgency = max((_urgency(kind, is_about_minors) for _, kind, is_about_minors in reports), default=0.0)
    group.look_by = group.opened_at + ANSWER_WITHIN / (1 + group.weight + urgency)


def _urgency(kind: str, is_about_minors: bool) -> float:
    if is_about_minors:
        return URGENCY_OF_MINORS
    return URGENCY_OF_ILLEGAL if kind == Report.Kind.ILLEGAL else 0.0
