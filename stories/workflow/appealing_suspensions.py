"""A suspended member appeals: from there on it goes the way of all appeals."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Appeal, Sanction
from stories.models.appeal import APPEAL_WITHIN
from stories.status import AlreadyThere, NotAllowed, WrongState
from stories.trust import SanctionAction
from stories.workflow.appealing import argued, begin
from stories.workflow.locking import lock_story
from stories.workflow.sanctioning import latest_text, lock_sanction


@transaction.atomic
def appeal_suspension(
    given: Sanction, text: str, *, by: User, key: UUID, at: datetime | None = None
) -> Appeal:
    """By the member, once, within half a year. The same `key` again gives the same appeal."""
    at = at or timezone.now()
    text = argued(text)
    if given.member_id != by.pk:
        raise NotAllowed("Only who was suspended appeals against it.")
    story = lock_story(given.story)
    given = lock_sanction(given)
    held = Appeal.objects.filter(sanction=given).first()
    if held is not None and held.key == key:
        return held
    if held is not None:
        raise AlreadyThere("You have appealed against this already. Each suspension can have one appeal.")
    if not may_be_appealed(given, at=at):
        raise WrongState("This cannot be appealed against any more. Nothing was sent.")
    columns = {
        "removal": story.events.get(action=SanctionAction.SUSPEND, data__sanction=given.pk),
        "sanction": given,
        "revision": latest_text(story),
    }
    return begin(Appeal(story=story, **columns, by=by, text=text, key=key, made_at=at))


def may_be_appealed(given: Sanction, *, at: datetime) -> bool:
    """Needs `appeal` loaded where there are several."""
    return given.is_suspension and not hasattr(given, "appeal") and given.given_at + APPEAL_WITHIN >= at
