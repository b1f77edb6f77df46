"""What a killed server leaves behind: a pid file that may name nobody, a zombie, or somebody else by now."""

import os
import subprocess
from pathlib import Path

PASSING = ("lock file", "pre-existing shared memory block", "starting up", "shutting down")


def remove_left_over_pid(data: Path) -> None:
    """PostgreSQL clears the file of a dead server itself, but takes any living process of that number for one.

    The file also guards the memory that a killed server's children may still hold, so it stays while one of them lives.
    """
    file = data / "postmaster.pid"
    lines = read(file).splitlines()
    number = lines[0].strip() if lines else ""
    if number.isdigit() and (not is_alive(int(number)) or somebody_works_in(data, int(number))):
        return
    file.unlink(missing_ok=True)  # an empty file too: the disk was full, or the server died while it wrote


def is_alive(pid: int) -> bool:
    """True for a zombie as well, as for PostgreSQL."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def somebody_works_in(data: Path, pid: int) -> bool:
    """All of a server's processes have its data as their working folder; a zombie has none."""
    processes = Path("/proc")
    if not (processes / "self" / "cwd").exists():
        shown = subprocess.run(
            ["ps", "-p", str(pid), "-o", "comm="], capture_output=True, text=True, check=False
        )
        return "postgres" in shown.stdout
    home = data.resolve()
    return any(folder_of(process) == home for process in processes.glob("[0-9]*"))


def folder_of(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:
        return None


def may_pass(log: Path) -> bool:
    """Whether the reason for a failed start is one that goes away by itself."""
    text = read(log)
    return any(reason in text for reason in PASSING)


def read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
