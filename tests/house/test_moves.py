"""The tables of moves that people read, and those that the database goes by, are the ones that the code goes by."""

import runpy
from pathlib import Path

import pytest
from django.db import connection

from stories.models import HeldEnd, LaterLook, Proposal, Sanction, SecondReading
from stories.redress import APPEAL_MOVES, REPORT_MOVES, AppealAction, ReportAction
from stories.status import STORY_MOVES, SUBMISSION_MOVES, Action
from stories.trust import (
    HELD_MOVES,
    LATER_LOOK_MOVES,
    PROPOSAL_MOVES,
    SANCTION_MOVES,
    SECOND_READING_MOVES,
    HeldAction,
    HeldState,
    LookAction,
    ProposalAction,
    SanctionAction,
)

DOCS = Path(__file__).parents[2] / "docs"
TABLES = (
    *(SUBMISSION_MOVES, STORY_MOVES, HELD_MOVES, REPORT_MOVES, APPEAL_MOVES),
    *(PROPOSAL_MOVES, SANCTION_MOVES, SECOND_READING_MOVES, LATER_LOOK_MOVES),
)
ACTIONS = (Action, HeldAction, ReportAction, AppealAction, ProposalAction, SanctionAction, LookAction)
TRUST = {
    "proposal": (PROPOSAL_MOVES, Proposal),
    "sanction": (SANCTION_MOVES, Sanction),
    "second_reading": (SECOND_READING_MOVES, SecondReading),
    "later_look": (LATER_LOOK_MOVES, LaterLook),
}


def test_tables_of_moves_in_docs_are_those_in_code():
    written = (DOCS / "moves.md").read_text()
    docs = runpy.run_path(str(DOCS / "moves.py"))

    assert written == docs["page"](), "run `make moves`, and commit docs/moves.md"
    assert [machine.moves for machine in docs["MACHINES"]] == list(TABLES)
    for action in (action for table in TABLES for action in table):
        assert f"| `{action}` |" in written


def test_every_action_of_every_machine_is_in_one_table():
    named = [action for table in TABLES for action in table]

    assert sorted(named) == sorted(action for actions in ACTIONS for action in actions)


def test_held_decision_ends_in_the_database_as_its_table_says():
    """It ends by a row of its own, which is the only one: there is no other move to refuse."""
    ends = [str(move.target) for move in HELD_MOVES.values() if move.sources == (HeldState.HELD,)]

    assert sorted(ends) == sorted(HeldEnd.Kind.values)
    assert HeldEnd._meta.get_field("held").unique


@pytest.mark.parametrize("machine", TRUST)
def test_database_and_code_allow_the_same_moves_of(machine, db):
    moves, _ = TRUST[machine]
    legal = {(str(source), str(move.target)) for move in moves.values() for source in move.sources}
    states = {state for pair in legal for state in pair}

    found = set()
    with connection.cursor() as cursor:
        for source in states:
            for target in states - {source}:
                cursor.execute("SELECT stories_trust_move_is_legal(%s, %s, %s)", [machine, source, target])
                if cursor.fetchone()[0]:
                    found.add((source, target))

    assert found == legal


@pytest.mark.parametrize(
    ("machine", "columns"),
    [
        *(("proposal", {"end": end}) for end in ("", *Proposal.End.values)),
        *(("sanction", {"kind": kind, "end": ""}) for kind in Sanction.Kind.values),
        *(("sanction", {"kind": "suspension", "end": end}) for end in Sanction.End.values),
        *(("second_reading", {"verdict": verdict}) for verdict in ("", "approve", "return", "decline")),
        *(("later_look", {"verdict": verdict}) for verdict in ("", *LaterLook.Verdict.values)),
    ],
)
def test_database_and_models_call_a_state_the_same(machine, columns, db):
    _, model = TRUST[machine]
    keys = ", ".join(f"'{name}', %s::text" for name in columns)

    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT stories_trust_state(%s, jsonb_build_object({keys}))", [machine, *columns.values()]
        )
        assert cursor.fetchone() == (model(**columns).state,)
