"""The machines of trust: what can be taken back, what needs agreement, what members are held to, what is read twice."""

from collections.abc import Mapping
from enum import StrEnum

from stories.status import AlreadyThere, Deed, Move, Role


class HeldState(StrEnum):
    """Of a decision that its editor can still take back: it is none before it was carried out."""

    HELD = "held"
    TAKEN_BACK = "taken_back"
    CARRIED_OUT = "carried_out"
    OVERTAKEN = "overtaken"


class HeldAction(StrEnum):
    HOLD = "hold_decision"
    TAKE_BACK = "take_back_decision"
    # In the record it is the decision itself.
    CARRY_OUT = "carry_out_decision"
    OVERTAKE = "drop_decision"


class ProposalState(StrEnum):
    STANDING = "standing"
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    LAPSED = "lapsed"


class ProposalAction(StrEnum):
    PROPOSE = "propose"
    AGREE = "agree"
    REFUSE = "refuse_proposal"
    TAKE_BACK = "take_back_proposal"
    LAPSE = "lapse_proposal"


class SanctionState(StrEnum):
    WARNED = "warned"
    SUSPENDED = "suspended"
    OVER = "over"
    LIFTED = "lifted"


class SanctionAction(StrEnum):
    """What is done about a member, in the record of the story that it is about."""

    WARN = "warn_member"
    SUSPEND = "suspend_member"
    END = "end_suspension"
    LIFT = "lift_suspension"


class LookState(StrEnum):
    """Of a second reading of a decision, and of a second look at a small change."""

    WAITING = "waiting"
    READ = "read"
    FINE = "fine"
    PUT_BACK = "put_back"


class LookAction(StrEnum):
    CHOOSE_READING = "choose_second_reading"
    READ_AGAIN = "read_again"
    CHOOSE_LOOK = "choose_second_look"
    FIND_FINE = "find_fine"
    PUT_BACK = "put_back"


HELD_MOVES: dict[HeldAction, Move] = {
    HeldAction.HOLD: Move(("",), HeldState.HELD, Role.CLAIMANT, ("what the decision needs",)),
    HeldAction.TAKE_BACK: Move((HeldState.HELD,), HeldState.TAKEN_BACK, Role.FIRST),
    HeldAction.CARRY_OUT: Move((HeldState.HELD,), HeldState.CARRIED_OUT, Role.CLOCK),
    # An author closes the account, or the editor may not be its editor any more.
    HeldAction.OVERTAKE: Move((HeldState.HELD,), HeldState.OVERTAKEN, Role.CHANGE, ("what came between",)),
}

PROPOSAL_MOVES: dict[ProposalAction, Move] = {
    # Of a decline by law or a removal; one of a story at a time.
    ProposalAction.PROPOSE: Move(("",), ProposalState.STANDING, Role.EDITOR, ("reason", "note")),
    ProposalAction.AGREE: Move((ProposalState.STANDING,), ProposalState.AGREED, Role.SECOND),
    ProposalAction.REFUSE: Move((ProposalState.STANDING,), ProposalState.REFUSED, Role.SECOND, ("words",)),
    ProposalAction.TAKE_BACK: Move((ProposalState.STANDING,), ProposalState.TAKEN_BACK, Role.FIRST),
    # By a trigger, whoever changes the text or the state that it is about.
    ProposalAction.LAPSE: Move((ProposalState.STANDING,), ProposalState.LAPSED, Role.CHANGE),
}

SANCTION_MOVES: dict[SanctionAction, Move] = {
    SanctionAction.WARN: Move(("",), SanctionState.WARNED, Role.EDITOR, ("reason", "note")),
    SanctionAction.SUSPEND: Move(("",), SanctionState.SUSPENDED, Role.EDITOR, ("reason", "note", "length")),
    SanctionAction.END: Move((SanctionState.SUSPENDED,), SanctionState.OVER, Role.CLOCK),
    SanctionAction.LIFT: Move(
        (SanctionState.SUSPENDED,), SanctionState.LIFTED, Role.CLAIMANT, ("appeal", "answer")
    ),
}

SECOND_READING_MOVES: dict[LookAction, Move] = {
    LookAction.CHOOSE_READING: Move(("",), LookState.WAITING, Role.POLICY),
    LookAction.READ_AGAIN: Move((LookState.WAITING,), LookState.READ, Role.SECOND, ("verdict",)),
}

LATER_LOOK_MOVES: dict[LookAction, Move] = {
    LookAction.CHOOSE_LOOK: Move(("",), LookState.WAITING, Role.POLICY),
    LookAction.FIND_FINE: Move((LookState.WAITING,), LookState.FINE, Role.EDITOR),
    LookAction.PUT_BACK: Move((LookState.WAITING,), LookState.PUT_BACK, Role.EDITOR, ("reason", "note")),
}


def check_once(table: Mapping[Deed, Move], action: Deed, state: str, *, done: str) -> str:
    """The state that `action` leads to. These end once, so whatever ended one, `done` says that it is over."""
    move = table[action]
    if state not in move.sources:
        raise AlreadyThere(done)
    return move.target


def say_trust(state: str) -> str:
    """The state in the words people use."""
    return _WORDS[state]


_WORDS: dict[str, str] = {
    HeldState.HELD: "can still be taken back",
    HeldState.CARRIED_OUT: "carried out",
    HeldState.OVERTAKEN: "not carried out, because something came between",
    ProposalState.STANDING: "waiting for a second editor",
    ProposalState.AGREED: "agreed to, and done",
    ProposalState.REFUSED: "refused by a second editor",
    ProposalState.TAKEN_BACK: "taken back by who made it",
    ProposalState.LAPSED: "over, because the text or its state changed",
    SanctionState.WARNED: "a warning stands",
    SanctionState.SUSPENDED: "suspended",
    SanctionState.OVER: "over, because its time ended",
    SanctionState.LIFTED: "lifted, because the appeal was upheld",
    LookState.WAITING: "waiting for an editor",
    LookState.READ: "read a second time",
    LookState.FINE: "found fine",
    LookState.PUT_BACK: "put back to the text before",
}
