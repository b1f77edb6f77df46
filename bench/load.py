"""Asks for pages with wrk, in rounds, so that what disturbs the machine meets all of them, and keeps medians."""

import re
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass

from bench.fill import vocabulary

ROUNDS = 7
YARDSTICK = "yardstick: one query, small template"
CONNECTIONS = 8

_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_PERCENTILE = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s)\s*$", re.MULTILINE)
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Measured:
    name: str
    size: int
    rate: float
    p50: float
    p99: float
    share: float  # of what the one-query yardstick reached in the same round


def pages(host: str) -> dict[str, str]:
    return {
        "yardstick: constant answer": "/yard/constant/",
        YARDSTICK: "/yard/story/5000/",
        "story page": "/stories/story-5000/",
        "front page": "/",
        "topic, first page": "/topics/topic-3/",
        "topic, fiftieth page": turned(host, "/topics/topic-3/", 49),
        "author": "/authors/writer-7/",
        "search: two words in 1 story of 100": "/search/?q=amber+lantern",
        "search: two words in most stories": "/search/?q=" + frequent_words(),
        "feed of 20 whole stories": "/feed/",
    }


def measure(host: str, *, seconds: int, only: str = "") -> list[Measured]:
    taken: dict[str, list[tuple[float, float, float]]] = {}
    paths = {name: path for name, path in pages(host).items() if only in name or "yardstick" in name}
    for path in paths.values():
        _wrk(host + path, seconds=1)  # warm
    for _ in range(ROUNDS):
        for name, path in paths.items():
            taken.setdefault(name, []).append(_wrk(host + path, seconds=seconds))
    yardstick = [rate for rate, _, _ in taken[YARDSTICK]]
    return [_summed_up(name, len(_read(host + paths[name])), runs, yardstick) for name, runs in taken.items()]


def _summed_up(
    name: str, size: int, runs: list[tuple[float, float, float]], yardstick: list[float]
) -> Measured:
    rate, p50, p99 = (statistics.median(column) for column in zip(*runs, strict=True))
    shares = [run[0] / measure for run, measure in zip(runs, yardstick, strict=True)]
    return Measured(name, size, rate, p50, p99, statistics.median(shares))


def turned(host: str, path: str, times: int) -> str:
    """The address after following "Older stories" so many times."""
    for _ in range(times):
        found = re.search(r'rel="next" href="([^"]+)">Older', _read(host + path).decode())
        if found is None:
            break
        path = found[1].replace("&amp;", "&")
    return path


def frequent_words() -> str:

    return "+".join(vocabulary(10)[:2])


def wait_for(host: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if server.poll() is not None:
            raise SystemExit("The web server ended before it answered.")
        try:
            _read(f"{host}/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The web server did not answer within 30 seconds.")


def _read(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        body: bytes = answer.read()
    return body


def _wrk(address: str, *, seconds: int) -> tuple[float, float, float]:
    """Requests a second, and the 50th and 99th percentile in milliseconds."""
    command = [
        "taskset",
        "-c",
        "1",
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "--timeout",
        "30s",
        "--latency",
        address,
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = {int(p): float(value) * _MILLISECONDS[unit] for p, value, unit in _PERCENTILE.findall(said)}
    if "Non-2xx" in said or "Socket errors" in said or not {50, 99} <= found.keys():
        raise SystemExit(f"{address} did not answer well:\n{said}")
    rate = float(_RATE.search(said)[1])  # type: ignore[index]
    return rate, found[50], found[99]
