"""What the author would be told: made by the decision itself, in a transaction that never ends well."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from stories.models import Decision, Notice, Proposal
from stories.moderation.answers import meant_by
from stories.moderation.forms import DecisionForm
from stories.notices.delivering import compose
from stories.workflow.deciding import Read
from stories.workflow.proposing import propose_decline
from stories.workflow.seconding import NeedsAgreement
from stories.workflow.settling import settle_requests
from stories.workflow.taking_back import Meant, make


@dataclass(frozen=True)
class Mail:
    """`to` are the names of all who would get it."""

    to: str
    subject: str
    text: str


def message_of(read: Read, form: DecisionForm, settled: Any, *, by: User) -> Mail | None:
    """Exact, because nothing is written twice: the verb runs, its notice is read, and all of it is undone.

    Where a colleague has to agree first, it is what the colleague is asked, with the words for the author in it.
    None when nobody would be told. Raises what the verb raises.
    """
    with transaction.atomic():
        settle_requests(read, settled, by=by)
        decided = _make(read, meant_by(form.cleaned_data, form.versions()), by=by)
        about = (
            {"event__data__proposal": decided.pk}
            if isinstance(decided, Proposal)
            else {"event__data__decision": decided.pk}
        )
        told = Notice.objects.filter(event__submission=decided.submission_id, **about)
        notices = list(told.select_related("recipient").order_by("id"))
        mail = _read(notices) if notices else None
        transaction.set_rollback(True)
    return mail


def _make(read: Read, meant: Meant, *, by: User) -> Decision | Proposal:
    try:
        return make(read, meant, by=by)
    except NeedsAgreement:
        return propose_decline(read, by=by, reason=meant.reason, note=meant.note, led_by=meant.led_by)


def _read(notices: list[Notice]) -> Mail:
    composed = compose(notices[0])
    names = [notice.recipient.name if notice.recipient else notice.address for notice in notices]
    return Mail(", ".join(names), str(composed.subject), str(composed.body))
