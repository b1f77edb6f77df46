"""One site for `bench.queue`: so many wait, and each line that comes in asks for a page of the queue."""

import json
import sys
import time
from typing import Any

import django

from bench.fill import Size, fill
from bench.ground import ROOT, database, settle

ROWS = 5  # a hundred that wait have no more of one topic: both sides write as many lines
WAITING = int(sys.argv[1])
VAR = ROOT / "var" / f"bench-queue-{WAITING}"
settle(VAR)
django.setup()

from django.db import connection, connections, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role, appoint  # noqa: E402
from stories.moderation import queue  # noqa: E402


def main() -> int:
    answers, sys.stdout = sys.stdout, sys.stderr  # what setting up says is not for the other side
    setup_test_environment()
    queue.ROWS = ROWS
    size = Size(stories=1000, words=50, waiting=WAITING, authors=max(200, WAITING // 10))
    with database(VAR, lambda rows: fill(rows, size)):
        client = editor_at_desk()
        for line in sys.stdin:
            what, query = json.loads(line)
            print(json.dumps(ASKED[what](client, f"/moderation/?{query}")), file=answers, flush=True)
        connections.close_all()
    return 0


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


def look(client: Client, path: str) -> dict[str, object]:
    """How many queries the page asks, how many blocks they read, and how: each step with its index."""
    for _ in range(5):
        client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    asked = [query["sql"] for query in captured.captured_queries]
    explained = [explain(sql) for sql in asked if sql.startswith("SELECT")]
    return {
        "queries": len(captured),
        "blocks": sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in explained),
        "plans": [" ".join(steps(plan)) for plan in explained],
    }


def explain(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)
        (plan,) = cursor.fetchone()
    return dict((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])


def steps(plan: dict[str, Any]) -> list[str]:
    of = plan.get("Index Name") or plan.get("Relation Name") or ""
    mine = f"{plan['Node Type']}({of})" if of else plan["Node Type"]
    return [mine, *(step for inner in plan.get("Plans", []) for step in steps(inner))]


def take(client: Client, path: str) -> float:
    reset_queries()
    begun = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - begun) * 1000


ASKED = {"ready": lambda client, path: True, "look": look, "time": take}

if __name__ == "__main__":
    sys.exit(main())
