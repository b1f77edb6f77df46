"""Answers for what editors do: the statement of reasons for the author, and the line that anybody may read."""

from django.conf import settings

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
        redress=redress(event.story_id),
        needs_agreement=needs_agreement,
        proposal=agreed,
    )


def redress(story_id: int) -> str:
    """How an author objects, from now on and for half a year."""
    return (
        f"Within six months you can appeal, free of charge, at {settings.SITE_URL}/writing/{story_id}/appeals/: "
        "somebody other than who decided looks at it anew and gives you a reasoned answer. You can also write to "
        f"{settings.EDITORS_MAIL}, where the chief editors read. "
        "You can also go to a court."
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
