"""The site's own embedded server, running as long as somebody needs it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from mystory.database.cluster import Cluster
from mystory.database.roles import lay_out_database, lay_out_roles


@contextlib.contextmanager
def running(base: Path) -> Iterator[None]:
    """Does nothing where DATABASE_URL names another server."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    cluster = Cluster(base)
    with cluster.in_use():
        lay_out_roles(cluster)
        lay_out_database(cluster)
        yield
