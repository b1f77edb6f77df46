"""Charts of the desk's figures: bars without a word in them, so that they may be any width; the words stand around."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000, 100  # of the drawing, which is stretched to the room there is
_GAP = 0.25  # of the room of a week


@dataclass(frozen=True)
class Series:
    """`look` is a class of figures.css. None is a week without a value."""

    name: str
    look: str
    values: Sequence[int | None]


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str
    look: str
    said: str


@dataclass(frozen=True)
class Chart:
    key: str
    title: str
    summary: str
    series: Sequence[Series]
    bars: Sequence[Bar]
    first: str
    last: str
    top: str
    head: Sequence[str]
    table: Sequence[tuple[str, Sequence[str]]]

    @property
    def is_empty(self) -> bool:
        return not any(value for series in self.series for value in series.values)


def draw(
    key: str,
    title: str,
    summary: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    said: Callable[[int], str] = "{:,}".format,
    nested: bool = False,
) -> Chart:
    """Bars side by side for each label; nested, the later series stand inside the earlier ones."""
    highest = max((value or 0 for each in series for value in each.values), default=0) or 1
    room = WIDTH / max(len(labels), 1)
    wide = room * (1 - _GAP) / (1 if nested else len(series))
    bars = []
    for place, each in enumerate(series):
        beside = 0 if nested else place * wide
        inset = place * wide / 4 if nested else 0
        for number, (label, value) in enumerate(zip(labels, each.values, strict=True)):
            if value:
                height = value / highest * HEIGHT
                x = number * room + room * _GAP / 2 + beside + inset
                bars.append(
                    Bar(
                        f"{x:.2f}", f"{HEIGHT - height:.2f}", f"{wide - 2 * inset:.2f}", f"{height:.2f}",
                        each.look, f"{label}: {said(value)} ({each.name})",
                    )
                )  # fmt: skip
    table = [
        (label, ["–" if each.values[number] is None else said(each.values[number] or 0) for each in series])
        for number, label in enumerate(labels)
    ]
    ends = (labels[0], labels[-1]) if labels else ("", "")
    return Chart(
        key, title, summary, series, bars, *ends, said(highest), [each.name for each in series], table
    )


@dataclass(frozen=True)
class Share:
    """A row of a table with its bar."""

    label: str
    number: int
    width: str
    note: str = ""


def shares(numbers: Sequence[tuple[str, int, str]]) -> list[Share]:
    highest = max((number for _, number, _ in numbers), default=0) or 1
    return [Share(label, number, f"{number / highest * 100:.2f}", note) for label, number, note in numbers]
