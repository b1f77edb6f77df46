"""`make bench`: fills a throw-away database, runs the site on one core and measures it from the other with wrk."""

import argparse
import os
import shutil
import sys

import django
from psycopg2.extensions import cursor

from bench.fill import Size, fill
from bench.ground import HOST, ROOT, database, settle, site
from bench.load import Measured, measure

VAR = ROOT / "var" / "bench"
SIZE = Size(stories=10_000, words=1000, waiting=100)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the public pages.")
    parser.add_argument("--seconds", type=int, default=2, help="how long each page is asked for, seven times")
    parser.add_argument("--keep", action="store_true", help="keep the filled database for the next time")
    parser.add_argument(
        "--only", default="", help="only the pages with this word in their name, and the yardsticks"
    )
    options = parser.parse_args()
    if missing := [program for program in ("wrk", "taskset") if shutil.which(program) is None]:
        print(f"Measuring needs {' and '.join(missing)}: apt-get install wrk util-linux", file=sys.stderr)
        return 1
    if (os.cpu_count() or 1) < 2:
        print("Measuring needs two cores: one for the site, one for the load.", file=sys.stderr)
        return 1
    settle(VAR)
    django.setup()
    with database(VAR, fill_with_stories, keep=options.keep), site():
        report(measure(HOST, seconds=options.seconds, only=options.only))
    return 0


def fill_with_stories(there: cursor) -> None:
    print(f"Filling a database with {SIZE.stories:,} stories of {SIZE.words:,} words ...", flush=True)
    fill(there, SIZE)


def report(measured: list[Measured]) -> None:
    print(f"\n| page | bytes | requests/s | p50 ms | p99 ms | of the one-query yardstick |\n|{'---|' * 6}")
    for each in measured:
        print(
            f"| {each.name} | {each.size:,} | {each.rate:,.0f} | {each.p50:.1f} | {each.p99:.1f} | {each.share:.2f} |"
        )


if __name__ == "__main__":
    sys.exit(main())
