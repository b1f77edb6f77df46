"""`make bench`: fills a throw-away database, runs the site on one core and measures it from the other with wrk."""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "bench"
PORT = int(os.environ.get("PORT", "8765"))
HOST = f"http://127.0.0.1:{PORT}"

os.environ["MYSTORY_VAR"] = str(VAR)
os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
os.environ["MYSTORY_SITE_URL"] = f"http://localhost:{PORT}"
os.environ["MYSTORY_DEMO"] = os.environ["MYSTORY_DEBUG"] = "0"
os.environ["MYSTORY_SECRET_KEY"] = "for measuring only: " + "0123456789abcdef" * 3
os.environ["MYSTORY_SERVED"] = "1"  # the server is ours to start

import django  # noqa: E402
from django.core.management import call_command  # noqa: E402

from bench.fill import Size, fill  # noqa: E402
from bench.load import Measured, measure, wait_for  # noqa: E402
from mystory.database.addresses import DATABASE  # noqa: E402
from mystory.database.cluster import THROW_AWAY, Cluster  # noqa: E402
from mystory.database.roles import lay_out_database, lay_out_roles  # noqa: E402
from mystory.run.site import web_command  # noqa: E402
from mystory.run.supply import migrate  # noqa: E402

SIZE = Size(stories=10_000, words=1000, waiting=100)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the public pages.")
    parser.add_argument("--seconds", type=int, default=2, help="how long each page is asked for, seven times")
    parser.add_argument("--keep", action="store_true", help="keep the filled database for the next time")
    parser.add_argument(
        "--only", default="", help="only the pages with this word in their name, and the yardsticks"
    )
    options = parser.parse_args()
    if missing := [program for program in ("wrk", "taskset") if shutil.which(program) is None]:
        print(f"Measuring needs {' and '.join(missing)}: apt-get install wrk util-linux", file=sys.stderr)
        return 1
    if (os.cpu_count() or 1) < 2:
        print("Measuring needs two cores: one for the site, one for the load.", file=sys.stderr)
        return 1
    django.setup()
    with database(keep=options.keep), site():
        report(measure(HOST, seconds=options.seconds, only=options.only))
    return 0


@contextmanager
def database(*, keep: bool) -> Iterator[None]:
    """PostgreSQL with its settings as they come, on the site's core; the data is thrown away afterwards."""
    cluster = Cluster(VAR, options={"fsync": THROW_AWAY["fsync"], "max_wal_size": "4GB"})
    os.sched_setaffinity(0, {0})  # inherited by PostgreSQL
    filled = VAR / "filled"
    if not filled.exists():
        shutil.rmtree(VAR, ignore_errors=True)
    with cluster.in_use():
        if not filled.exists():
            print(f"Filling a database with {SIZE.stories:,} stories of {SIZE.words:,} words ...", flush=True)
            lay_out_roles(cluster)
            lay_out_database(cluster)
            migrate()
            with closing(cluster.connect(database=DATABASE)) as there, there.cursor() as cursor:
                fill(cursor, SIZE)
                cursor.execute("VACUUM (ANALYZE)")
            call_command("collectstatic", verbosity=0, interactive=False, clear=True)
            filled.touch()
        yield
    if not keep:
        shutil.rmtree(VAR, ignore_errors=True)


@contextmanager
def site() -> Iterator[None]:
    """The web server that `make run` starts, on the first core. wrk is started on the other one."""
    command = ["taskset", "-c", "0", *web_command("127.0.0.1", PORT, dev=False)]
    server = subprocess.Popen(command, cwd=ROOT)
    try:
        wait_for(HOST, server)
        yield
    finally:
        server.terminate()
        server.wait(timeout=20)


def report(measured: list[Measured]) -> None:
    print(f"\n| page | bytes | requests/s | p50 ms | p99 ms | of the one-query yardstick |\n|{'---|' * 6}")
    for each in measured:
        print(
            f"| {each.name} | {each.size:,} | {each.rate:,.0f} | {each.p50:.1f} | {each.p99:.1f} | {each.share:.2f} |"
        )


if __name__ == "__main__":
    sys.exit(main())
