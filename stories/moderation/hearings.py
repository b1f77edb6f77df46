"""What the desk shows of appeals: the list in the order of their times, and who may open which."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import User
from stories.models import AppealClaim, Hearing
from stories.models.appeal import ANSWER_APPEAL_WITHIN
from stories.models.hearing import HEARINGS_ORDER
from stories.models.keyset import Page, page_of
from stories.moderation.due import Due, due_by_calendar
from stories.permissions import may_answer
from stories.prose.languages import Language, language_of

ROWS = 30


@dataclass(frozen=True)
class Row:
    hearing: Hearing
    language: Language
    claim: AppealClaim | None
    due: Due


def hearings_page(editor: User, *, cursor: str, now: datetime) -> tuple[Page[Hearing], list[Row]]:
    """Two queries, however many rows: what is due first comes first."""
    claims = AppealClaim.objects.live().select_related("editor")
    listed: QuerySet[Hearing] = (
        Hearing.objects.open()
        .for_editor(editor)
        .select_related("appeal__revision", "appeal__by", "appeal__removal")
        .defer("appeal__revision__body", "appeal__revision__summary", "appeal__text")
        .prefetch_related(Prefetch("claims", queryset=claims, to_attr="live_claims"))
    )
    page = page_of(listed, order=HEARINGS_ORDER, cursor=cursor, size=ROWS)
    return page, [_row(each, now=now) for each in page.items]


def _row(hearing: Hearing, *, now: datetime) -> Row:
    claims: list[AppealClaim] = hearing.live_claims  # type: ignore[attr-defined]
    return Row(
        hearing=hearing,
        language=language_of(hearing.appeal.revision.language),
        claim=next((claim for claim in claims if claim.is_live(now)), None),
        due=due_by_calendar(hearing.due_at, whole=ANSWER_APPEAL_WITHIN, now=now),
    )


def load_hearing(user: User, appeal_id: int) -> Hearing:
    """One's own story's, and one against one's own decision, are not found; nor is one whose text is gone."""
    kept = Hearing.objects.for_editor(user).kept()
    found = get_object_or_404(
        kept.select_related(
            "appeal__story",
            "appeal__by",
            "appeal__answer__answered_by",
            "appeal__revision__rendering",
            "appeal__decision__reason",
            "appeal__decision__decided_by",
            "appeal__decision__submission",
            "appeal__removal__actor",
            "appeal__sanction__ground",
            "appeal__sanction__member",
        ),
        appeal=appeal_id,
    )
    if not may_answer(user, found.appeal):
        return get_object_or_404(Hearing.objects.none())
    return found


def live_claim(hearing: Hearing, *, now: datetime) -> AppealClaim | None:
    claims = hearing.claims.live().select_related("editor", "hearing__appeal")
    return next((claim for claim in claims if claim.is_live(now)), None)
