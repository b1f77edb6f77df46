"""What everybody was answered: counted for the report, and kept where the end has to agree with it."""

import threading
from collections import Counter

TOLD_KINDLY = {200, 302, 409, 410, 422, 429}


class Journal:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.answers: Counter[tuple[str, int]] = Counter()
        self.deeds: Counter[str] = Counter()
        self.breaches: list[str] = []
        self.decided: dict[int, str] = {}  # claim -> the note of the decision that was acknowledged under it
        self.saved: dict[int, str] = {}  # story -> the mark in the text that was saved last
        # Refused after that, with the text still shown: the first answer may have been lost, or the text saved alone.
        self.perhaps: dict[int, list[str]] = {}
        self.reported: set[str] = set()  # explanations of the reports that got their receipt
        self.appealed: set[str] = set()

    def answered(self, what: str, status: int) -> None:
        with self._lock:
            self.answers[what, status] += 1
        if status >= 500:
            self.breach(f"{what} was answered with {status}")

    def did(self, what: str) -> None:
        with self._lock:
            self.deeds[what] += 1

    def breach(self, what: str) -> None:
        with self._lock:
            self.breaches.append(what)

    def acknowledge(self, kept: set[str], mark: str) -> None:
        with self._lock:
            kept.add(mark)
