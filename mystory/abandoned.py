"""Tasks whose worker was killed: given to another worker, and given up after three."""

import os
import socket
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MOST_WORKERS = 3
# A worker's database connection bears the worker's name, so a worker without a connection is gone. The grace
# is for one that has just lost its connection and makes a new one.
GRACE = timedelta(seconds=15)
PREFIX = "mystory-worker"
GIVEN_UP = "WorkerKilled"


def new_worker_id() -> str:
    """Unique, and short enough for PostgreSQL to keep whole as a connection's name (63 bytes)."""
    return f"{PREFIX}-{socket.gethostname()[:20]}-{os.getpid()}-{get_random_string(8)}"


def take_back() -> int:
    """How many tasks were found without a worker. Two clocks at once take each task back once."""
    with transaction.atomic():
        alive = workers_alive()
        lost = [
            task
            for task in DBTaskResult.objects.running()
            .select_for_update(skip_locked=True)
            .filter(started_at__lt=timezone.now() - GRACE)
            .order_by("started_at")[:100]
            if task.worker_ids[-1] not in alive
        ]
        for task in lost:
            if len(task.worker_ids) < MOST_WORKERS:
                task.status = TaskResultStatus.READY
            else:
                task.status = TaskResultStatus.FAILED
                task.finished_at = timezone.now()
                task.exception_class_path = GIVEN_UP
                task.traceback = f"{MOST_WORKERS} workers were killed while they ran this task."
            task.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
    return len(lost)


def workers_alive() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name LIKE %s",
            [f"{PREFIX}-%"],
        )
        return {name for (name,) in cursor.fetchall()}
