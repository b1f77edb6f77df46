"""Several submissions at once, in words: what is about to be done to them, and what was."""

from dataclasses import dataclass

from stories.models import Batch, BatchRow

_BEFORE = {
    Batch.Kind.CLAIM: "Take {}",
    Batch.Kind.RELEASE: "Put {} back",
    Batch.Kind.FREE: "Put {} back from colleagues",
    Batch.Kind.RETURN: "Send {} back",
    Batch.Kind.DECLINE: "Decline {}",
}
_AFTER = {
    Batch.Kind.CLAIM: "taken",
    Batch.Kind.RELEASE: "put back",
    Batch.Kind.FREE: "put back from colleagues",
    Batch.Kind.RETURN: "sent back",
    Batch.Kind.DECLINE: "declined",
    Batch.Kind.UNDO: "as before",
}


def stories(number: int) -> str:
    return "one story" if number == 1 else f"{number} stories"


def about_to(kind: str, what: str) -> str:
    return _BEFORE[Batch.Kind(kind)].format(what)


@dataclass(frozen=True)
class Done:
    """What became of a batch."""

    batch: Batch
    rows: list[BatchRow]

    @classmethod
    def of(cls, batch: Batch) -> "Done":
        rows = batch.rows.select_related("submission__story", "revision", "event")
        return cls(batch, list(rows))

    @property
    def done(self) -> list[BatchRow]:
        return [row for row in self.rows if row.event_id]

    @property
    def left_out(self) -> list[BatchRow]:
        return [row for row in self.rows if not row.event_id]

    @property
    def heading(self) -> str:
        """A whole line, that nothing was done too."""
        words = (
            f"{stories(len(self.done))} {_AFTER[Batch.Kind(self.batch.kind)]}"
            if self.done
            else "nothing was done"
        )
        left = f", {len(self.left_out)} left out" if self.left_out else ""
        return f"{words[0].upper()}{words[1:]}{left}"
