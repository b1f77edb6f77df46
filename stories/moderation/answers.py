"""The decision form's answer, given by the verb that it names."""

from collections.abc import Mapping, Sequence
from typing import Any

from accounts.models import User
from stories.models import Decision, DisclaimerVersion
from stories.workflow.deciding import Read, approve, decline, return_to_author


def answer(
    read: Read, data: Mapping[str, Any], disclaimers: Sequence[DisclaimerVersion], *, by: User
) -> Decision:
    note = data.get("note", "")
    match data.get("decision"):
        case Decision.Kind.APPROVE:
            later = data.get("publish_at")
            return approve(read, by=by, disclaimers=disclaimers, note=note, publish_at=later)
        case Decision.Kind.DECLINE:
            return decline(read, by=by, reason=data.get("reason"), note=note, led_by=data["led_by"])
    requests = data.get("requests", "").splitlines()
    return return_to_author(read, by=by, note=note, requests=requests)
