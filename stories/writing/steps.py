"""What an author is shown of where a story stands, and the moves that can be made from there."""

from dataclasses import dataclass, field
from datetime import datetime

from stories.status import SubmissionState
from stories.writing.known import Asked

YOURS, THEIRS = "Your turn", "The editors’ turn"


@dataclass(frozen=True)
class Step:
    """A move with its button; `question` is asked before what hurts, "" asks nothing."""

    name: str
    label: str
    question: str = ""

    @property
    def view(self) -> str:
        return f"writing:{self.name}"


STEPS = (
    Step("withdraw", "Take it back", "Take the story back from the editors? It loses its place in the line."),
    Step(
        "unschedule",
        "Take the publication back",
        "Take the planned publication back? An editor has to approve the story again after that.",
    ),
    Step(
        "unlist",
        "Take it off the public pages",
        "Take the story off the public pages? Who follows a link to it will not find it.",
    ),
    Step("publish_again", "Publish it again"),
    # Asks nothing: the next page has the button that brings it back.
    Step("put_in_bin", "Delete"),
)


@dataclass(frozen=True)
class Standing:
    """`state` chooses the badge, `label` stands on it; `steps` are the moves its author can make now.

    `turn` says who has to do something next, `wait` what of late it took; `note` is the editors' last one, by
    `note_by` at `note_at`. `address` leads to the submission it is about.
    """

    state: str
    label: str
    next: str
    turn: str = ""
    requests: tuple[Asked, ...] = ()
    wait: str = ""
    note: str = ""
    note_by: str = ""
    note_at: datetime | None = None
    reason: str = ""
    submission_id: int | None = None
    address: str = ""
    steps: frozenset[str] = field(default=frozenset())

    @property
    def is_with_reader(self) -> bool:
        return self.state == SubmissionState.IN_REVIEW

    @property
    def may_submit(self) -> bool:
        return "submit" in self.steps

    @property
    def forms(self) -> list[Step]:
        """The steps that are a button of their own."""
        return [step for step in STEPS if step.name in self.steps]
