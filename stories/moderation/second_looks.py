"""Small changes that went live by the policy: those that wait for a second look, and one of them compared."""

from dataclasses import dataclass

from accounts.models import User
from stories.models import LaterLook
from stories.models.keyset import Page, page_of
from stories.moderation.comparing import Since, against
from stories.prose.languages import Language, language_of

ROWS = 30


@dataclass(frozen=True)
class Row:
    look: LaterLook
    language: Language


def waiting_page(editor: User, *, cursor: str) -> tuple[Page[LaterLook], list[Row]]:
    """What waited longest first: one query."""
    listed = LaterLook.objects.waiting().for_editor(editor)
    listed = listed.select_related("decision__revision", "decision__submission__story__author")
    page = page_of(listed.defer("decision__revision__body"), order=("id",), cursor=cursor, size=ROWS)
    return page, [Row(each, language_of(each.decision.revision.language)) for each in page.items]


def compared(look: LaterLook) -> Since:
    """Against the last text that an editor read, links first."""
    return against(look.before, look.decision.revision, words="Since the last text that an editor read")
