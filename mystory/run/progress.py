"""What a person sees while the site is set up: one line for each step, with its time."""

import contextlib
import sys
import time
from collections.abc import Iterator


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextlib.contextmanager
def step(what: str) -> Iterator[None]:
    """The line is ended also when the step fails, so that the reason begins a line of its own."""
    begun = time.monotonic()
    sys.stdout.write(f"  {what} ... ")
    sys.stdout.flush()
    outcome = "stopped"
    try:
        yield
        outcome = f"{time.monotonic() - begun:.1f} s"
    finally:
        say(outcome)
