"""What the running site consists of: a web server, two workers and a clock."""

import http.client
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from mystory.database.embedded import SERVED
from mystory.problem import Problem
from mystory.run.children import Child

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60.0
MANAGE = (sys.executable, str(ROOT / "manage.py"))


def children(*, host: str, port: int, dev: bool) -> list[Child]:
    # manage.py need not look after the server that we keep running.
    served = {SERVED: "1"}
    reload = "--reload" if dev else "--no-reload"
    workers = [
        Child(f"Worker {number}", [*MANAGE, "db_worker", reload, "--interval", "0.5"], served)
        for number in (1, 2)
    ]
    return [
        Child("The web server", web_command(host, port, dev=dev)),
        *workers,
        Child("The clock", [*MANAGE, "clock"], served),
    ]


def web_command(host: str, port: int, *, dev: bool) -> list[str]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "mystory.wsgi", "--bind", bind, "--chdir", str(ROOT)),
        *("--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "5", "--log-level", "warning"),
        *("--no-control-socket", "--workers", "1" if dev else os.environ.get("WEB_CONCURRENCY", "2")),
        "--reload" if dev else "--preload",
    ]


def wait_for_first_answer(host: str, port: int, check: Callable[[], None]) -> None:
    """Any answer will do; `check` raises when the site has died meanwhile."""
    deadline = time.monotonic() + PATIENCE
    while not answers(host, port):
        check()
        if time.monotonic() > deadline:
            raise Problem(
                f"The web server gave no answer for {PATIENCE:.0f} seconds; the reason may be above."
            )
        time.sleep(0.1)


def answers(host: str, port: int) -> bool:
    asking = http.client.HTTPConnection(host, port, timeout=10)
    try:
        asking.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        asking.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asking.close()
    return True
