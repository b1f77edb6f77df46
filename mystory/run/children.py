"""Processes that live and die together: when one ends, or we are asked to stop, all of them do."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mystory.problem import Problem

PATIENCE = 15.0  # seconds from asking a process to stop to ending it
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Stopped(BaseException):
    """Somebody asked us to stop. Not an Exception, so that no step takes it for a failure of its own."""


@dataclass
class Child:
    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """In a session of its own: Ctrl-C reaches it through us, and we reach whatever it started."""
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def ended(self) -> int | None:
        return self.process.poll() if self.process else None

    def signal(self, number: signal.Signals) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def die_with_parent() -> None:
    """Even when we are killed outright, the kernel asks our children to stop."""
    if libc:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def stop_on_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, raise_stopped)


def raise_stopped(number: int, frame: object) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)  # a second Ctrl-C must not cut the stopping short
    raise Stopped


def keep_going(
    first: Child,
    others: Sequence[Child],
    *,
    wait: Callable[[Callable[[], None]], None],
    greet: Callable[[], None],
) -> int:
    """Until a signal, or until one child ends, which is always a failure: nothing is restarted silently.

    `wait` returns when the first one answers; the others start only then, so that they do not slow it down.
    """
    children = [first, *others]
    with stopped_at_the_end(children):
        first.start()
        wait(lambda: check_all([first]))
        for child in others:
            child.start()
        greet()
        while True:
            check_all(children)
            time.sleep(0.25)


@contextlib.contextmanager
def beside(child: Child) -> Iterator[None]:
    """Runs while we do something else, and is waited for with us: a step that is a process."""
    with stopped_at_the_end([child]):
        child.start()
        yield
        finish(child)
    stop_on_signals()


def finish(child: Child) -> None:
    while (code := child.ended()) is None:
        time.sleep(0.1)
    if code > 0:
        raise SystemExit(code)  # it has said why
    if code < 0:
        raise Problem(f"{child.name} was ended by signal {-code}. Nothing was started.")


def check_all(children: Sequence[Child]) -> None:
    for child in children:
        if (code := child.ended()) is not None:
            how = f"exit code {code}" if code >= 0 else f"signal {-code}"
            raise Problem(
                f"{child.name} ended by itself ({how}), so everything was stopped; the reason is above."
            )


@contextlib.contextmanager
def stopped_at_the_end(children: Sequence[Child]) -> Iterator[None]:
    try:
        yield
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for child in children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while (
            any(child.process and child.ended() is None for child in children) and time.monotonic() < deadline
        ):
            time.sleep(0.05)
        for child in children:
            child.signal(signal.SIGKILL)  # the rest of its group too
            if child.process:
                child.process.wait()
