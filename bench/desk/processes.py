"""The processes of a served site: started, killed in the middle of whatever they do, and started again."""

import contextlib
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from bench.desk.journal import Journal
from mystory.database.embedded import SERVED
from mystory.run.site import MANAGE, ROOT, answers, web_command

PATIENCE = 60.0


class Processes:
    """One web server with its workers, two that do the tasks, and the clock. Only these are ever killed."""

    def __init__(
        self, port: int, journal: Journal, *, log: Path, environment: dict[str, str], only_web: bool = False
    ) -> None:
        self.port = port
        self.journal = journal
        self.log = log
        task_worker = [*MANAGE, "db_worker", "--no-reload", "--interval", "0.5"]
        self.commands = {"web server": web_command("127.0.0.1", port, dev=False)}
        if not only_web:
            self.commands |= {"task worker": task_worker, "other task worker": task_worker}
            self.commands |= {"clock": [*MANAGE, "clock"]}
        self._environment = {**os.environ, SERVED: "1", **environment}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @contextlib.contextmanager
    def at_work(self) -> Iterator["Processes"]:
        try:
            self.start("web server")
            self.wait()
            for name in self.commands:
                if name not in self._running:
                    self.start(name)
            yield self
        finally:
            for name in list(self._running):
                self.kill(name)

    def start(self, name: str) -> None:
        with self.log.open("ab") as log:
            self._running[name] = subprocess.Popen(
                self.commands[name], cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, start_new_session=True,
            )  # fmt: skip

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not answers("127.0.0.1", self.port):
            if self._running["web server"].poll() is not None or time.monotonic() > deadline:
                raise SystemExit("The web server does not answer.")
            time.sleep(0.1)

    def kill_one(self, chance: random.Random) -> None:
        """A process of the web server is brought back by its master; all else is started again here."""
        name = chance.choices(["web process", *self.commands], [6, *(1 for _ in self.commands)])[0]
        if name == "web process":
            children = self.web_processes()
            if children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(children), signal.SIGKILL)
        else:
            self.kill(name)
            time.sleep(chance.random() * 0.5)
            self.start(name)
        self.journal.did(f"killed: {name}")

    def web_processes(self) -> list[int]:
        """The children of our own master, as the kernel lists them."""
        master = self._running["web server"].pid
        with contextlib.suppress(OSError):
            listed = Path(f"/proc/{master}/task/{master}/children").read_text()
            return [int(number) for number in listed.split()]
        return []

    def kill(self, name: str) -> None:
        process = self._running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_now_and_then(self, over: threading.Event, chance: random.Random, *, every: float) -> None:
        while not over.wait(every * (0.5 + chance.random())):
            self.kill_one(chance)
