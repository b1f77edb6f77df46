"""Rows as a CSV file that a spreadsheet opens without taking any of it for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.http import StreamingHttpResponse

# A cell that begins with one of these may be calculated, and may then call out to somewhere.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BYTE_ORDER_MARK = "\ufeff"  # without it some spreadsheets do not see that it is UTF-8


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """One line at a time: the whole is never in memory."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK
    for row in chain([head], rows):
        yield writer.writerow([cell(value) for value in row])


def cell(value: object) -> str:
    if value is None:
        return ""
    said = str(value)
    if isinstance(value, str) and said.lstrip(" ").startswith(_FORMULA):
        return f"'{said}"
    return said


def sheet(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """To be saved under `name`, while its rows are still being read."""
    answer = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
