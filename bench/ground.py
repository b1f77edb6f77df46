"""What every measurement stands on: a throw-away database of its own, and the web server that `make run` starts."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import call_command
from psycopg2.extensions import cursor

from bench.load import wait_for
from mystory.database.addresses import DATABASE
from mystory.database.cluster import THROW_AWAY, Cluster
from mystory.database.roles import lay_out_database, lay_out_roles
from mystory.run.site import web_command
from mystory.run.supply import migrate

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("PORT", "8765"))
HOST = f"http://127.0.0.1:{PORT}"


def settle(var: Path) -> None:
    """Before Django reads its settings."""
    os.environ["MYSTORY_VAR"] = str(var)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    os.environ["MYSTORY_SITE_URL"] = f"http://localhost:{PORT}"
    os.environ["MYSTORY_DEMO"] = os.environ["MYSTORY_DEBUG"] = "0"
    os.environ["MYSTORY_SECRET_KEY"] = "for measuring only: " + "0123456789abcdef" * 3
    os.environ["MYSTORY_SERVED"] = "1"  # the server is ours to start


@contextmanager
def database(var: Path, fill: Callable[[cursor], None], *, keep: bool = False) -> Iterator[None]:
    """PostgreSQL with its settings as they come, on the site's core; the data is thrown away afterwards."""
    cluster = Cluster(var, options={"fsync": THROW_AWAY["fsync"], "max_wal_size": "4GB"})
    os.sched_setaffinity(0, {0})  # inherited by PostgreSQL
    filled = var / "filled"
    if not filled.exists():
        shutil.rmtree(var, ignore_errors=True)
    with cluster.in_use():
        if not filled.exists():
            lay_out_roles(cluster)
            lay_out_database(cluster)
            migrate()
            with closing(cluster.connect(database=DATABASE)) as there, there.cursor() as rows:
                fill(rows)
                rows.execute("VACUUM (ANALYZE)")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            filled.touch()
        yield
    if not keep:
        shutil.rmtree(var, ignore_errors=True)


@contextmanager
def site() -> Iterator[None]:
    """The web server that `make run` starts, on the first core. The load is on the other one."""
    command = ["taskset", "-c", "0", *web_command("127.0.0.1", PORT, dev=False)]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(HOST, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)
