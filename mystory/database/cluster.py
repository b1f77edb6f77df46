"""One PostgreSQL cluster in a folder of ours: made once, started when needed, stopped by its last user."""

import contextlib
import fcntl
import os
import shlex
import shutil
import stat
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from psycopg2 import extensions

from mystory.database import stale
from mystory.database.addresses import PORT, SUPERUSER, socket_folder
from mystory.database.binaries import Binaries, find_binaries
from mystory.database.identity import Identity, find_identity
from mystory.problem import Problem, is_about_full_disk

START_SECONDS = 60.0
# C.UTF-8, whatever the machine's own: under C, words of Indian scripts fall apart and lower('É') does nothing.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"}
# For data that may be lost at any moment, and never for a site.
THROW_AWAY: Mapping[str, str] = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True)
class Cluster:
    """`base` holds everything: the data in a folder named for its major version, the socket, the log, the locks."""

    base: Path
    binaries: Binaries = field(default_factory=find_binaries)
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.base / f"pg{self.binaries.major}"

    @property
    def log(self) -> Path:
        return self.base / f"pg{self.binaries.major}.log"

    @property
    def sockets(self) -> Path:
        return socket_folder(self.base)

    @contextlib.contextmanager
    def in_use(self) -> Iterator[None]:
        """Started on the way in; stopped on the way out by whoever leaves last, also after others were killed."""
        self.base.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.base / "users.lock", "w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            self.ensure()
            try:
                yield
            finally:
                with self.alone(), contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self.stop()

    def ensure(self) -> None:
        """Make and start what is not there yet; any number of processes may ask at once."""
        with self.alone():
            try:
                if not self.accepts():
                    self.start(self.identity())
            except OSError as error:
                raise Problem(
                    f"The database could not be started in {self.base}: {error.strerror}."
                ) from error

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        self.base.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.base / "start.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def identity(self) -> Identity:
        return find_identity(self.binaries / "postgres")

    def start(self, identity: Identity) -> None:
        self.open_sockets(identity)
        if not (self.data / "PG_VERSION").exists():
            self.make(identity)
        identity.give(self.data)
        deadline = time.monotonic() + START_SECONDS
        stale.remove_left_over_pid(self.data)
        while not self.launch(identity):
            # A server that was killed a moment ago may not be reaped yet, or may still recover what it wrote.
            if time.monotonic() > deadline or not stale.may_pass(self.log):
                raise Problem(self.complaint("PostgreSQL does not start"))
            time.sleep(0.5)
            stale.remove_left_over_pid(self.data)
        while not self.accepts():
            if time.monotonic() > deadline:
                raise Problem(self.complaint("PostgreSQL started but accepts no connection"))
            time.sleep(0.1)

    def make(self, identity: Identity) -> None:
        """Made under another name and renamed when whole: a first run that was killed leaves no half cluster."""
        unfinished = self.base / "data.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        identity.give(unfinished)
        words = ("-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions")
        trust = ("--auth-local=trust", "--auth-host=reject")
        made = self.run(identity, "initdb", "-D", unfinished, *words, *trust)
        if made.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise Problem(self.complaint("PostgreSQL could not lay out its data", made.stdout))
        unfinished.rename(self.data)

    def launch(self, identity: Identity) -> bool:
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_permissions": "0700",
            **self.options,
        }
        door = shlex.quote(
            f'"{self.sockets}"'
        )  # a list to PostgreSQL: quoted once for it, once for the shell
        options = " ".join(f"-c {name}={shlex.quote(value)}" for name, value in settings.items())
        with open(self.log, "w"):  # what follows is about this start
            pass
        identity.give(self.log)
        started = self.run(
            identity, "pg_ctl", "-s", "-w", "-t", int(START_SECONDS), "-D", self.data, "-l", self.log,
            "-o", f"-k {door} {options}", "start",
        )  # fmt: skip
        return started.returncode == 0

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run(self.identity(), "pg_ctl", "-s", "-w", "-t", 60, "-m", "fast", "-D", self.data, "stop")

    def run(self, identity: Identity, program: str, *words: object) -> subprocess.CompletedProcess[str]:
        """In a session of its own, so that Ctrl-C reaches the server through us and not at once."""
        return subprocess.run(
            identity.command(self.binaries / program, *words),
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            check=False,
        )

    def open_sockets(self, identity: Identity) -> None:
        """The socket's folder is the only door: it must be ours, and closed to everybody else."""
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        identity.give(self.sockets)
        state = self.sockets.lstat()
        ours = identity.owner is not None or state.st_uid == os.geteuid()
        if not stat.S_ISDIR(state.st_mode) or not ours:
            raise Problem(
                f"{self.sockets} belongs to somebody else: remove it, or move this folder to a shorter path."
            )
        self.sockets.chmod(0o700)

    def connect(self, *, database: str = "postgres", user: str = SUPERUSER) -> extensions.connection:
        """In autocommit, as roles and databases want it."""
        there = psycopg2.connect(
            host=str(self.sockets), port=PORT, dbname=database, user=user, connect_timeout=5
        )
        there.autocommit = True
        return there

    def accepts(self) -> bool:
        try:
            self.connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def complaint(self, what: str, output: str | None = None) -> str:
        """The last thing PostgreSQL itself said is the best reason to show."""
        lines = (output if output is not None else stale.read(self.log)).strip().splitlines()
        if is_about_full_disk("\n".join(lines)):
            return (
                f"{what}: the disk that holds {self.base} is full. Free some space and run the command again."
            )
        told = (
            [line for line in lines if "FATAL" in line or "error" in line] or lines or ["it gave no reason"]
        )
        reason = told[-1].split("FATAL:")[-1].split("error:")[-1].strip().rstrip(".")
        return (
            f"{what}: {reason}. Its log is {self.log}; you can also set DATABASE_URL to another PostgreSQL."
        )
