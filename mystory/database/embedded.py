"""The site's own embedded server, running as long as somebody needs it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from psycopg2 import errors, sql

from mystory.database.addresses import DATABASE
from mystory.database.cluster import Cluster
from mystory.database.roles import lay_out_database, lay_out_roles
from mystory.problem import Problem

SERVED = "MYSTORY_SERVED"


@contextlib.contextmanager
def running(base: Path) -> Iterator[None]:
    """Does nothing where DATABASE_URL names another server, or where whoever started us keeps this one going."""
    if os.environ.get("DATABASE_URL") or os.environ.get(SERVED):
        yield
        return
    cluster = Cluster(base)
    with cluster.in_use():
        lay_out_roles(cluster)
        lay_out_database(cluster)
        yield


def empty(base: Path) -> None:
    """The database made anew, with nothing in it; refused while a site uses it."""
    cluster = Cluster(base)
    with contextlib.closing(cluster.connect()) as there, there.cursor() as cursor:
        try:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(DATABASE)))
        except errors.ObjectInUse as error:
            raise Problem("The site is running: stop it with Ctrl-C, then run the command again.") from error
    lay_out_database(cluster)
