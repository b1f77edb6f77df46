"""Two further machines: what readers hold against a story, and what its author holds against a decision."""

from collections.abc import Mapping
from enum import StrEnum

from stories.status import Deed, Move, Role, check_move
from stories.trust import HeldAction, ProposalAction, SanctionAction


class ReportState(StrEnum):
    """Of all reports of one story that wait together: they are read at once and get one answer."""

    WAITING = "waiting"
    IN_REVIEW = "in_review"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    DUPLICATE = "duplicate"
    LAPSED = "lapsed"


class ReportAction(StrEnum):
    REPORT = "report"
    AGAIN = "report_again"
    CLAIM = "claim_report"
    RELEASE = "release_report"
    EXPIRE = "expire_report"
    UPHOLD = "uphold_report"
    DISMISS = "dismiss_report"
    DUPLICATE = "duplicate_report"
    LAPSE = "lapse_report"


class AppealState(StrEnum):
    """Its author is told whether it has its answer, and not who reads it."""

    OPEN = "open"
    IN_REVIEW = "in_review"
    UPHELD = "upheld"
    REJECTED = "rejected"
    LAPSED = "lapsed"


class AppealAction(StrEnum):
    APPEAL = "appeal"
    CLAIM = "claim_appeal"
    TAKE_OVER = "take_over_appeal"
    RELEASE = "release_appeal"
    EXPIRE = "expire_appeal"
    UPHOLD = "uphold_appeal"
    REJECT = "reject_appeal"
    LAPSE = "lapse_appeal"


# What the record calls these of a suspension: authors are not told of one another's.
OF_A_MEMBER = {
    AppealAction.APPEAL: "appeal_suspension",
    AppealAction.UPHOLD: "reverse_suspension",
    AppealAction.REJECT: "confirm_suspension",
}
# No change of state: the chief editors are told that the time is nearly over.
ESCALATE = "escalate_report"
# Nor here: who reads an appeal is told that it is due soon, the chief editors that it is overdue.
WARN_OF_APPEAL, ESCALATE_APPEAL = "warn_appeal", "escalate_appeal"
# What the record says of reports, which no page or file of an author shows.
# How the editors divide their work is not told to authors either.
QUEUE_ACTIONS = (
    *("warn", "overdue", "hand", WARN_OF_APPEAL, ESCALATE_APPEAL),
    *(AppealAction.CLAIM.value, AppealAction.TAKE_OVER.value),
    *(AppealAction.RELEASE.value, AppealAction.EXPIRE.value),
)


KEPT_FROM_AUTHORS = (
    *(action.value for action in ReportAction),
    ESCALATE,
    *QUEUE_ACTIONS,
    # A decision that can still be taken back is none yet.
    *(action.value for action in HeldAction),
    # What one of them proposes and another refuses: authors are told what was decided.
    *(action.value for action in ProposalAction),
    # Of one member among the authors: the others are not told.
    *(action.value for action in SanctionAction),
    *OF_A_MEMBER.values(),
)

REPORTS_OPEN = (ReportState.WAITING, ReportState.IN_REVIEW)
APPEALS_OPEN = (AppealState.OPEN, AppealState.IN_REVIEW)
APPEALS_ENDED = (AppealState.UPHELD, AppealState.REJECTED, AppealState.LAPSED)
REPORTS_ENDED = (ReportState.UPHELD, ReportState.DISMISSED, ReportState.DUPLICATE, ReportState.LAPSED)

REPORT_MOVES: dict[ReportAction, Move] = {
    # A report of a story whose reports wait, or are being read, joins them.
    ReportAction.REPORT: Move(("",), ReportState.WAITING, Role.READER, ("kind",)),
    # Somebody whose report was not upheld asks for a second look, by another editor: once for each answer.
    ReportAction.AGAIN: Move(("",), ReportState.WAITING, Role.READER, ("text",)),
    ReportAction.CLAIM: Move((ReportState.WAITING,), ReportState.IN_REVIEW, Role.EDITOR),
    ReportAction.RELEASE: Move((ReportState.IN_REVIEW,), ReportState.WAITING, Role.CLAIMANT),
    ReportAction.EXPIRE: Move((ReportState.IN_REVIEW,), ReportState.WAITING, Role.CLOCK),
    ReportAction.UPHOLD: Move(
        (ReportState.IN_REVIEW,), ReportState.UPHELD, Role.CLAIMANT, ("measure", "note", "reason")
    ),
    ReportAction.DISMISS: Move((ReportState.IN_REVIEW,), ReportState.DISMISSED, Role.CLAIMANT, ("answer",)),
    ReportAction.DUPLICATE: Move(
        (ReportState.IN_REVIEW,), ReportState.DUPLICATE, Role.CLAIMANT, ("an earlier answer",)
    ),
    # Its author deleted the story for good: there is nothing left to decide about.
    ReportAction.LAPSE: Move((ReportState.WAITING,), ReportState.LAPSED, Role.CLOCK),
}

APPEAL_MOVES: dict[AppealAction, Move] = {
    # Against a decline, a removal, a small change put back or a suspension, once for each, within half a year.
    AppealAction.APPEAL: Move(("",), AppealState.OPEN, Role.AUTHOR, ("text",)),
    # All that follow: by an editor who neither wrote the story nor made the decision.
    AppealAction.CLAIM: Move((AppealState.OPEN,), AppealState.IN_REVIEW, Role.SECOND),
    AppealAction.TAKE_OVER: Move((AppealState.IN_REVIEW,), AppealState.IN_REVIEW, Role.COLLEAGUE, ("note",)),
    AppealAction.RELEASE: Move((AppealState.IN_REVIEW,), AppealState.OPEN, Role.CLAIMANT),
    AppealAction.EXPIRE: Move((AppealState.IN_REVIEW,), AppealState.OPEN, Role.CLOCK),
    AppealAction.UPHOLD: Move((AppealState.IN_REVIEW,), AppealState.UPHELD, Role.CLAIMANT, ("answer",)),
    AppealAction.REJECT: Move((AppealState.IN_REVIEW,), AppealState.REJECTED, Role.CLAIMANT, ("answer",)),
    # As with reports: no text is left that could come back.
    AppealAction.LAPSE: Move((AppealState.OPEN,), AppealState.LAPSED, Role.CLOCK),
}

_WORDS = {
    "": "not reported",
    ReportState.WAITING: "waiting for an editor",
    ReportState.IN_REVIEW: "being read by an editor",
    ReportState.UPHELD: "upheld",
    ReportState.DISMISSED: "dismissed",
    ReportState.DUPLICATE: "answered before",
    ReportState.LAPSED: "over, because the story is gone",
    AppealState.OPEN: "waiting for an answer",
    AppealState.REJECTED: "rejected",
}


def check_redress_move(table: Mapping[Deed, Move], action: Deed, state: str) -> str:
    """As stories.status.check_move: the state that `action` leads to, AlreadyThere or WrongState."""
    return check_move(table, action, state, words=say_redress)


def say_redress(state: str) -> str:
    """The state in the words people use."""
    return _WORDS[state]
