"""The decision form's answer, as the verbs take it."""

from collections.abc import Mapping, Sequence
from typing import Any

from stories.models import Decision, DisclaimerVersion
from stories.workflow.taking_back import Meant


def meant_by(data: Mapping[str, Any], disclaimers: Sequence[DisclaimerVersion]) -> Meant:
    """What was typed for another answer than the one that is given stays out of it."""
    kind, note = data.get("decision"), data.get("note", "")
    match kind:
        case Decision.Kind.APPROVE:
            return Meant(kind, note=note, disclaimers=disclaimers, publish_at=data.get("publish_at"))
        case Decision.Kind.DECLINE:
            return Meant(kind, note=note, reason=data.get("reason"), led_by=data["led_by"])
    return Meant(Decision.Kind.RETURN, note=note, requests=data.get("requests", "").splitlines())
