"""`python -m bench.queue`: the queue with 100 and with 100,000 waiting, whole and narrowed, and the ratio of both."""

import argparse
import statistics
import sys
import time

import django

from bench.fill import Size, fill
from bench.ground import ROOT, database, settle

VAR = ROOT / "var" / "bench-queue"
settle(VAR)
django.setup()

from django.db import connection, connections, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role, appoint  # noqa: E402

VIEWS = {
    "whole": "",
    "of a topic": "topic=topic-3",
    "in a language": "language=en",
    "overdue": "due=late",
    "by record": "record=published",
    "waiting for a day": "waiting=1",
}
FEW, MANY = 100, 100_000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.queue", description="Measure the queue.")
    parser.add_argument("--asked", type=int, default=60, help="how often each page is asked for")
    options = parser.parse_args()
    setup_test_environment()
    few, many = (waiting(number, options.asked) for number in (FEW, MANY))
    print(f"| view | queries | {FEW} waiting, ms | {MANY:,} waiting, ms | ratio |\n|{'---|' * 5}")
    for name in VIEWS:
        (asked, one), (asked_too, other) = few[name], many[name]
        queries = str(asked) if asked == asked_too else f"{asked} and {asked_too}"
        print(f"| {name} | {queries} | {one:.1f} | {other:.1f} | {other / one:.2f} |")
    return 0


def waiting(number: int, asked: int) -> dict[str, tuple[int, float]]:
    """For each view how many queries its page asks, and the median of its milliseconds."""
    size = Size(stories=1000, words=50, waiting=number, authors=max(200, number // 10))
    with database(VAR, lambda rows: fill(rows, size)):
        client = editor_at_desk()
        found = {name: measure(client, f"/moderation/?{query}", asked) for name, query in VIEWS.items()}
        connections.close_all()
    return found


def editor_at_desk() -> Client:
    now = timezone.now()
    editor = User.objects.create_user(
        "editor", "editor@mystory.example", "a lantern over the harbour", display_name="Editor",
        terms_version="2026-11", terms_agreed_at=now, age_confirmed_at=now,
    )  # fmt: skip
    editor.emailaddress_set.create(email=editor.email, verified=True, primary=True)
    appoint(editor, role=Role.EDITOR)
    client = Client()
    client.force_login(editor)
    return client


def measure(client: Client, path: str, asked: int) -> tuple[int, float]:
    for _ in range(3):
        client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    reset_queries()
    took = []
    for _ in range(asked):
        begun = time.perf_counter()
        client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
    return len(captured), statistics.median(took)


if __name__ == "__main__":
    sys.exit(main())
