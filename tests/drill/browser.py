"""A Chromium in a process of its own with a profile that outlives it, so that it can be killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser as Connection
from playwright.sync_api import BrowserContext, Playwright

from tests.browser import ARGUMENTS, find_chromium

PATIENCE = 60.0
OURS = (
    "--headless=new", "--no-first-run", "--remote-debugging-port=0", "--disable-dev-shm-usage",
    "--disable-session-crashed-bubble", "--disable-features=Translate",
)  # fmt: skip


@dataclass
class Browser:
    playwright: Playwright
    profile: Path
    sign_in: Callable[[BrowserContext], None]
    process: subprocess.Popen[bytes] | None = None
    connection: Connection | None = None
    heard: list[str] = field(default_factory=list)  # what its pages complained of, for when a run fails

    @property
    def context(self) -> BrowserContext:
        assert self.connection is not None
        return self.connection.contexts[0]

    def start(self) -> None:
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        self.profile.mkdir(exist_ok=True)
        program = find_chromium(Path(self.playwright.chromium.executable_path))
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen(
            [program, *ARGUMENTS, *OURS, *sandbox, f"--user-data-dir={self.profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while not port.exists() or "\n" not in port.read_text():
            assert self.process.poll() is None, "The browser of the drill ended by itself."
            assert time.monotonic() < deadline, "The browser of the drill does not start."
            time.sleep(0.02)
        address = f"http://127.0.0.1:{port.read_text().split()[0]}"
        self.connection = self.playwright.chromium.connect_over_cdp(address)
        self.context.set_default_timeout(60_000)
        self.context.on(
            "requestfailed", lambda request: self.heard.append(f"{request.url} {request.failure}")
        )
        self.context.on("console", lambda message: self.heard.append(message.text))
        self.context.on("weberror", lambda error: self.heard.append(str(error.error)))
        self.sign_in(self.context)

    def kill(self) -> None:
        """With all its processes, in the middle of whatever they do."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
        self.connection = None

    def throw_away(self) -> None:
        self.kill()
        shutil.rmtree(self.profile, ignore_errors=True)
