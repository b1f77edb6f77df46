"""A real Chromium for the journeys: found or installed, never skipped; every page watched for what it complains of."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python import base as axe_files
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from accounts.models import User
from tests.settings import TEST_DIR

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ELSEWHERE = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)
ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing elsewhere is asked for, whatever a page holds.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
# Chromium reports a 404 or 409 that a journey asks for on purpose as an error of the console.
EXPECTED = "Failed to load resource: the server responded with a status of 4"

os.environ.setdefault(
    "DJANGO_ALLOW_ASYNC_UNSAFE", "true"
)  # Playwright's loop runs in the thread of the tests


def find_chromium(own: Path) -> str:
    """The machine's, else Playwright's `own`, else Debian's if we may install it, else Playwright's installed now."""
    if there := chromium_that_is_there(own):
        return there
    with open(TEST_DIR / "chromium.lock", "w") as lock:  # the workers of one command install it once
        fcntl.flock(lock, fcntl.LOCK_EX)
        if there := chromium_that_is_there(own):
            return there
        for command in installations():
            subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)
            if there := chromium_that_is_there(own):
                return there
    pytest.fail(
        "The journeys need a browser: install Chromium or Chrome, then run the tests again.", pytrace=False
    )


def installations() -> Iterator[list[str]]:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        yield ["apt-get", "update", "-q"]
        yield ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
    yield [sys.executable, "-m", "playwright", "install", "chromium"]


def chromium_that_is_there(own: Path) -> str | None:
    return chromium_on_this_machine() or (str(own) if own.exists() else None)


def chromium_on_this_machine() -> str | None:
    chosen = os.environ.get("CHROMIUM")
    for name in (chosen, *NAMES) if chosen else NAMES:
        if path := shutil.which(name):
            return path
    return next((str(path) for path in ELSEWHERE if path.exists()), None)


@dataclass
class Complaints:
    """What pages said that nobody asked for: errors of the console, of scripts, and of the content policy."""

    said: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.said.append(f"{page.url}: {error}"))

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            self.said.append(f"{message.location.get('url', '')}: {message.text}")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else [*ARGUMENTS]
    launched = playwright.chromium.launch(
        executable_path=find_chromium(Path(playwright.chromium.executable_path)), args=arguments
    )
    yield launched
    launched.close()


class Answers:
    """How many requests the live server is answering at this moment."""

    def __init__(self) -> None:
        self.lock = threading.Condition()
        self.open = 0
        request_started.connect(self.begin)
        request_finished.connect(self.end)

    def begin(self, **_: object) -> None:
        with self.lock:
            self.open += 1

    def end(self, **_: object) -> None:
        with self.lock:
            self.open -= 1
            self.lock.notify_all()

    def wait_for_none(self) -> None:
        with self.lock:
            self.lock.wait_for(lambda: self.open <= 0, timeout=10)
            self.open = 0


@pytest.fixture(scope="session")
def answers() -> Answers:
    return Answers()


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def new_context(
    browser: Browser, live_server, answers: Answers, complaints: Complaints
) -> Iterator[Callable[..., BrowserContext]]:
    """A context for each person of a journey; `new_context(locale="hi-IN")` takes Playwright's options."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        context = browser.new_context(**{"base_url": live_server.url, **options})  # type: ignore[arg-type]
        context.set_default_timeout(15_000)
        context.on("page", complaints.watch)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    answers.wait_for_none()  # a page that goes saves its text, and the tables are emptied next


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def signed_in(new_context: Callable[..., BrowserContext], live_server) -> Callable[..., Page]:
    """A page in a context of the member's own, past the sign-in form (which has journeys of its own)."""

    def open_page(member: User, **options: object) -> Page:
        client = Client()
        client.force_login(member)
        context = new_context(**options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return context.new_page()

    return open_page


@pytest.fixture
def quiet(complaints: Complaints) -> Iterator[Complaints]:
    """Asked for by a test that allows no complaint on any of its pages."""
    yield complaints
    assert complaints.said == []


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Runs axe-core on a page and gives what it found, one line each; evaluated, so the content policy stays on.

    With the one rule of WCAG 2.2 that is off unless asked for: how large what is pressed is.
    """
    script = (Path(axe_files.__file__).parent / axe_files.AXE_FILE_NAME).read_text(encoding="utf-8")

    def run(page: Page) -> list[str]:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(script)
            page.context.add_init_script(script)
        found = page.evaluate(
            "() => axe.run({resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
            ".then(result => result.violations)"
        )
        return [
            f"{violation['id']} ({violation['impact']}): {json.dumps(node['target'])} {node['failureSummary']}"
            for violation in found
            for node in violation["nodes"]
        ]

    return run


def press_key(page: Page, key: str) -> None:
    """One of the page's own keys, once the page's script listens: a page that was just opened may not yet."""
    page.locator("html[data-keys=ready]").wait_for(state="attached")
    page.wait_for_load_state("load")
    page.keyboard.press(key)
