"""A confined process holds nothing and can do nothing."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from stories.confined import child
from stories.confined.running import run_confined
from stories.pictures.limits import LIMITS

WROTE = Path("/tmp/mystory-confined-wrote")
WHAT_IT_HAS = """
import json, os, resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
child = runpy.run_path({path!r})
child["confine"](json.loads(sys.argv[1]))
sys.path.append(child["ROOT"])
import stories.pictures.decoder
try:
    open({wrote!r}, "wb").write(b"x" * 10)
    wrote = os.path.getsize({wrote!r})
except OSError:
    wrote = 0
project = [name for name in sys.modules if name.split(".")[0] in ("django", "stories", "mystory", "psycopg2")]
print(json.dumps({{
    "project": sorted(project),
    "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
    "cpu": resource.getrlimit(resource.RLIMIT_CPU)[1],
    "memory": resource.getrlimit(resource.RLIMIT_AS)[1],
    "wrote": wrote,
    "nice": os.nice(0),
}}))
"""


def test_a_child_confines_itself_and_knows_nothing_of_the_project():
    script = WHAT_IT_HAS.format(path=child.__file__, wrote=str(WROTE))
    limits = json.dumps(asdict(LIMITS))

    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", script, limits],
        capture_output=True, env={}, timeout=30, check=True,
    )  # fmt: skip

    WROTE.unlink(missing_ok=True)
    has = json.loads(done.stdout)
    assert has["project"] == ["stories", "stories.pictures", "stories.pictures.decoder"]
    assert (has["core"], has["cpu"], has["memory"]) == (0, LIMITS.cpu_seconds, LIMITS.memory_bytes)
    assert has["wrote"] == 0
    assert has["nice"] >= 10


def test_a_child_without_its_module_is_an_answer_and_no_error():
    limits = {"cpu_seconds": 2, "memory_bytes": 500_000_000}

    assert run_confined("stories.nowhere", b"", limits=limits, wall_seconds=10) == (
        {"refused": "broken"},
        b"",
    )


def test_a_child_finishes_what_it_reads_when_it_is_asked_to_stop():
    limits = {"cpu_seconds": 2, "memory_bytes": 500_000_000}

    assert run_confined("tests.confined.stopped", b"", limits=limits, wall_seconds=10) == (
        {"read": "to its end"},
        b"",
    )
