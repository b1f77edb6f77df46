"""Pages of a long list by cursor: each costs the same, however deep, and nothing is counted or skipped on the way."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

Row = TypeVar("Row", bound=Model)

# A cursor is which way it leads from a row, and that row's place: `o` (on) or `b` (back) and hexadecimal numbers.
_CURSOR = re.compile(r"([ob])([0-9a-f]{1,16}(?:\.[0-9a-f]{1,16})*)\Z")
_BIGGEST = 2**63 - 1
_MICROSECOND = timedelta(microseconds=1)
_FIRST_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`next_cursor` leads on in the list's order, `previous_cursor` back; each is "" where nothing is there."""

    items: list[Row]
    next_cursor: str = ""
    previous_cursor: str = ""

    @property
    def is_first(self) -> bool:
        return not self.previous_cursor


@dataclass(frozen=True)
class _Place:
    """A row's place in the list: the values of its ordering columns."""

    forward: bool
    values: tuple[datetime | int, ...]


def page_of(queryset: QuerySet[Row], *, order: Sequence[str], cursor: str = "", size: int = 20) -> Page[Row]:
    """The page of `queryset` that `cursor` names; the first one for "" and for a cursor that nobody gave out.

    `order` names columns (or annotations) that are dates or whole numbers not below 0, all with "-" or all
    without it, together unique: the columns of the index that the list is read from.
    """
    keyed = _with_keys(queryset, order)
    place = _read(cursor, kinds=_kinds(keyed, order))
    if place is None:
        return _first_page(keyed, order, size)
    if place.forward:
        rows, more = _take(_from(keyed, order, place), size)
        # Past the end of the list, which has become shorter: begin anew rather than show nothing.
        if not rows:
            return _first_page(keyed, order, size)
        return _page(rows, order, has_next=more, has_previous=True)
    rows, more = _take(_from(keyed, order, place), size)
    if not more:
        return _first_page(keyed, order, size)  # a whole page rather than the few rows before
    return _page(rows[::-1], order, has_next=True, has_previous=True)


def _with_keys(queryset: QuerySet[Row], order: Sequence[str]) -> QuerySet[Row]:
    """Each ordering column under a name of its own: a filter on it then uses the join the list already has."""
    if len({name.startswith("-") for name in order}) != 1:
        raise ValueError("A list by cursor is ordered one way by all its columns.")
    keys = {f"keyset_{place}": F(name.lstrip("-")) for place, name in enumerate(order)}
    return queryset.annotate(**keys)


def _first_page(keyed: QuerySet[Row], order: Sequence[str], size: int) -> Page[Row]:
    rows, more = _take(_ordered(keyed, order, forward=True), size)
    return _page(rows, order, has_next=more, has_previous=False)


def _from(keyed: QuerySet[Row], order: Sequence[str], place: _Place) -> QuerySet[Row]:
    """The rows beyond `place`, nearest first. A comparison of whole rows is one step down the index."""
    columns = Func(*_names(order), function="ROW", output_field=BooleanField())
    values = Func(*map(Value, place.values), function="ROW", output_field=BooleanField())
    compare = LessThan if _is_descending(order) is place.forward else GreaterThan
    return _ordered(keyed.filter(compare(columns, values)), order, forward=place.forward)


def _ordered(keyed: QuerySet[Row], order: Sequence[str], *, forward: bool) -> QuerySet[Row]:
    sign = "-" if _is_descending(order) is forward else ""
    return keyed.order_by(*(f"{sign}{name}" for name in _names(order)))


def _is_descending(order: Sequence[str]) -> bool:
    return order[0].startswith("-")


def _names(order: Sequence[str]) -> list[str]:
    return [f"keyset_{place}" for place in range(len(order))]


def _take(ordered: QuerySet[Row], size: int) -> tuple[list[Row], bool]:
    rows = list(ordered[: size + 1])
    return rows[:size], len(rows) > size


def _page(rows: list[Row], order: Sequence[str], *, has_next: bool, has_previous: bool) -> Page[Row]:
    return Page(
        rows,
        next_cursor=_write(rows[-1], order, "o") if has_next and rows else "",
        previous_cursor=_write(rows[0], order, "b") if has_previous and rows else "",
    )


def _write(row: Model, order: Sequence[str], way: str) -> str:
    return way + ".".join(f"{_number(getattr(row, name)):x}" for name in _names(order))


def _number(value: datetime | int) -> int:
    return (value - _FIRST_MOMENT) // _MICROSECOND if isinstance(value, datetime) else value


def _kinds(keyed: QuerySet[Any], order: Sequence[str]) -> list[str]:
    annotations = keyed.query.annotations
    return [annotations[name].output_field.get_internal_type() for name in _names(order)]


def _read(cursor: str, *, kinds: list[str]) -> _Place | None:
    match = _CURSOR.match(cursor)
    if match is None:
        return None
    numbers = [int(number, 16) for number in match[2].split(".")]
    if len(numbers) != len(kinds) or max(numbers) > _BIGGEST:
        return None
    try:
        values = [_value(number, kind) for number, kind in zip(numbers, kinds, strict=True)]
    except OverflowError:
        return None
    return _Place(match[1] == "o", tuple(values))


def _value(number: int, kind: str) -> datetime | int:
    return _FIRST_MOMENT + timedelta(microseconds=number) if kind == "DateTimeField" else number
