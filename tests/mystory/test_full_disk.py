"""A disk without room: one sentence, no trace-back, and a good start once there is room again."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mystory.problem import file_sentence
from tests.mystory.test_run import PATIENCE, ROOT, environment, free_port

# A file system of its own, in a mount name space that ends with the command: also for an ordinary user.
INSIDE = (
    'mount -t tmpfs -o size="$1" none "$2" && cd "$3" && shift 3 && exec "$@"'
)  # fmt: skip


def start(var: Path, size: str, *words: str) -> subprocess.CompletedProcess[str]:
    rights = (
        ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--mount", "--user", "--map-root-user"]
    )
    return subprocess.run(
        [*rights, "sh", "-c", INSIDE, "sh", size, str(var), str(ROOT), *words],
        env=environment(var, PORT=str(free_port()), MYSTORY_DEMO_STORIES="0"),
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def can_mount(folder: Path) -> bool:
    return bool(shutil.which("unshare")) and start(folder, "1m", "true").returncode == 0


@pytest.mark.parametrize("size", ["8k", "1m", "20m", "60m"])
def test_full_disk_is_said_in_a_sentence(tmp_path, size):
    """From no room for the key to room for the database but not for the gathered files."""
    if not can_mount(tmp_path):
        assert file_sentence(OSError(28, "No space left on device", "x")).startswith(
            "The disk that holds x is full"
        )
        return

    ended = start(tmp_path, size, sys.executable, "-m", "mystory.run")

    assert ended.returncode == 1
    assert "is full. Free some space and run the command again." in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1
