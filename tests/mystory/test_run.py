"""`make run`, as somebody sees it who starts it, uses it and stops it."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0


def environment(var: Path, **more: str) -> dict[str, str]:
    """What a newcomer's terminal has: nothing of ours."""
    ours = ("MYSTORY_", "DATABASE_", "DJANGO_", "PYTEST_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "MYSTORY_VAR": str(var), **more}


def run(var: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mystory.run", *words],
        cwd=ROOT, env=environment(var, **more), capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def processes_of(var: Path) -> list[str]:
    """Everything alive that was started for this folder; its server names it, and the rest inherit it."""
    mark = f"MYSTORY_VAR={var}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (process / "cmdline").read_bytes()
            if command and (mark in (process / "environ").read_bytes() or bytes(var) in command):
                found.append(command.replace(b"\0", b" ").decode())
    return found


def until(check: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not check() and time.monotonic() < deadline:
        time.sleep(0.1)
    return check()


class Site:
    def __init__(self, var: Path, *words: str, **more: str) -> None:
        self.var, self.port = var, free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mystory.run", *words],
            cwd=ROOT, env=environment(var, PORT=str(self.port), **more), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.said: list[str] = []

    def wait_until_up(self) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if "Ctrl-C" in line:
                return "".join(self.said)
        raise AssertionError("".join(self.said))

    def end(self) -> tuple[int, str]:
        assert self.process.stdout is not None
        rest = self.process.stdout.read()
        return self.process.wait(PATIENCE), rest

    def get(self, path: str) -> tuple[int, str]:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(asking):
            asking.request("GET", path)
            answer = asking.getresponse()
            return answer.status, answer.read().decode()


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared by the tests of this file: the first one sets it up."""
    return tmp_path_factory.mktemp("site")


@pytest.fixture
def site(var: Path) -> Iterator[Site]:
    started = Site(var, MYSTORY_DEMO_STORIES="0")
    yield started
    if started.process.poll() is None:
        started.process.terminate()
        started.end()


def test_site_says_where_it_is_and_leaves_nothing_behind(site):
    said = site.wait_until_up()
    status, page = site.get("/accounts/login/")
    mails = site.get("/demo/mail/")[0]

    os.kill(site.process.pid, signal.SIGINT)
    code, rest = site.end()

    assert f"http://localhost:{site.port}/" in said
    assert "author@demo.example" in said
    assert "mystory-demo" in said
    assert (status, mails) == (200, 200)
    assert ".css" in page
    assert (code, rest.strip()) == (0, "Stopped.")
    assert processes_of(site.var) == []


def test_second_start_repeats_nothing_and_nobody_resets_the_demo_under_it(var):
    if not any(var.iterdir()):  # where this test is run alone
        run(var, "--reset", MYSTORY_DEMO_STORIES="0")

    second = Site(var, MYSTORY_DEMO_STORIES="0")
    said = second.wait_until_up()
    reset = run(var, "--reset")
    status = second.get("/accounts/login/")[0]
    os.kill(second.process.pid, signal.SIGTERM)
    code, rest = second.end()

    for step in ("Installing", "static files", "Filling the demo"):
        assert step not in said
    assert reset.returncode == 1
    assert "The site is running: stop it with Ctrl-C" in reset.stderr
    assert (status, code, rest.strip()) == (200, 0, "Stopped.")
    assert processes_of(var) == []


def test_developers_site_leaves_nothing_behind_either(var):
    site = Site(var, "--dev", MYSTORY_DEMO_STORIES="0")
    site.wait_until_up()
    status = site.get("/accounts/login/")[0]

    os.kill(site.process.pid, signal.SIGINT)
    code, rest = site.end()

    assert (status, code) == (200, 0)
    assert "Stopped." in rest
    assert until(lambda: processes_of(var) == [])


PARTS = [("gunicorn", "The web server"), ("clock", "The clock"), ("db_worker", "Worker")]


@pytest.mark.parametrize(("mark", "name"), PARTS)
def test_when_one_process_dies_all_are_stopped_and_it_is_named(site, mark, name):
    site.wait_until_up()
    victim = next(
        int(process.name)
        for process in Path("/proc").glob("[0-9]*")
        if is_child(process, site.process.pid) and mark.encode() in (process / "cmdline").read_bytes()
    )

    os.kill(victim, signal.SIGKILL)
    code, rest = site.end()

    assert code == 1
    assert name in rest
    assert "ended by itself (signal 9)" in rest
    assert "Traceback" not in rest
    assert processes_of(site.var) == []


def is_child(process: Path, parent: int) -> bool:
    with contextlib.suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent
    return False


def test_killed_outright_its_processes_stop_too(site):
    site.wait_until_up()

    site.process.kill()
    site.end()

    assert until(lambda: all("postgres" in process for process in processes_of(site.var)))


def test_port_in_use_is_said_in_a_sentence(var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run(var, PORT=str(port))

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {port} on 127.0.0.1 cannot be used (Address already in use): stop")
    assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT is 'eighty': choose a number from 1 to 65535"),
        ("PORT", "70000", "PORT is '70000': choose a number from 1 to 65535"),
        ("MYSTORY_DEBUG", "perhaps", "MYSTORY_DEBUG is 'perhaps': write 1 or 0."),
        ("MYSTORY_CLAIM_MINUTES", "0", "MYSTORY_CLAIM_MINUTES is '0': write a whole number of at least 1."),
        (
            "MYSTORY_SITE_URL",
            "stories.example",
            "MYSTORY_SITE_URL is 'stories.example': write it like https://",
        ),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL has to start with postgresql://"),
        ("DATABASE_URL", "postgresql://somebody@localhost", "DATABASE_URL names no database"),
        ("DATABASE_URL", "postgresql://a@127.0.0.1:9/b", "The database does not answer"),
        ("DATABASE_URL", "postgresql://a@no-such-host.invalid/b", "The database does not answer"),
        ("MYSTORY_DEMO", "0", "MYSTORY_SECRET_KEY is not set"),
        ("HOST", "0.0.0.0", "The demo's accounts have a known password"),
        ("HOST", "no-such-host.invalid", "The demo's accounts have a known password"),
    ],
)
def test_wrong_setting_is_said_in_a_sentence(var, setting, value, sentence):
    ended = run(var, **{"PORT": str(free_port()), setting: value})

    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1


def test_no_usable_postgresql_is_said_in_a_sentence(tmp_path):
    program = (
        "import runpy; from pathlib import Path; from mystory.database import binaries;"
        "binaries.WHEELS = (); binaries.INSTALLED = Path('/nowhere');"
        "runpy.run_module('mystory.run', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env=environment(tmp_path, PATH="/nowhere", PORT=str(free_port())),
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip

    assert ended.returncode == 1
    assert ended.stderr.startswith("No usable PostgreSQL (15 or newer) was found")
    assert "Traceback" not in ended.stderr


def test_real_site_refuses_to_start_without_its_key(tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", "import mystory.wsgi"],
        cwd=ROOT, env=environment(tmp_path, DATABASE_URL="postgresql://a@b/c"),
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 1
    assert ended.stderr.startswith("MYSTORY_SECRET_KEY is not set")


def test_demo_is_not_reset_on_a_database_of_somebody_elses(var):
    ended = run(var, "--reset", DATABASE_URL="postgresql://a@b/c")

    assert ended.returncode == 1
    assert ended.stderr.startswith("The demo is reset on the site's own PostgreSQL only")


def members(var: Path) -> int:
    """Asked of the folder's own server, which runs for as long as the question takes."""
    program = "from accounts.models import User; print(User.objects.count())"
    asked = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", program],
        cwd=ROOT, env=environment(var), capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    return int(asked.stdout)


def test_demo_is_filled_anew_on_request_and_thrown_away_where_its_filling_was_killed(var):
    if not any(var.iterdir()):  # where this test is run alone
        run(var, "--reset", MYSTORY_DEMO_STORIES="0")

    reset = run(var, "--reset", MYSTORY_DEMO_STORIES="1")
    filled = members(var)
    (var / "demo-filling").touch()
    site = Site(var, MYSTORY_DEMO_STORIES="0")
    said = site.wait_until_up()
    site.process.terminate()
    site.end()

    assert (reset.returncode, reset.stderr) == (0, "")
    assert "Throwing the old data away" in reset.stdout
    assert "Filling the demo with stories" in reset.stdout
    assert filled >= 15
    assert "Throwing away a half-filled demo" in said
    assert not (var / "demo-filling").exists()
    assert members(var) == 0
