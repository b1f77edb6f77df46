"""The clock's ticks, and tasks whose worker was killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from mystory.abandoned import GRACE, MOST_WORKERS, PREFIX, new_worker_id, take_back
from mystory.management.commands import clock


@task()
def wait_a_long_time() -> None:
    time.sleep(60)


def make_task(*, workers: list[str], ago: timedelta = GRACE * 2) -> DBTaskResult:
    now = timezone.now()
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING, started_at=now - ago, run_after=now, backend_name="default",
        task_path=f"{__name__}.wait_a_long_time", args_kwargs={"args": [], "kwargs": {}}, worker_ids=workers,
    )  # fmt: skip


@pytest.fixture
def living_worker(db):
    """Another connection to this database, which bears a worker's name."""
    name = new_worker_id()
    worker = connection.copy()
    worker.settings_dict = {
        **connection.settings_dict,
        "OPTIONS": {**connection.settings_dict["OPTIONS"], "application_name": name},
    }
    with contextlib.closing(worker):
        worker.ensure_connection()
        yield name


def test_task_of_a_killed_worker_is_given_to_another(db):
    lost = make_task(workers=[f"{PREFIX}-gone"])

    assert take_back() == 1

    lost.refresh_from_db()
    assert (lost.status, lost.worker_ids) == (TaskResultStatus.READY, [f"{PREFIX}-gone"])


def test_task_of_a_living_worker_is_let_be(living_worker):
    running = make_task(workers=[f"{PREFIX}-gone", living_worker])

    assert take_back() == 0

    running.refresh_from_db()
    assert running.status == TaskResultStatus.RUNNING


def test_task_that_has_just_begun_is_let_be(db):
    make_task(workers=[f"{PREFIX}-gone"], ago=timedelta(0))

    assert take_back() == 0


def test_task_that_kills_its_workers_is_given_up(db):
    lost = make_task(workers=[f"{PREFIX}-{number}" for number in range(MOST_WORKERS)])

    assert take_back() == 1

    lost.refresh_from_db()
    assert lost.status == TaskResultStatus.FAILED
    assert lost.finished_at is not None
    assert "3 workers were killed" in lost.traceback


def test_worker_name_is_short_enough_to_be_kept_whole():
    assert len(new_worker_id().encode()) <= 63


@pytest.mark.django_db(transaction=True)
def test_killed_worker_is_noticed(settings):
    """The real thing: a process that runs a task, and is killed."""
    waiting = make_task(workers=[])
    DBTaskResult.objects.update(status=TaskResultStatus.READY, started_at=None)
    waiting.refresh_from_db()
    program = (
        "import django; django.setup()\n"
        "from django.conf import settings; from django.core.management import call_command; import sys\n"
        "settings.DATABASES['default']['NAME'] = sys.argv[1]\n"
        "settings.TASKS = {'default': {'BACKEND': 'django_tasks_db.DatabaseBackend'}}\n"
        "call_command('db_worker', reload=False, startup_delay=False, interval=0.1)\n"
    )
    worker = subprocess.Popen(
        [sys.executable, "-c", program, connection.settings_dict["NAME"]],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        cwd=settings.BASE_DIR,
    )
    deadline = time.monotonic() + 30
    while waiting.status != TaskResultStatus.RUNNING and time.monotonic() < deadline:
        time.sleep(0.1)
        waiting.refresh_from_db()
    assert waiting.status == TaskResultStatus.RUNNING
    DBTaskResult.objects.update(started_at=timezone.now() - GRACE * 2)
    assert take_back() == 0

    worker.send_signal(signal.SIGKILL)
    worker.wait()
    while take_back() == 0 and time.monotonic() < deadline:
        time.sleep(0.1)

    waiting.refresh_from_db()
    assert waiting.status == TaskResultStatus.READY


def test_tick_goes_on_after_a_step_that_fails(db, caplog):
    done = []

    def fail() -> None:
        raise ValueError("no")

    assert clock.tick([fail, lambda: done.append("second")]) is True

    assert done == ["second"]
    assert "The clock's step fail failed; it is tried again." in caplog.text


def test_second_clock_looks_on(db):
    other = connection.copy()
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [clock.LOCK])

        assert clock.tick([lambda: pytest.fail("two clocks at work")]) is False
        cursor.execute("SELECT pg_advisory_unlock(%s)", [clock.LOCK])

    assert clock.tick([]) is True


@pytest.mark.django_db(transaction=True)
def test_all_steps_of_the_clock_run(caplog, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    assert clock.tick([*clock.every_tick(), *clock.every_hour()]) is True

    assert caplog.text == ""
