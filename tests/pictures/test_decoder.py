"""The decoder's process holds nothing and can do nothing."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from stories.pictures import decoder
from stories.pictures.limits import LIMITS

WHAT_IT_HAS = """
import json, os, resource, sys
sys.argv = ["decoder.py", sys.argv[2]]
code = open({path!r}).read()
space = {{"__name__": "decoder"}}
exec(compile(code, {path!r}, "exec"), space)
space["confine"](json.loads(sys.argv[1]))
try:
    open("/tmp/mystory-decoder-wrote", "wb").write(b"x" * 10)
    wrote = os.path.getsize("/tmp/mystory-decoder-wrote")
except OSError:
    wrote = 0
print(json.dumps({{
    "project": sorted(name for name in sys.modules if name.split(".")[0] in ("django", "stories", "psycopg2")),
    "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
    "cpu": resource.getrlimit(resource.RLIMIT_CPU)[1],
    "memory": resource.getrlimit(resource.RLIMIT_AS)[1],
    "wrote": wrote,
    "nice": os.nice(0),
}}))
"""


def test_the_decoder_confines_itself_and_knows_nothing_of_the_project():
    script = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + WHAT_IT_HAS.format(
        path=decoder.__file__
    )
    limits = json.dumps(asdict(LIMITS))

    done = subprocess.run(
        [sys.executable, "-I", "-c", script, "x", limits], capture_output=True, env={}, timeout=30, check=True
    )

    Path("/tmp/mystory-decoder-wrote").unlink(missing_ok=True)
    has = json.loads(done.stdout)
    assert has["project"] == []
    assert (has["core"], has["cpu"], has["memory"]) == (0, LIMITS.cpu_seconds, LIMITS.memory_bytes)
    assert has["wrote"] == 0
    assert has["nice"] >= 10
