"""What the author would be told: made by the decision itself, in a transaction that never ends well."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from stories.models import Notice
from stories.moderation.answers import meant_by
from stories.moderation.forms import DecisionForm
from stories.notices.delivering import compose
from stories.workflow.deciding import Read
from stories.workflow.settling import settle_requests
from stories.workflow.taking_back import make


@dataclass(frozen=True)
class Mail:
    """`to` are the names of all who would get it."""

    to: str
    subject: str
    text: str


def message_of(read: Read, form: DecisionForm, settled: Any, *, by: User) -> Mail | None:
    """Exact, because nothing is written twice: the verb runs, its notice is read, and all of it is undone.

    None when nobody would be told. Raises what the verb raises.
    """
    with transaction.atomic():
        settle_requests(read, settled, by=by)
        decision = make(read, meant_by(form.cleaned_data, form.versions()), by=by)
        told = Notice.objects.filter(
            event__data__decision=decision.pk, event__submission=decision.submission_id
        )
        notices = list(told.select_related("recipient").order_by("id"))
        mail = _read(notices) if notices else None
        transaction.set_rollback(True)
    return mail


def _read(notices: list[Notice]) -> Mail:
    composed = compose(notices[0])
    names = [notice.recipient.name if notice.recipient else notice.address for notice in notices]
    return Mail(", ".join(names), str(composed.subject), str(composed.body))
