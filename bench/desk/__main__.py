"""`python -m bench.desk`: 16 editors and 2,000 submissions while processes die; exit code 1 where a promise broke."""

import argparse
import os
import shutil
import sys
import time

import django
from django.utils import timezone

from bench.ground import PORT, ROOT, database, settle

VAR = ROOT / "var" / "bench-desk"
LOG = ROOT / "var" / "bench-desk.log"
LEASE = 6.0
settle(VAR)
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.desk.settings"
os.environ["MYSTORY_TRUSTED_PROXIES"] = "1"  # each visitor comes from an address of their own
os.environ["MYSTORY_BENCH_LEASE"] = str(LEASE)
django.setup()

from bench.desk.checks import breaches, done_since  # noqa: E402
from bench.desk.crowd import Bounds, finish, let_loose  # noqa: E402
from bench.desk.journal import Journal  # noqa: E402
from bench.desk.processes import Processes  # noqa: E402
from bench.desk.town import build  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.desk", description="Many at the desk while processes die."
    )
    parser.add_argument("--seconds", type=float, default=60, help="how long they work")
    parser.add_argument(
        "--seed", default=time.strftime("%Y%m%d%H%M%S"), help="the same again, as far as chance goes"
    )
    parser.add_argument("--editors", type=int, default=16)
    parser.add_argument("--submissions", type=int, default=2000)
    parser.add_argument("--authors", type=int, default=250)
    options = parser.parse_args()
    journal = Journal()
    bounds = Bounds(seconds=options.seconds, seed=options.seed, lease=LEASE)
    LOG.unlink(missing_ok=True)
    shutil.rmtree(VAR, ignore_errors=True)  # of a run that was broken off
    with database(VAR, lambda rows: None):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
        begun = time.monotonic()
        town = build(
            editors=options.editors, submissions=options.submissions, authors=options.authors,
            published=min(80, options.submissions // 2),
        )  # fmt: skip
        print(
            f"{options.submissions:,} submissions wait after {time.monotonic() - begun:.0f} s; seed {options.seed}"
        )
        with Processes(PORT, journal, log=LOG, environment={}).at_work() as processes:
            opened = timezone.now()
            let_loose(town, processes, journal, bounds)
        finish()
        return report(journal, breaches(journal), done_since(opened))


def report(journal: Journal, found: dict[str, list[str]], done: dict[str, int]) -> int:
    print("\n| what was asked | answers |\n|---|---|")
    for what in sorted({what for what, _ in journal.answers}):
        by_status = sorted(
            (status, number) for (each, status), number in journal.answers.items() if each == what
        )
        print(f"| {what} | {', '.join(f'{number:,} × {status}' for status, number in by_status)} |")
    print("\n" + "; ".join(f"{what}: {number}" for what, number in sorted(journal.deeds.items())))
    print("\nin the record: " + "; ".join(f"{action}: {number}" for action, number in done.items()))
    print("\n| what must hold | |\n|---|---|")
    for promise, broken in found.items():
        print(
            f"| {promise} | {'held' if not broken else f'BROKEN {len(broken)} times: ' + '; '.join(broken[:5])} |"
        )
    if any(found.values()):
        print(f"\nWhat the processes said is in {LOG}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
