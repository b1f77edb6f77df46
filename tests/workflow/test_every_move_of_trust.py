"""Held decisions, proposals, sanctions, second readings and looks: each move, in each state, by each person."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from stories.models import (
    AppealClaim,
    HeldDecision,
    HeldEnd,
    LaterLook,
    Proposal,
    Reason,
    Sanction,
    SecondReading,
    Story,
)
from stories.status import MoveRefused, Role
from stories.trust import (
    HELD_MOVES,
    LATER_LOOK_MOVES,
    PROPOSAL_MOVES,
    SANCTION_MOVES,
    SECOND_READING_MOVES,
    HeldAction,
    HeldState,
    LookAction,
    LookState,
    ProposalAction,
    ProposalState,
    SanctionAction,
    SanctionState,
)
from stories.workflow.appealing import uphold_appeal
from stories.workflow.appealing_suspensions import appeal_suspension
from stories.workflow.claiming import interrupt
from stories.workflow.looking_later import find_fine, put_back
from stories.workflow.proposing import agree, propose_removal, refuse, take_back
from stories.workflow.publishing import unlist
from stories.workflow.sanctioning import end_suspensions, suspend, warn
from stories.workflow.second_reading import read_again
from stories.workflow.taking_back import Meant, carry_out_due, hold
from stories.workflow.taking_back import take_back as take_back_decision
from tests.moves import Trial, expected, undone
from tests.redress.reports import make_claimed_appeal
from tests.stories import (
    approve_claimed,
    make_claimed,
    make_coauthor,
    make_published,
    make_small_change,
    read,
)

WORDS = "The second paragraph gives a stranger's address."
Verb = Callable[[User], object]


@pytest.fixture
def people(author, editor, other_editor, chief_editor, reader, django_user_model) -> dict[str, User]:
    """Besides the cast an editor who wrote at the story too. The editor is who decided, proposed or suspended."""
    writing_editor = django_user_model.objects.create_user("writes-too", "writes@mystory.example")
    writing_editor.groups.add(*editor.groups.all())
    people = (author, editor, other_editor, chief_editor, reader, writing_editor)
    names = ("author", "editor", "other_editor", "chief_editor", "reader", "writing_editor")
    return dict(zip(names, people, strict=True))


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.filter(family="law").first()


def roles(_: str, who: str) -> set[Role]:
    if who in ("author", "reader", "writing_editor"):
        return set()
    return {Role.EDITOR, Role.FIRST if who == "editor" else Role.SECOND}


def roles_of_appeal(_: str, who: str) -> set[Role]:
    return {Role.CLAIMANT} if who == "other_editor" else set()


def of_clock(*_: str) -> set[Role]:
    return {Role.CLOCK}


def test_proposal_moves_as_the_table_says(people, editor, other_editor, author, reason):
    story = make_published(author, editor=editor)
    make_coauthor(story, people["writing_editor"])

    def propose(by: User) -> Proposal:
        return propose_removal(story, by=by, reason=reason, note=WORDS)

    begin = {ProposalAction.PROPOSE: propose}
    Trial("proposal", Proposal).check(begin, PROPOSAL_MOVES, "", people, roles)
    made = propose(editor)
    verbs: dict[str, Verb] = {
        ProposalAction.AGREE: lambda by: agree(made, by=by),
        ProposalAction.REFUSE: lambda by: refuse(made, by=by, words=WORDS),
        ProposalAction.TAKE_BACK: lambda by: take_back(made, by=by),
    }
    ends: dict[str, Callable[[], object]] = {
        ProposalState.AGREED: lambda: agree(made, by=other_editor),
        ProposalState.REFUSED: lambda: refuse(made, by=other_editor, words=WORDS),
        ProposalState.TAKEN_BACK: lambda: take_back(made, by=editor),
        ProposalState.LAPSED: lambda: unlist(story, by=author),
    }

    for state in ProposalState:
        with undone():
            ends.get(state, lambda: None)()
            assert Proposal.objects.get().state == state
            trial = Trial("proposal", Proposal)
            trial.check(verbs, PROPOSAL_MOVES, state, people, roles)
            # Anew, once the one before has its end and while there is something to remove.
            anew = state not in (ProposalState.STANDING, ProposalState.AGREED)
            begun = expected(PROPOSAL_MOVES, ProposalAction.PROPOSE, "", {Role.EDITOR})
            assert trial.of(lambda: propose(other_editor)) == (begun if anew else None), state
    assert {*verbs, *begin, ProposalAction.LAPSE} == set(PROPOSAL_MOVES)


def test_sanction_moves_as_the_table_says(people, editor, other_editor, author, reason):
    story = make_published(author, editor=editor)
    make_coauthor(story, people["writing_editor"])
    given = {"reason": reason, "note": WORDS}
    begin: dict[str, Verb] = {
        SanctionAction.WARN: lambda by: warn(author, story, by=by, key=uuid4(), **given),
        SanctionAction.SUSPEND: lambda by: suspend(author, story, by=by, days=3, key=uuid4(), **given),
    }
    Trial("sanction", Sanction).check(begin, SANCTION_MOVES, "", people, roles)
    later = timezone.now() + timedelta(days=4)

    for state in SanctionState:
        with undone():
            bring_sanction(state, begin, people, later)
            made = Sanction.objects.get()
            assert made.state == state
            lift = {SanctionAction.LIFT: lambda by: uphold_appeal(lease(), by=by, answer=WORDS)}
            clock = {SanctionAction.END: lambda by: end_suspensions(at=later)}
            trial = Trial("sanction", Sanction)
            if state != SanctionState.WARNED:  # then there is nothing to appeal against
                trial.check(lift, SANCTION_MOVES, state, people, roles_of_appeal)
            trial.check(clock, SANCTION_MOVES, state, {"clock": None}, of_clock)
    assert {*begin, *lift, *clock} == set(SANCTION_MOVES)


def lease() -> AppealClaim:
    return AppealClaim.objects.select_related("hearing__appeal__story").get()


def bring_sanction(state: str, begin: Mapping[str, Verb], people: Mapping[str, User], later) -> None:
    editor, author, other_editor = people["editor"], people["author"], people["other_editor"]
    if state == SanctionState.WARNED:
        begin[SanctionAction.WARN](editor)
        return
    begin[SanctionAction.SUSPEND](editor)
    made = appeal_suspension(Sanction.objects.get(), WORDS, by=author, key=uuid4())
    held = make_claimed_appeal(made, editor=other_editor)
    if state == SanctionState.LIFTED:
        uphold_appeal(held, by=other_editor, answer=WORDS)
    if state == SanctionState.OVER:
        end_suspensions(at=later)


def test_held_decision_moves_as_the_table_says(people, editor, author, settings):
    settings.TAKE_BACK_SECONDS = 30
    claimed = make_claimed(author, editor=editor)
    make_coauthor(claimed.submission.story, people["writing_editor"])
    now, meant = timezone.now(), Meant("return", note=WORDS)
    due = now + timedelta(seconds=30)

    def decide(by: User) -> HeldDecision:
        return hold(read(claimed), meant, by=by, at=now)

    begin = {HeldAction.HOLD: decide}
    Trial("held", HeldDecision, HeldEnd).check(begin, HELD_MOVES, "", people, roles_of_holder)
    held = decide(editor)
    ends: dict[str, Callable[[], object]] = {
        HeldState.TAKEN_BACK: lambda: take_back_decision(held, by=editor, at=now),
        HeldState.CARRIED_OUT: lambda: carry_out_due(at=due),
        HeldState.OVERTAKEN: lambda: interrupt(claimed, at=now),
    }
    verbs = {HeldAction.TAKE_BACK: lambda by: take_back_decision(held, by=by, at=now)}

    for state in HeldState:
        with undone():
            ends.get(state, lambda: None)()
            assert HeldDecision.objects.get().state == state
            trial = Trial("held", HeldDecision, HeldEnd)
            trial.check(verbs, HELD_MOVES, state, people, roles_of_holder)
            # The rest by who is nobody: whether it can, the table says; each end is its own event, or the decision.
            for action in (HeldAction.CARRY_OUT, HeldAction.OVERTAKE):
                with undone():
                    with suppress(MoveRefused):
                        ends[HELD_MOVES[action].target]()
                    moves = state in HELD_MOVES[action].sources
                    now_is = HELD_MOVES[action].target if moves else state
                    assert HeldDecision.objects.get().state == now_is, (state, action)
    assert {*begin, *verbs, HeldAction.CARRY_OUT, HeldAction.OVERTAKE} == set(HELD_MOVES)


def roles_of_holder(_: str, who: str) -> set[Role]:
    return {Role.CLAIMANT, Role.FIRST} if who == "editor" else set()


def test_second_reading_moves_as_the_table_says(people, editor, other_editor, author, settings):
    settings.SECOND_READING_PERCENT = 100
    held = make_claimed(author, editor=editor)
    make_coauthor(held.submission.story, people["writing_editor"])
    approve_claimed(held)
    chosen = SecondReading.objects.get()
    assert SECOND_READING_MOVES[LookAction.CHOOSE_READING].target == chosen.state

    for state in (LookState.WAITING, LookState.READ):
        with undone():
            if state == LookState.READ:
                read_again(chosen, by=other_editor, verdict="return")
            before = SecondReading.objects.values().get()
            for who, by in people.items():
                with undone():
                    try:
                        read_again(chosen, by=by, verdict="approve")
                    except MoveRefused:
                        assert SecondReading.objects.values().get() == before
                    made = expected(SECOND_READING_MOVES, LookAction.READ_AGAIN, state, roles(state, who))
                    now = SecondReading.objects.get().state
                    assert now == (made[2] if made else state), (state, who)


def test_second_look_moves_as_the_table_says(people, editor, other_editor, author, reason):
    look = make_small_change(author, editor=editor)
    story = Story.objects.get()
    make_coauthor(story, people["writing_editor"])
    assert LATER_LOOK_MOVES[LookAction.CHOOSE_LOOK].target == look.state
    verbs: dict[str, Verb] = {
        LookAction.FIND_FINE: lambda by: find_fine(look, by=by),
        LookAction.PUT_BACK: lambda by: put_back(look, by=by, reason=reason, note=WORDS),
    }

    for state in (LookState.WAITING, LookState.FINE, LookState.PUT_BACK):
        with undone():
            if state != LookState.WAITING:
                verbs[LookAction.FIND_FINE if state == LookState.FINE else LookAction.PUT_BACK](other_editor)
            Trial("later_look", LaterLook).check(verbs, LATER_LOOK_MOVES, state, people, roles)
