"""Writes docs/moves.md from the tables in stories/status.py, redress.py and trust.py: `make moves`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stories.redress import APPEAL_MOVES, REPORT_MOVES, say_redress
from stories.status import STORY_MOVES, SUBMISSION_MOVES, Move, Role, say
from stories.trust import (
    HELD_MOVES,
    LATER_LOOK_MOVES,
    PROPOSAL_MOVES,
    SANCTION_MOVES,
    SECOND_READING_MOVES,
    say_trust,
)

PAGE = Path(__file__).with_name("moves.md")
HEAD = """\
# The tables of moves

Made from `stories/status.py`, `stories/redress.py` and `stories/trust.py` by `make moves`; tests see to it that code,
this page and the database agree (`tests/house/test_moves.py`), and try each move in each state as each person
(`tests/workflow/test_every_move.py`, `tests/redress/test_every_move.py`, `tests/workflow/test_every_move_of_trust.py`).
What is in no table is refused by the verb, and where a state changes by the database too.
"""
WHO = {
    Role.AUTHOR: "one of its authors",
    Role.EDITOR: "an editor who never wrote at it",
    Role.CLAIMANT: "the editor who holds the claim",
    Role.COLLEAGUE: "an editor who never wrote at it, while another one holds the claim",
    Role.CLOCK: "the clock",
    Role.POLICY: "the policy for small changes by trusted authors, as they are submitted",
    Role.READER: "a reader, with an account or without one",
}


@dataclass(frozen=True)
class Machine:
    title: str
    moves: Mapping[Any, Move]
    say: Callable[[str], str]
    begins: str = ""
    who: Mapping[Role, str] = field(default_factory=dict)


MACHINES = (
    Machine("A submission", SUBMISSION_MOVES, say, "no submission yet"),
    Machine("A story", STORY_MOVES, say),
    Machine(
        "A decision that can be taken back",
        HELD_MOVES,
        say_trust,
        "no decision yet",
        {
            Role.FIRST: "who decided, for as long as the site lets them",
            Role.CLOCK: "the clock, when that time is over",
            Role.CHANGE: "whatever lets nobody decide on it any more",
        },
    ),
    Machine(
        "The reports of a story",
        REPORT_MOVES,
        say_redress,
        "no report that waits",
        {Role.EDITOR: "an editor who never wrote at the story and did not report it or answer it before"},
    ),
    Machine(
        "An appeal",
        APPEAL_MOVES,
        say_redress,
        "no appeal yet",
        {
            Role.AUTHOR: "who the decision is about",
            Role.SECOND: "an editor who neither wrote at the story nor decided before",
            Role.COLLEAGUE: "another such editor, while one holds the claim",
        },
    ),
    Machine(
        "A proposal to a second editor",
        PROPOSAL_MOVES,
        say_trust,
        "no proposal yet",
        {
            Role.FIRST: "who proposed it",
            Role.SECOND: "another editor who never wrote at the story",
            Role.CHANGE: "whatever changes the text, or the state it is in",
        },
    ),
    Machine(
        "A warning or a suspension",
        SANCTION_MOVES,
        say_trust,
        "none yet",
        {Role.SECOND: "another editor than who suspended, as the appeal is upheld"},
    ),
    Machine(
        "A second reading of a decision",
        SECOND_READING_MOVES,
        say_trust,
        "not chosen",
        {
            Role.POLICY: "the sample, as the decision is made",
            Role.SECOND: "an editor who neither wrote, read nor decided it",
        },
    ),
    Machine(
        "A second look at a small change",
        LATER_LOOK_MOVES,
        say_trust,
        "no small change yet",
        {Role.POLICY: "the policy for small changes, as one goes live"},
    ),
)


def page() -> str:
    return "\n".join([HEAD, *(line for machine in MACHINES for line in (*_table(machine), ""))])


def _table(machine: Machine) -> Iterator[str]:
    moves = machine.moves
    yield f"## {machine.title}\n"
    yield "| move | from | to | made by | needs |"
    yield "|---|---|---|---|---|"
    for action, move in moves.items():
        sources = ", or ".join(_state(machine, source) for source in move.sources)
        who = machine.who.get(move.role) or WHO[move.role]
        needs = ", ".join(move.needs) or "nothing"
        yield f"| `{action}` | {sources} | {_state(machine, move.target)} | {who} | {needs} |"
    yield "\nFrom each state (down) by each move (across) to the state that is named; a dot is refused.\n"
    yield f"| | {' | '.join(f'`{action}`' for action in moves)} |"
    yield f"|---|{'---|' * len(moves)}"
    for state in states(moves):
        cells = [f"`{move.target}`" if state in move.sources else "·" for move in moves.values()]
        yield f"| {_state(machine, state)} | {' | '.join(cells)} |"


def states(moves: Mapping[Any, Move]) -> list[str]:
    """In the order in which a thing first comes to them."""
    found = [state for move in moves.values() for state in (*move.sources, move.target)]
    return list(dict.fromkeys(found))


def _state(machine: Machine, state: str) -> str:
    return f"`{state}` ({machine.say(state)})" if state else machine.begins


if __name__ == "__main__":
    PAGE.write_text(page())
