"""How often two readers agree on what is rare: the overlap of their sets, with its interval. Pure arithmetic.

Raw agreement flatters: where nine of ten texts are published, two editors who decline at random agree most of the time.
So of the texts that either would have declined (or sent back) it is counted how many both would have. The interval is
Wilson's (E. B. Wilson, Journal of the American Statistical Association 22, 1927), which stays within 0 and 1 and holds
its promise for samples as small as these (Brown, Cai and DasGupta, Statistical Science 16, 2001).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # 95 of 100
FEW = 10


@dataclass(frozen=True)
class Overlap:
    """Of `either` texts that one or both readers gave this answer, both gave it to `both`."""

    both: int
    either: int

    @property
    def share(self) -> float:
        return self.both / self.either if self.either else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.both, self.either)

    @property
    def is_few(self) -> bool:
        return self.either < FEW

    @property
    def percent(self) -> int:
        return round(100 * self.share)

    @property
    def low(self) -> int:
        return round(100 * self.interval[0])

    @property
    def high(self) -> int:
        return round(100 * self.interval[1])


def overlap(pairs: Mapping[tuple[str, str], int], answer: str) -> Overlap:
    """Of what both readers said, counted by the pair of their answers."""
    either = sum(number for pair, number in pairs.items() if answer in pair)
    return Overlap(pairs.get((answer, answer), 0), either)


def wilson(hits: int, of: int) -> tuple[float, float]:
    if not of:
        return 0.0, 1.0
    share, square = hits / of, Z * Z
    middle = share + square / (2 * of)
    reach = Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    low, high = ((middle + sign * reach) / (1 + square / of) for sign in (-1, 1))
    return max(0.0, low), min(1.0, high)
