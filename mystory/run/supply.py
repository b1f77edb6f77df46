"""What the site needs before it can start: an address, settings, a database that answers, gathered files."""

import contextlib
import hashlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections

from mystory.database.binaries import LEAST_MAJOR
from mystory.database.embedded import SERVED
from mystory.problem import Problem
from mystory.run.children import Child, beside
from mystory.run.progress import say
from mystory.run.site import MANAGE

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def read_address() -> tuple[str, int]:
    host = os.environ.get("HOST") or "127.0.0.1"
    port = os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Problem(f"PORT is {port!r}: choose a number from 1 to 65535, for example PORT=8123.")
    return host, int(port)


def set_environment(*, host: str, port: int, dev: bool) -> None:
    """Children inherit it. What somebody set is kept."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mystory.settings")
    os.environ.setdefault("MYSTORY_DEMO", "1")
    if dev:
        os.environ.setdefault("MYSTORY_DEBUG", "1")
    # Passkeys work without https on the name localhost only.
    shown = "localhost" if host in LOOPBACK else host
    os.environ.setdefault("MYSTORY_SITE_URL", f"http://{shown}:{port}")
    if settings.DEMO and host not in LOOPBACK:
        raise Problem(
            f"The demo's accounts have a known password, so the demo is not shown on {host}: leave HOST out, "
            "or set MYSTORY_DEMO=0 and the settings of a real site (see README)."
        )


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError as error:
            raise Problem(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what uses it, "
                f"or choose another one, for example PORT={port + 123 if port < 65000 else 8123} make run."
            ) from error


def check_database() -> None:
    for alias in connections:
        connections[alias].ensure_connection()
        version = connections[alias].cursor().connection.server_version
        if version < LEAST_MAJOR * 10_000:
            raise Problem(
                f"The PostgreSQL behind DATABASE_URL is version {version // 10_000}: "
                f"MyStory needs {LEAST_MAJOR} or newer."
            )
        connections[alias].close()


def migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


@contextlib.contextmanager
def static_gathered(var: Path) -> Iterator[None]:
    """Beside the body, on another core. Hashing and compressing takes seconds, so only when a file has changed."""
    stamp = var / "static.stamp"
    now = fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        yield
        return
    stamp.unlink(missing_ok=True)
    words = ("collectstatic", "--noinput", "--clear", "--verbosity", "0")
    with beside(Child("Gathering static files", [*MANAGE, *words], {SERVED: "1"})):
        yield
        say("  Waiting for the static files to be gathered")
    stamp.write_text(now)


def fingerprint() -> str:
    seen = hashlib.sha256(f"{settings.STORAGES} {settings.STATIC_ROOT}".encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            seen.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def refuse_reset_elsewhere() -> None:
    if os.environ.get("DATABASE_URL"):
        raise Problem(
            "The demo is reset on the site's own PostgreSQL only, and DATABASE_URL names another: "
            "unset it, or empty that database yourself."
        )
