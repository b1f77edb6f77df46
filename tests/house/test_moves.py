"""The table of moves that people read is the one that the code goes by."""

import runpy
from pathlib import Path

from stories.status import STORY_MOVES, SUBMISSION_MOVES

DOCS = Path(__file__).parents[2] / "docs"


def test_table_of_moves_in_docs_is_the_one_in_code():
    written = (DOCS / "moves.md").read_text()

    assert written == runpy.run_path(str(DOCS / "moves.py"))["page"](), (
        "run `make moves`, and commit docs/moves.md"
    )
    for action in (*SUBMISSION_MOVES, *STORY_MOVES):
        assert f"| `{action}` |" in written
