"""Runs the reader of a stranger's file in a process of its own, with limits, and takes its answer."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

_CHILD = Path(__file__).with_name("child.py")


def run_confined(
    module: str, data: bytes, *, limits: dict[str, Any], wall_seconds: float
) -> tuple[dict[str, Any], bytes]:
    """The answer of `module`, which writes one line of JSON and then bytes, and those bytes.

    `limits` has at least cpu_seconds and memory_bytes. Whatever ends the process is an answer like another, never
    an error of ours: {"refused": "time"}, {"refused": "memory"} or {"refused": "broken"}.
    """
    command = [sys.executable, "-I", "-B", str(_CHILD), module, json.dumps(limits)]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=wall_seconds, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        return {"refused": "time"}, b""
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return {"refused": "time"}, b""
    line, _, rest = done.stdout.partition(b"\n")
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    if done.returncode != 0 or not isinstance(answer, dict):
        return {"refused": "memory" if b"MemoryError" in done.stderr[-200:] else "broken"}, b""
    return answer, rest
