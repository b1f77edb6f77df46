"""The first thing a confined process does: it gives up what it does not need, then runs what reads the file.

Run as a script by `running`, with the reader's module and its limits as JSON for arguments. Imports nothing of the
project but the reader, so that it starts fast and holds no secret: whoever takes it over finds an empty room.
"""

import json
import os
import resource
import runpy
import signal
import sys
from typing import Any

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def main() -> None:
    module, limits = sys.argv[1], json.loads(sys.argv[2])
    finish_what_is_begun()
    confine(limits)
    sys.path.append(ROOT)
    runpy.run_module(module, run_name="__main__")


def finish_what_is_begun() -> None:
    """Who stops the site asks the whole group of processes to stop. A file that is being read would be taken for a
    broken one; who waits for its answer stops after it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def confine(limits: dict[str, Any]) -> None:
    """Limits that hold whatever the file makes of the code that reads it."""
    os.nice(10)
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),  # it writes to a pipe, never to a file
        (resource.RLIMIT_CPU, limits["cpu_seconds"]),
        (resource.RLIMIT_AS, limits["memory_bytes"]),
    ):
        try:
            resource.setrlimit(kind, (value, value))
        except (OSError, ValueError):  # macOS has no limit on addresses; the others hold
            continue


if __name__ == "__main__":
    main()
