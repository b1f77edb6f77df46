"""What kinds and outcomes are called where figures are shown, and how small numbers are kept from being shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from stories.models import Reason, ReasonVersion, Report

LEAST = 5  # no number that is shown to the public is smaller
ENOUGH = 20  # answers; percentiles of fewer come close to naming one

KINDS = {
    "approve": "Approved",
    "approve_by_policy": "Small changes published by policy",
    "put_back": "Small changes put back",
    "return": "Sent back with requests",
    "decline": "Declined",
    "remove": "Removed after publication",
    "restore": "Put back on the pages",
    "suspend_member": "Members suspended for a time",
}
AGAINST = {
    "decline": "Against a decline",
    "remove": "Against a removal",
    "put_back": "Against the putting back of a small change",
    "suspend_member": "Against a suspension",
}
APPEALS = {
    "made": "Made",
    "upheld": "Upheld: the decision was reversed",
    "rejected": "Rejected: the decision stands",
}
CAUSES = {
    "own": "An editor read it, as every story is read",
    "notice": "Somebody sent us a notice about it",
    "check": "An automatic check drew an editor’s attention to it",
}
REPORTS = {kind.value: str(kind.label) for kind in Report.Kind}
OUTCOMES = {
    "received": "Received",
    "uphold": "Upheld: something was done",
    "dismiss": "Dismissed: the story stays as it is",
    "duplicate": "Answered before",
}
FAMILIES = {family.value: str(family.label) for family in Reason.Family}


@dataclass(frozen=True)
class Cell:
    """A number as anybody may read it. `number` is None where it is smaller than LEAST."""

    keys: tuple[str, ...]
    number: int | None

    @property
    def is_rest(self) -> bool:
        return not self.keys


def kept_large(cells: Iterable[tuple[tuple[str, ...], int]]) -> list[Cell]:
    """The smallest are put together until none is below LEAST, so that no number can be had by taking others away."""
    large = sorted(((number, keys) for keys, number in cells if number), reverse=True)
    rest = count = 0
    while large and (large[-1][0] < LEAST or 0 < rest < LEAST):
        number, _ = large.pop()
        rest, count = rest + number, count + 1
    kept = [Cell(keys, number) for number, keys in sorted(large, key=lambda each: (-each[0], each[1]))]
    return [*kept, Cell((), rest if rest >= LEAST else None)] if count else kept


def labels_of_reasons() -> dict[str, str]:
    """By code, in their newest English words: two queries."""
    labels = dict(Reason.objects.values_list("code", "label"))
    newest = (
        ReasonVersion.objects.filter(language="en").order_by("reason_id", "-number").distinct("reason_id")
    )
    labels.update(newest.values_list("reason__code", "label"))
    return labels
