"""Calls, every few seconds, what has to happen without anybody asking for it."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection
from django.utils.autoreload import run_with_reloader

from accounts.joining import forget_old_newcomers
from mystory.abandoned import take_back
from stories.tasks import PERIODIC

SECONDS = 3.0
HOURLY = 3600.0
# Any number that nothing else on the server locks. Of several clocks one works, the others look on.
LOCK = 5_281_160_418
logger = logging.getLogger("mystory.clock")


class Command(BaseCommand):
    help = "Run the periodic work: publish what is due, expire claims, deliver notices, tidy up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything once and end")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        if options["once"]:
            tick([*every_tick(), *every_hour()])
        elif settings.DEBUG:
            run_with_reloader(keep_time, stop)
        else:
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stop.set())
            keep_time(stop)


def keep_time(stop: threading.Event) -> None:
    last_hour = float("-inf")
    while not stop.is_set():
        steps = every_tick()
        if time.monotonic() - last_hour >= HOURLY:
            last_hour = time.monotonic()
            steps += every_hour()
        try:
            tick(steps)
        except Exception:
            logger.exception("The clock could not reach the database; it tries again.")
        close_old_connections()
        stop.wait(SECONDS)


def every_tick() -> list[Callable[[], object]]:
    return [*PERIODIC, take_back]


def every_hour() -> list[Callable[[], object]]:
    return [prune_tasks, clear_sessions, forget_old_newcomers]


def prune_tasks() -> None:
    call_command("prune_db_task_results", verbosity=0)


def clear_sessions() -> None:
    call_command("clearsessions", verbosity=0)


def tick(steps: list[Callable[[], object]]) -> bool:
    """False where another clock is at work. One step's failure is logged and does not keep the others from running."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (ours,) = cursor.fetchone()
    if not ours:
        return False
    try:
        for step in steps:
            try:
                step()
            except Exception:
                logger.exception("The clock's step %s failed; it is tried again.", step.__name__)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    return True
