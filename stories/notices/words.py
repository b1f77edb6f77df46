"""The words of each notice: what happened in the first line, the reason, what to do next, how to appeal."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import formats, timezone

from stories.models import Decision, Event, Reason

APPEAL = "If you think this is wrong, answer this mail: the chief editors look at it anew."


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    link: str
    link_label: str


def words_for(event: Event, *, decision: Decision | None, reason: Reason | None) -> Words:
    return _WORDS[event.action](event, decision, reason)


def _approved(event: Event, decision: Decision | None, reason: Reason | None) -> Words:
    title = _title(event)
    if decision is not None and decision.publish_at is not None:
        when = formats.date_format(timezone.localtime(decision.publish_at), "l j F Y, H:i")
        return Words(
            f"Your story “{title}” will be published on {when}",
            _paragraphs("An editor approved your story, exactly as you submitted it.", _said(decision)),
            f"/writing/{event.story_id}/",
            "See where it stands",
        )
    return Words(
        f"Your story “{title}” is published",
        _paragraphs(
            "An editor approved your story, exactly as you submitted it, and readers can find it now.",
            _said(decision),
            "You can go on editing it: readers keep this text until an editor has approved the new one.",
        ),
        event.story.path,
        "Read it on the site",
    )


def _published(event: Event, decision: Decision | None, reason: Reason | None) -> Words:
    return Words(
        f"Your story “{_title(event)}” is published",
        "The time that was set for it has come: readers can find your story now.",
        event.story.path,
        "Read it on the site",
    )


def _returned(event: Event, decision: Decision | None, reason: Reason | None) -> Words:
    return Words(
        f"Your story “{_title(event)}” came back with a request",
        _paragraphs(
            "An editor read your story and asks you to change something before it is published:",
            event.note,
            "Change it and submit it again; it keeps its history, and the next round begins.",
        ),
        f"/writing/{event.story_id}/",
        "Open your story",
    )


def _declined(event: Event, decision: Decision | None, reason: Reason | None) -> Words:
    reason = decision.reason if decision is not None else reason
    return Words(
        f"Your story “{_title(event)}” was declined",
        _paragraphs(
            "An editor read your story and will not publish it.",
            f"The reason: {reason.label}. {reason.text}" if reason else "",
            event.note,
            "Your text stays yours, and it stays here: you can change it, submit it anew, or publish it elsewhere.",
            APPEAL,
        ),
        f"/writing/{event.story_id}/",
        "Open your story",
    )


def _removed(event: Event, decision: Decision | None, reason: Reason | None) -> Words:
    return Words(
        f"Your story “{_title(event)}” was removed",
        _paragraphs(
            "An editor took your story off the public pages.",
            f"The reason: {reason.label}. {reason.text}" if reason else "",
            event.note,
            "Nothing of it is lost: your text and its history are still with you.",
            APPEAL,
        ),
        f"/writing/{event.story_id}/",
        "Open your story",
    )


def _restored(event: Event, decision: Decision | None, reason: Reason | None) -> Words:
    return Words(
        f"Your story “{_title(event)}” is public again",
        _paragraphs("The editors put back the very text that had been removed.", event.note),
        event.story.path,
        "Read it on the site",
    )


def _disclaimer_changed(event: Event, decision: Decision | None, reason: Reason | None) -> Words:
    return Words(
        f"Your story “{_title(event)}” carries another disclaimer",
        _paragraphs(
            f"The editors of {settings.SITE_NAME} changed the disclaimer above your story.",
            "Your words are as they were.",
            event.note,
        ),
        event.story.path,
        "Read it on the site",
    )


_WORDS = {
    "approve": _approved,
    "publish": _published,
    "return": _returned,
    "decline": _declined,
    "remove": _removed,
    "restore": _restored,
    "change_disclaimer": _disclaimer_changed,
}


def _title(event: Event) -> str:
    """The title of the text that was decided on, else of what readers see, cut to what a subject can hold."""
    revision = event.submission.revision if event.submission else event.story.published_revision
    title = revision.title if revision else ""
    return title if len(title) <= 120 else f"{title[:119]}…"


def _said(decision: Decision | None) -> str:
    return f"The editor wrote: {decision.note}" if decision is not None and decision.note else ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
