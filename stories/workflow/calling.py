"""Calls a worker for what waits in rows of its own: the row says whose turn it is, the task only that there is one."""

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
