"""`python -m bench.queue`: the queue with 100 and with 100,000 waiting, asked in turn, and the ratio of both."""

import argparse
import json
import statistics
import subprocess
import sys
from contextlib import ExitStack
from typing import Any

VIEWS = {
    "whole": "",
    "of a topic": "topic=topic-3",
    "in a language": "language=en",
    "overdue": "due=late",
    "by record": "record=published",
    "waiting for a day": "waiting=1",
}
FEW, MANY = 100, 100_000


class Side:
    """One of the two sites, in a process of its own with its own database; answers a line with a line."""

    def __init__(self, waiting: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.queue_side", str(waiting)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> "Side":
        self.ask("ready", "")
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()  # the site's end: it throws its database away
        self.process.wait(timeout=60)

    def ask(self, what: str, query: str) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps([what, query]), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("One of the sites has ended; what it says stands above.")
        return json.loads(answer)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.queue", description="Measure the queue.")
    parser.add_argument(
        "--asked", type=int, default=100, help="how often each page is asked for, of each site"
    )
    options = parser.parse_args()
    with ExitStack() as both:
        few, many = (both.enter_context(Side(number)) for number in (FEW, MANY))
        heads = f"queries | blocks read | {FEW} waiting, ms | {MANY:,} waiting, ms | ratio | plans"
        print(f"| view | {heads} |\n|{'---|' * 7}")
        for name, query in VIEWS.items():
            print(row(name, query, few, many, asked=options.asked), flush=True)
    return 0


def row(name: str, query: str, few: Side, many: Side, *, asked: int) -> str:
    one, other = few.ask("look", query), many.ask("look", query)
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(asked):
        sides = [(few, times[0]), (many, times[1])]
        for side, found in sides if turn % 2 else sides[::-1]:
            found.append(side.ask("time", query))
    medians = [statistics.median(found) for found in times]
    queries, blocks = (said(one[key], other[key]) for key in ("queries", "blocks"))
    plans = "same" if one["plans"] == other["plans"] else "differ"
    for a, b in zip(one["plans"], other["plans"], strict=False):
        if a != b:
            print(f"  {name}, {FEW}: {a}\n  {name}, {MANY:,}: {b}", file=sys.stderr)
    ratio = medians[1] / medians[0]
    return f"| {name} | {queries} | {blocks} | {medians[0]:.1f} | {medians[1]:.1f} | {ratio:.2f} | {plans} |"


def said(one: int, other: int) -> str:
    return f"{one:,}" if one == other else f"{one:,} and {other:,}"


if __name__ == "__main__":
    sys.exit(main())
