"""What came of a round in words: what is asked, what an editor corrected, and why a story is restricted."""

from django.conf import settings

from stories.models import Decision, Event, Fix, Request, Statement
from stories.notices.saying import Sentence, lines, say, sentences


def open_on(decision: Decision) -> tuple[list[str], list[str]]:
    """What is asked of its story by now: from earlier rounds, and with it."""
    still_open = list(Request.objects.made_on(decision.submission).unsettled())
    before = [request.text for request in still_open if request.decision_id != decision.pk]
    return before, [request.text for request in still_open if request.decision_id == decision.pk]


def asked_for(head: Sentence, requests: list[str]) -> Sentence:
    if not requests:
        return ""
    return lines(head, *(f"{number}. {text}" for number, text in enumerate(requests, start=1)))


def fixes_of(decision: Decision | None) -> list[Fix]:
    """What editors corrected in this round, as its authors allowed."""
    if decision is None:
        return []
    made = Fix.objects.filter(submission=decision.submission_id, note__round=decision.round)
    return list(made.select_related("note").order_by("id"))


def as_sent_and_waiting(decision: Decision) -> Sentence:
    if fixes_of(decision):
        return say("An editor approved your story, with small corrections that you allowed.")
    return say("An editor approved your story, exactly as you submitted it.")


def corrected(decision: Decision | None) -> Sentence:
    made = [
        say("“%(before)s” became “%(after)s”.", before=fix.note.quote, after=fix.note.replacement)
        for fix in fixes_of(decision)
    ]
    return lines(say("What the editor corrected, as you allowed:"), *made) if made else ""


def stated(event: Event) -> list[Sentence]:
    """The statement of reasons, a paragraph for each thing that it has to say."""
    said = event.statement
    return [
        sentences(say("The reason: %(label)s.", label=said.ground.label), said.ground.text, say(said.family)),
        lines(say("The editor wrote:"), said.facts),
        say("What it means: %(scope)s", scope=say(said.scope)),
        say("How it came to this: %(origin)s", origin=sentences(say(said.cause), say(said.deciders))),
        say("What you can do: %(remedy)s", remedy=said.ground.remedy),
        say("If you think this is wrong: %(redress)s", redress=redress(event.story_id, said.restriction)),
    ]


def redress(story_id: int, restriction: str) -> Sentence:
    """How an author objects, from now on and for half a year."""
    is_suspension = restriction == Statement.Restriction.SUSPENDED
    path = "/writing/conduct/" if is_suspension else f"/writing/{story_id}/appeals/"
    return say(
        "Within six months you can appeal, free of charge, at %(page)s: somebody other than who decided looks at it "
        "anew and gives you a reasoned answer. You can also write to %(address)s, where the chief editors read. "
        "You can also go to a court.",
        page=f"{settings.SITE_URL}{path}",
        address=settings.EDITORS_MAIL,
    )
