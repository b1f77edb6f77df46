"""Writes docs/moves.md from the tables in stories/status.py: `make moves`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from stories.status import STORY_MOVES, SUBMISSION_MOVES, Action, Move, Role, StoryState, SubmissionState, say

PAGE = Path(__file__).with_name("moves.md")
HEAD = """\
# The table of moves

Made from `stories/status.py` by `make moves`; a test sees to it that the two agree, and another one
(`tests/workflow/test_every_move.py`) tries each move in each state as each person. What is in no table is refused by
the verb, and where a state changes by the database too.
"""
WHO = {
    Role.AUTHOR: "one of its authors",
    Role.EDITOR: "an editor who never wrote at it",
    Role.CLAIMANT: "the editor who holds the claim",
    Role.COLLEAGUE: "an editor who never wrote at it, while another one holds the claim",
    Role.CLOCK: "the clock",
    Role.POLICY: "the policy for small changes by trusted authors, as they are submitted",
}


def page() -> str:
    submission = ["", *(state.value for state in SubmissionState)]
    story = [state.value for state in StoryState]
    return "\n".join(
        [
            HEAD,
            *_table("A submission", SUBMISSION_MOVES, submission),
            "",
            *_table("A story", STORY_MOVES, story),
            "",
        ]
    )


def _table(title: str, moves: Mapping[Action, Move], states: list[str]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| move | from | to | made by | needs |"
    yield "|---|---|---|---|---|"
    for action, move in moves.items():
        sources = ", or ".join(_state(source) for source in move.sources)
        who = WHO.get(move.role, move.role.value)
        yield f"| `{action}` | {sources} | {_state(move.target)} | {who} | {', '.join(move.needs) or 'nothing'} |"
    yield "\nFrom each state (down) by each move (across) to the state that is named; a dot is refused.\n"
    yield f"| | {' | '.join(f'`{action}`' for action in moves)} |"
    yield f"|---|{'---|' * len(moves)}"
    for state in states:
        cells = [f"`{move.target}`" if state in move.sources else "·" for move in moves.values()]
        yield f"| {_state(state)} | {' | '.join(cells)} |"


def _state(state: str) -> str:
    return f"`{state}` ({say(state)})" if state else "no submission yet"


if __name__ == "__main__":
    PAGE.write_text(page())
