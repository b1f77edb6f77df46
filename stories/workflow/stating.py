"""Answers for what editors do: the statement of reasons for the author, and the line that anybody may read."""

from stories.models import (
    Decision,
    Event,
    LedBy,
    Proposal,
    PublicLine,
    Reason,
    ReasonVersion,
    Revision,
    Statement,
)
from stories.notices.decided import redress


def words_of(reason: Reason, language: str) -> ReasonVersion:
    """The newest words in `language` where the reason has some, else in English."""
    found = reason.versions.filter(language__in={language, "en"}).order_by("-number")
    in_both = list(found)
    own = (version for version in in_both if version.language == language)
    return next(own, None) or in_both[0]


def state_reasons(
    event: Event,
    *,
    restriction: Statement.Restriction,
    ground: ReasonVersion,
    facts: str,
    led_by: str = LedBy.OWN,
    decision: Decision | None = None,
    needs_agreement: bool = False,
    agreed: Proposal | None = None,
) -> Statement:
    """`needs_agreement` says what the site asked for; the database refuses it without what was `agreed` to."""
    return Statement.objects.create(
        event=event,
        decision=decision,
        restriction=restriction,
        facts=facts,
        led_by=led_by,
        ground=ground,
        redress=str(redress(event.story_id, restriction)),
        needs_agreement=needs_agreement,
        proposal=agreed,
    )


def write_public_line(
    event: Event,
    text: Revision,
    *,
    decision: Decision | None = None,
    reason: Reason | None = None,
    led_by: str = LedBy.OWN,
) -> PublicLine:
    """What was done to which kind of text, for which kind of reason; nothing that leads to a person."""
    since = decision.waiting_since if decision else None
    return PublicLine.objects.create(
        event=event,
        decision=decision,
        at=event.at,
        kind=event.action,
        family=reason.family if reason else "",
        reason=reason.code if reason else "",
        led_by=led_by,
        language=text.language,
        topics=text.topics,
        waited=max(0, round((event.at - since).total_seconds())) if since else None,
    )


def write_line_about_member(event: Event, reason: Reason) -> PublicLine:
    """That somebody was suspended, and for which kind of reason: not about what, which would lead to whom."""
    return PublicLine.objects.create(
        event=event, at=event.at, kind=event.action, family=reason.family, reason=reason.code
    )
