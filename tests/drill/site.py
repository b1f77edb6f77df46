"""The web server that `make run` starts, in processes of its own, so that they can be killed."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field

from mystory.run.site import ROOT, answers, web_command

PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@dataclass
class Site:
    database: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Does not wait: somebody goes on writing meanwhile."""
        self.process = subprocess.Popen(
            [*web_command("127.0.0.1", self.port, dev=False)],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "tests.drill.settings",
                "MYSTORY_DRILL_DATABASE": self.database,
                "MYSTORY_SITE_URL": self.url,
            },
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not answers("127.0.0.1", self.port):
            assert self.process is not None
            assert self.process.poll() is None, "The web server of the drill ended by itself."
            assert time.monotonic() < deadline, "The web server of the drill gives no answer."
            time.sleep(0.05)

    def kill(self) -> None:
        """Master and workers at once, in the middle of whatever they do."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
