"""The words of each notice: what happened in the first line, the reason, what to do next, how to appeal."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import formats, timezone

from stories.models import Decision, Event, Fix, Request
from stories.prose.disclosures import read_disclosures

TITLE_CHARACTERS = 120


@dataclass(frozen=True)
class Words:
    """`text` is paragraphs with an empty line between; `link` the path of the one thing to do."""

    subject: str
    text: str
    link: str
    link_label: str


def words_for(event: Event, *, decision: Decision | None = None) -> Words:
    return _WORDS[event.action](event, decision)


def _approved(event: Event, decision: Decision | None) -> Words:
    title = title_of(event)
    if decision is not None and decision.publish_at is not None:
        when = formats.date_format(timezone.localtime(decision.publish_at), "l j F Y, H:i")
        zone = timezone.get_current_timezone_name()
        return Words(
            f"Your story “{title}” will be published on {when}",
            paragraphs(
                f"An editor approved your story, {_as_sent(decision)}. The time is that of {zone}.",
                _corrected(decision),
                _wrote(event),
            ),
            desk(event),
            "See where it stands",
        )
    return Words(
        f"Your story “{title}” is published",
        paragraphs(
            f"An editor approved your story, {_as_sent(decision)}, and readers can find it now.",
            _corrected(decision),
            _wrote(event),
            _carried(event),
            "You can go on editing it: readers keep this text until an editor has approved the new one.",
        ),
        event.story.path,
        "Read it on the site",
    )


def _published(event: Event, decision: Decision | None) -> Words:
    return Words(
        f"Your story “{title_of(event)}” is published",
        paragraphs(
            "The time that was set for it has come: readers can find your story now.", _carried(event)
        ),
        event.story.path,
        "Read it on the site",
    )


def _returned(event: Event, decision: Decision | None) -> Words:
    before, asked = _open_on(decision) if decision else ([], [])
    count = len(before) + len(asked)
    number = f"{count} requests" if count > 1 else "a request"
    return Words(
        f"Your story “{title_of(event)}” came back with {number}",
        paragraphs(
            "An editor read your story and asks you to change something before it is published.",
            _asked("What to change:", asked),
            _asked("Still asked from before:", before),
            _corrected(decision),
            _wrote(event),
            "Change it, tick what is done or say why you disagree, and submit it again: the editors then have "
            "what you were asked, and your answers, beside your new text."
            if count
            else "Change it and submit it again: the editors then have what you were asked beside your new text.",
            _answer("If you would rather not change it"),
        ),
        _trip(event),
        "See what is asked" if count else "Open your story",
    )


def _replied(event: Event, decision: Decision | None) -> Words:
    return Words(
        f"{event.actor.name if event.actor else 'Its author'} wrote to the editors about “{title_of(event)}”",
        paragraphs(
            f"An author of a story that you read wrote:\n{event.note}",
            "Nothing has to be decided by this. It stands in the conversation beside the story.",
        ),
        f"/moderation/{event.submission_id}/",
        "Open the submission",
    )


def _declined(event: Event, decision: Decision | None) -> Words:
    return Words(
        f"Your story “{title_of(event)}” was declined",
        paragraphs(
            "An editor read your story and will not publish it.",
            *stated(event),
            _corrected(decision),
            "Your text stays yours, and it stays here: you can change it, submit it anew, or publish it elsewhere.",
        ),
        desk(event),
        "Open your story",
    )


def _removed(event: Event, decision: Decision | None) -> Words:
    return Words(
        f"Your story “{title_of(event)}” was removed",
        paragraphs(
            "An editor took your story off the public pages.",
            *stated(event),
            "Nothing of it is lost: your text and its history are still with you, and it can be put back as it was.",
        ),
        desk(event),
        "Open your story",
    )


def _restored(event: Event, decision: Decision | None) -> Words:
    return Words(
        f"Your story “{title_of(event)}” is public again",
        paragraphs(
            "The editors put back the very text that had been removed.", _wrote(event), _carried(event)
        ),
        event.story.path,
        "Read it on the site",
    )


def _disclaimer_changed(event: Event, decision: Decision | None) -> Words:
    is_public = event.story.is_public
    return Words(
        f"Your story “{title_of(event)}” carries another disclaimer",
        paragraphs(
            "An editor changed the disclaimer above your story. Your own words are as they were.",
            _wrote(event),
            _carried(event),
            _answer("If you think this is wrong"),
        ),
        event.story.path if is_public else desk(event),
        "Read it on the site" if is_public else "Open your story",
    )


def _joined(event: Event, decision: Decision | None) -> Words:
    who = event.actor.name if event.actor else "Somebody"
    return Words(
        f"{who} writes “{title_of(event)}” with you now",
        f"{who} accepted the invitation: the name stands with yours, and each of you can change the text.",
        f"{desk(event)}authors/",
        "See who writes it",
    )


def _left(event: Event, decision: Decision | None) -> Words:
    who = event.actor.name if event.actor else "Somebody"
    return Words(
        f"{who} does not write “{title_of(event)}” with you any more",
        f"{who} left the story. The name is taken off it; the text stays as it is.",
        f"{desk(event)}authors/",
        "See who writes it",
    )


def _handed_over(event: Event, decision: Decision | None) -> Words:
    leader = event.story.author.name
    return Words(
        f"{leader} leads “{title_of(event)}” now",
        f"The story was handed over to {leader}, who from now on invites its authors, orders their names, and alone "
        "can delete it. The text, the names and what readers see stay as they are.",
        f"{desk(event)}authors/",
        "See who writes it",
    )


_WORDS: dict[str, Callable[[Event, Decision | None], Words]] = {
    "approve": _approved,
    "publish": _published,
    "return": _returned,
    "reply": _replied,
    "decline": _declined,
    "remove": _removed,
    "restore": _restored,
    "change_disclaimer": _disclaimer_changed,
    "join": _joined,
    "leave": _left,
    "hand_over": _handed_over,
}


def title_of(event: Event) -> str:
    """Of the text that was decided on, else of what readers see, else of the draft, cut to what a subject holds."""
    text = event.submission.revision if event.submission else event.story.published_revision
    title = text.title if text else event.story.draft.title
    title = title or "A story without a title"
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"


def desk(event: Event) -> str:
    return f"/writing/{event.story_id}/"


def _trip(event: Event) -> str:
    """The page of the submission, where what was asked is answered."""
    return f"/writing/{event.story_id}/submissions/{event.submission_id}/"


def _open_on(decision: Decision) -> tuple[list[str], list[str]]:
    """What is asked of its story by now: from earlier rounds, and with it."""
    still_open = list(Request.objects.made_on(decision.submission).unsettled())
    before = [request.text for request in still_open if request.decision_id != decision.pk]
    return before, [request.text for request in still_open if request.decision_id == decision.pk]


def _asked(head: str, requests: list[str]) -> str:
    if not requests:
        return ""
    numbered = (f"{number}. {text}" for number, text in enumerate(requests, start=1))
    return "\n".join([head, *numbered])


def _fixes(decision: Decision | None) -> list[Fix]:
    """What editors corrected in this round, as its authors allowed."""
    if decision is None:
        return []
    made = Fix.objects.filter(submission=decision.submission_id, note__round=decision.round)
    return list(made.select_related("note").order_by("id"))


def _as_sent(decision: Decision | None) -> str:
    return "with small corrections that you allowed" if _fixes(decision) else "exactly as you submitted it"


def _corrected(decision: Decision | None) -> str:
    made = [f"“{fix.note.quote}” became “{fix.note.replacement}”." for fix in _fixes(decision)]
    return "\n".join(["What the editor corrected, as you allowed:", *made]) if made else ""


def _wrote(event: Event) -> str:
    return f"The editor wrote:\n{event.note}" if event.note else ""


def stated(event: Event) -> list[str]:
    """The statement of reasons, a paragraph for each thing that it has to say."""
    said = event.statement
    return [
        f"The reason: {said.ground.label}. {said.ground.text} {said.family}",
        f"The editor wrote:\n{said.facts}",
        f"What it means: {said.scope}",
        f"How it came to this: {said.origin}",
        f"What you can do: {said.ground.remedy}",
        f"If you think this is wrong: {said.redress}",
    ]


def _carried(event: Event) -> str:
    """The disclaimer, in the very words that the story was given, and what its authors disclose."""
    given = event.story.disclaimers.order_by("position")
    text = event.story.published_revision
    said = "; ".join(each.words for each in read_disclosures(text.disclosures)) if text else ""
    disclosed = [f"Disclosed with this story: {said}."] if said else []
    return "\n".join(
        ["Above it readers see:", *(f"{words.label}. {words.text}" for words in given), *disclosed]
    )


def _answer(condition: str) -> str:
    """What an author can do about a decision: a person reads what is written to this address."""
    return (
        f"{condition}, say why in an answer to the mail about it or to {settings.EDITORS_MAIL}. "
        "The chief editors read what is written there."
    )


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
