"""Rules about the code itself: who imports whom, what is marked safe, how long a module is."""

import importlib.util
import re
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import is_psycopg3
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("mystory", "accounts", "stories")
SAFE_ROOM = "stories/prose/safe.py"
MARKS_SAFE = re.compile(r"\bmark_safe\b|\bSafeText\b|\bSafeString\(|\bhtml_safe\b|\b__html__\b|\bSafeData\b")
UNSAFE_IN_TEMPLATES = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
LONGEST = 300


def tracked(*patterns: str) -> list[Path]:
    """What git keeps, and what it would keep once added."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT, capture_output=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def modules() -> list[Path]:
    return [path for path in tracked("*.py") if path.relative_to(ROOT).parts[0] in ROOMS]


def test_import_contracts_are_kept(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_no_migration_is_missing(db):
    said = StringIO()

    call_command("makemigrations", check_changes=True, dry_run=True, stdout=said)

    assert said.getvalue().strip() == "No changes detected"


def test_driver_is_psycopg2():
    assert not is_psycopg3
    assert importlib.util.find_spec("psycopg") is None


def test_one_place_marks_strings_safe():
    found = {
        str(path.relative_to(ROOT))
        for path in modules()
        if MARKS_SAFE.search(path.read_text(encoding="utf-8"))
    }

    assert found == {SAFE_ROOM}


def test_no_page_switches_escaping_off():
    """Plain text has nothing to escape: mails and their subjects may."""
    pages = [path for path in tracked("templates/*") if path.suffix != ".txt"]
    found = [str(path.relative_to(ROOT)) for path in pages if UNSAFE_IN_TEMPLATES.search(text(path))]

    assert found == []


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_no_module_is_longer_than_a_room():
    files = [path for path in modules() if "migrations" not in path.parts]
    files += [path for path in tracked("static/*.js", "static/*.css") if "vendor" not in path.parts]

    assert {str(path.relative_to(ROOT)) for path in files if len(text(path).splitlines()) > LONGEST} == set()


def test_no_module_is_named_for_nothing():
    nothing = {"core", "common", "utils", "util", "helpers", "services", "misc"}

    assert [path for path in modules() if nothing & {path.stem, *path.relative_to(ROOT).parts}] == []


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if "migrations" not in path.parts
        and path.name not in {"__init__.py", "apps.py"}
        and not text(path).removeprefix("#!/usr/bin/env python\n").startswith('"""')
    ]

    assert silent == []


@pytest.mark.parametrize("name", ["site.txt", "dev.txt", "object-store.txt"])
def test_lock_pins_every_package_with_hashes_and_names_no_registry(name):
    lock = text(ROOT / "requirements" / name)
    pins = re.findall(r"^([A-Za-z0-9._-]+)(\[[^\]]*\])?==[^\s]+", lock, re.MULTILINE)
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock)

    assert "://" not in lock
    assert not re.search(r"^--(index-url|extra-index-url|find-links|trusted-host)", lock, re.MULTILINE)
    assert len(pins) == len(entries) > 5
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
