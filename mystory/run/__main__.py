"""The command line: `python -m mystory.run [--dev | --reset]`."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from django.conf import settings
from django.db import connections

from mystory.database import embedded
from mystory.problem import plainly
from mystory.run import demo, supply
from mystory.run.children import Stopped, keep_going, stop_on_signals
from mystory.run.progress import say, step
from mystory.run.site import children, wait_for_first_answer

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m mystory.run", description="Set the site up and run it.")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--dev", action="store_true", help="reload when code changes, show errors in full")
    way.add_argument("--reset", action="store_true", help="throw the demo site's data away and fill it anew")
    options = parser.parse_args()
    stop_on_signals()
    try:
        with plainly():
            return reset() if options.reset else run(dev=options.dev)
    except Stopped:
        say("Stopped.")
        return 0


def run(*, dev: bool) -> int:
    host, port = supply.read_address()
    supply.set_environment(host=host, port=port, dev=dev)
    supply.check_port(host, port)
    django.setup()
    with database():
        set_up(dev=dev)

        def wait(check: Callable[[], None]) -> None:
            with step("Starting the site"):
                wait_for_first_answer(host, port, check)

        web, *others = children(host=host, port=port, dev=dev)
        return keep_going(web, others, wait=wait, greet=demo.print_welcome)


def reset() -> int:
    supply.set_environment(host="127.0.0.1", port=8000, dev=False)
    supply.refuse_reset_elsewhere()
    django.setup()
    with database():
        with step("Throwing the old data away"):
            demo.throw_away(var())
        set_up(dev=False)
    return 0


def set_up(*, dev: bool) -> None:
    with contextlib.nullcontext() if dev else supply.static_gathered(var()):
        if demo.was_interrupted(var()):
            with step("Throwing away a half-filled demo"):
                demo.throw_away(var())
        with step("Bringing the tables up to date"):
            supply.migrate()
        demo.fill_if_empty(var())
    connections.close_all()


def var() -> Path:
    return Path(os.environ.get("MYSTORY_VAR") or ROOT / "var")


@contextlib.contextmanager
def database() -> Iterator[None]:
    """DATABASE_URL's, or our own, started and at the end stopped."""
    with contextlib.ExitStack() as stack:
        with step("Starting PostgreSQL" if settings.EMBEDDED else "Asking the database"):
            stack.enter_context(embedded.running(var()))
            supply.check_database()
        yield


if __name__ == "__main__":
    sys.exit(main())
