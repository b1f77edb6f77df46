"""The decision form's answer, given by the verb that it names."""

from collections.abc import Mapping
from typing import Any

from accounts.models import User
from stories.models import Decision
from stories.workflow.deciding import Read, approve, decline, return_to_author


def answer(read: Read, data: Mapping[str, Any], *, by: User) -> Decision:
    note = data.get("note", "")
    match data.get("decision"):
        case Decision.Kind.APPROVE:
            chosen = [data["disclaimer"]] if data.get("disclaimer") else []
            return approve(read, by=by, disclaimers=chosen, note=note, publish_at=data.get("publish_at"))
        case Decision.Kind.DECLINE:
            return decline(read, by=by, reason=data.get("reason"), note=note, led_by=data["led_by"])
    requests = data.get("requests", "").splitlines()
    return return_to_author(read, by=by, note=note, requests=requests)
