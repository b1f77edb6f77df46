"""Editors, authors and readers at once on a served site while its processes die: every promise of the product holds.

`python -m bench.desk` does it with 16 editors and 2,000 submissions.
"""

import os
from pathlib import Path

from django.db import connection
from django.utils import timezone

from bench.desk.checks import breaches
from bench.desk.crowd import Bounds, finish, let_loose
from bench.desk.journal import Journal
from bench.desk.processes import Processes
from bench.desk.town import build
from tests.drill.site import free_port

SEED = os.environ.get("MYSTORY_DRILL_SEED") or timezone.now().strftime("%Y%m%d%H%M%S")


def test_desk_keeps_its_promises_whatever_dies(transactional_db, tmp_path: Path):
    journal, port, log = Journal(), free_port(), tmp_path / "processes.log"
    town = build(editors=4, submissions=24, authors=4, published=3)
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.drill.desk_settings",
        "MYSTORY_DRILL_DATABASE": connection.settings_dict["NAME"],
        "MYSTORY_SITE_URL": f"http://localhost:{port}",
        "WEB_CONCURRENCY": "2",
    }
    bounds = Bounds(seconds=2, seed=SEED, lease=2, readers=1, hands=2, pause=0.05, kill_every=0.8)

    with Processes(port, journal, log=log, environment=environment, only_web=True).at_work() as processes:
        let_loose(town, processes, journal, bounds)
    finish()

    broken = {promise: found for promise, found in breaches(journal).items() if found}
    assert broken == {}, f"seed {SEED}\n{log.read_text()[-3000:]}"
    assert journal.answers
