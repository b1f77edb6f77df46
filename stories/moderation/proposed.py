"""What colleagues propose: the list of those that wait for one's word, with one's own beside them."""

from dataclasses import dataclass

from accounts.models import User
from stories.models import Proposal
from stories.models.keyset import Page, page_of
from stories.models.proposal import PROPOSALS_ORDER
from stories.prose.languages import Language, language_of

ROWS = 30
OWN = 10


@dataclass(frozen=True)
class Row:
    proposal: Proposal
    language: Language


def proposed_to(editor: User) -> int:
    """How many wait for the word of `editor`: one query."""
    return Proposal.objects.standing().by_others(editor).count()


def proposals_page(editor: User, *, cursor: str) -> tuple[Page[Proposal], list[Row], list[Row]]:
    """Those of colleagues, longest waiting first, and the latest of one's own: two queries."""
    listed = Proposal.objects.select_related("revision", "reason", "proposed_by", "ended_by").defer(
        "revision__body"
    )
    waiting = listed.standing().by_others(editor)
    page = page_of(waiting, order=PROPOSALS_ORDER, cursor=cursor, size=ROWS)
    own = listed.for_editor(editor).filter(proposed_by=editor, story__deleted_at__isnull=True)
    return page, _rows(page.items), _rows(own.order_by("-id")[:OWN])


def _rows(proposals: object) -> list[Row]:
    return [Row(each, language_of(each.revision.language)) for each in proposals]  # type: ignore[attr-defined]
