"""`python -m bench.disclaimers`: a disclaimer's newer words for 1,000 and for 10,000 stories, and the ratio of both."""

import statistics
import sys
import time

import django

from bench.fill import Size, fill
from bench.ground import ROOT, database, settle

VAR = ROOT / "var" / "bench-disclaimers"
settle(VAR)
django.setup()

from django.db import connection, connections  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role, appoint  # noqa: E402
from stories.models import Disclaimer  # noqa: E402
from stories.workflow.disclaiming import write_version  # noqa: E402
from stories.workflow.rewording import BATCH, order_rewording, reword_batch, try_out  # noqa: E402

FEW, MANY = 1_000, 10_000


def main() -> int:
    few, many = (reword(number) for number in (FEW, MANY))
    print(f"| what | {FEW:,} stories | {MANY:,} stories | ratio |\n|{'---|' * 4}")
    for name, one in few.items():
        other = many[name]
        print(f"| {name} | {one:,.0f} | {other:,.0f} | {other / one:.2f} |")
    return 0


def reword(number: int) -> dict[str, float]:
    with database(VAR, lambda rows: fill(rows, Size(stories=number, words=50))):
        chief = User.objects.create_user("chief", "chief@mystory.example", display_name="Chief")
        appoint(chief, role=Role.CHIEF_EDITOR)
        community = Disclaimer.objects.get(versions__pk=1)
        version = write_version(
            community, by=chief, language="en", label="Community", text="Words of {site}."
        )
        begun = time.perf_counter()
        trial = try_out(version)
        tried = time.perf_counter() - begun
        assert trial.stories == number
        rewording = order_rewording(version, by=chief, note="Clearer.")
        took, queries = [], set()
        while True:
            begun = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                changed = reword_batch(rewording)
            if not changed:
                break
            took.append(time.perf_counter() - begun)
            queries.add(len(captured))
        assert len(queries) <= 2, queries  # one less when nobody is left to tell
        rewording.refresh_from_db()
        assert rewording.changed == number
        connections.close_all()
    return {
        "the dry run, ms": tried * 1000,
        f"a batch of {BATCH}, ms (median)": statistics.median(took) * 1000,
        "queries a batch, at most": max(queries),
        "stories a second": number / sum(took),
    }


if __name__ == "__main__":
    sys.exit(main())
