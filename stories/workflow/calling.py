"""Calls a worker for what waits in rows of its own: the row says whose turn it is, the task only that there is one."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from django.db.models import Q
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult


def call_worker(task: Task[[], int]) -> bool:
    """Whether one was called; none is while one was called already and is not through."""
    called = Q(status="READY") | Q(status="RUNNING")
    if DBTaskResult.objects.filter(called, task_path=task.module_path).exists():
        return False
    task.enqueue()
    return True


@contextmanager
def hearing_stop() -> Iterator[Callable[[], bool]]:
    """Says whether the worker was asked to stop since: a task with many things to do leaves the rest to the next one.

    The worker itself waits for its task and tells it nothing.
    """
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():  # signals are heard there only
        yield asked.is_set
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def hear(number: int, frame: FrameType | None) -> None:
        asked.set()
        if callable(handler := before[signal.Signals(number)]):
            handler(number, frame)

    for number in before:
        signal.signal(number, hear)
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
