"""django-tasks-db's worker, with a connection that bears its name: so one that was killed is noticed."""

import logging
from argparse import ArgumentParser
from typing import Any

from django.db import connection
from django_tasks_db.management.commands import db_worker

from mystory.abandoned import new_worker_id


class Command(db_worker.Command):
    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(worker_id=new_worker_id())

    def configure_logging(self, verbosity: int) -> None:
        """Failures only, unless somebody asks for more: each task's start and end would fill the terminal."""
        super().configure_logging(verbosity)
        if verbosity == 1:
            for name in ("django_tasks", "django_tasks_db"):
                logging.getLogger(name).setLevel(logging.ERROR)

    def handle(self, **options: Any) -> None:
        connection.close()
        connection.settings_dict["OPTIONS"] = {
            **connection.settings_dict["OPTIONS"],
            "application_name": options["worker_id"],
        }
        super().handle(**options)
