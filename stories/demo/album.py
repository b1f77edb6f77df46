"""The demo's pictures as files that the site can keep: drawn once by processes of their own, then found again."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from stories.pictures.accept import AcceptedPicture

HERE = Path(__file__).parent


def draw_all(names: Sequence[str], *, var: Path, said: Callable[[str], None]) -> dict[str, AcceptedPicture]:
    """Draws what is not there yet, on all cores; `said` is told each name. Safe to kill and to run again."""
    folder = var / "demo-pictures" / _fingerprint()
    folder.mkdir(parents=True, exist_ok=True)
    missing = [name for name in names if not (folder / f"{name}.json").exists()]
    lanes = max(1, min(os.cpu_count() or 1, 4))
    with ExitStack() as running:
        drawing = [
            running.enter_context(_start(folder, missing[lane::lanes]))
            for lane in range(lanes)
            if missing[lane::lanes]
        ]
        for process in drawing:
            for line in process.stdout or ():
                said(line.strip())
            if process.wait():
                raise RuntimeError("The demo's pictures could not be drawn; the reason stands above.")
    return {name: _read(folder, name) for name in names}


def _start(folder: Path, names: list[str]) -> subprocess.Popen[str]:
    """Without Django: what draws needs no settings and no database."""
    root = HERE.parent.parent
    command = [sys.executable, "-m", "stories.demo.pictures", str(folder), *names]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)


def _read(folder: Path, name: str) -> AcceptedPicture:
    data = (folder / f"{name}.webp").read_bytes()
    facts = json.loads((folder / f"{name}.json").read_text())
    return AcceptedPicture(
        data=data, extension="webp", mime="image/webp", sha256=hashlib.sha256(data).hexdigest(), **facts
    )


def _fingerprint() -> str:
    """Changes with the code that draws and with the people's looks, so that old drawings are not taken for new."""
    source = [*sorted((HERE / "pictures").glob("*.py")), HERE / "people.toml", HERE / "pictures.toml"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in source)).hexdigest()[:16]
