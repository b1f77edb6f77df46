"""Tells the chief editors of an appeal, and the authors its answer."""

from collections.abc import Iterable

from django.utils import formats, timezone

from accounts.models import User
from stories.models import Appeal, AppealAnswer, Event, Hearing, Notice
from stories.notices.telling import put
from stories.notices.words import TITLE_CHARACTERS, Words, paragraphs

# For a site whose only editor is the one who decided.
NOBODY_MAY = (
    "Nobody here may answer it: everybody who edits either decided on it or wrote the story. Have somebody else made "
    "an editor by whoever runs the site (manage.py appoint), so that the author gets the answer they were promised."
)


def tell_appeal(
    event: Event, appeal: Appeal, *, chief_editors: Iterable[User], nobody_may: bool = False
) -> list[Notice]:
    until = formats.date_format(timezone.localtime(appeal.due_at), "j F Y")
    against = "its removal" if appeal.removal_id else "its decline"
    words = Words(
        f"An author appeals: “{_title(appeal)}”",
        paragraphs(
            f"An author of the story appeals against {against} and wrote:\n{appeal.text}",
            NOBODY_MAY if nobody_may else "Any editor who neither decided on it nor wrote it can answer.",
            f"The author expects the answer until {until}.",
        ),
        *_door(appeal, nobody_may=nobody_may),
    )
    return [put(event, words, recipient=chief) for chief in chief_editors]


def tell_reader_of_appeal(event: Event, hearing: Hearing, *, reader: User) -> Notice:
    words = Words(
        f"The appeal about “{_title(hearing.appeal)}” is due on {_moment(hearing)}",
        paragraphs(
            "You are reading this appeal, and three quarters of the time for its answer have passed.",
            "If you cannot answer it until then, put it back: a colleague can take it at once.",
        ),
        *_door(hearing.appeal),
    )
    return put(event, words, recipient=reader)


def tell_of_overdue_appeal(
    event: Event, hearing: Hearing, *, chief_editors: Iterable[User], nobody_may: bool
) -> list[Notice]:
    words = Words(
        f"The answer to the appeal about “{_title(hearing.appeal)}” is overdue",
        paragraphs(
            f"Its author was promised an answer until {_moment(hearing)}.",
            NOBODY_MAY if nobody_may else "Answer it yourself, or see to it that somebody does.",
        ),
        *_door(hearing.appeal, nobody_may=nobody_may),
    )
    return [put(event, words, recipient=chief) for chief in chief_editors]


def tell_appeal_taken_over(event: Event, appeal: Appeal, *, recipient: User) -> Notice:
    """The reason is the event's note, in the colleague's own words."""
    who = event.actor.name if event.actor else "A colleague"
    words = Words(
        f"{who} took over the appeal about “{_title(appeal)}”",
        paragraphs(f"You were reading this appeal. {who} reads it now and wrote:\n{event.note}"),
        *_door(appeal),
    )
    return put(event, words, recipient=recipient)


def tell_answer(event: Event, answer: AppealAnswer) -> list[Notice]:
    """Where an upheld appeal brings the text back, that notice is the answer, and this one is not sent."""
    if answer.is_upheld:
        subject = f"Your appeal about “{_title(answer.appeal)}” was upheld"
        happened = (
            "An editor who had not decided before read your appeal and agrees with you. A newer text has taken the "
            "place of the one it was about, so nothing changes on the pages."
        )
    else:
        subject = f"Your appeal about “{_title(answer.appeal)}” was rejected"
        happened = "An editor who had not decided before read your appeal, and the decision stands."
    words = Words(
        subject,
        paragraphs(
            happened,
            f"The editor wrote:\n{answer.text}",
            ""
            if answer.is_upheld
            else "Each decision can have one appeal, so this is the site’s last word on it. You can still turn to a "
            "court, and in the European Union to a certified body for disputes with online platforms.",
        ),
        f"/writing/{event.story_id}/appeals/",
        "See your appeal",
    )
    return [put(event, words, recipient=author) for author in event.story.authors()]


def _door(appeal: Appeal, *, nobody_may: bool = False) -> tuple[str, str]:
    """To who decided before, the appeal itself stays closed."""
    if nobody_may:
        return "/moderation/appeals/", "See the appeals"
    return f"/moderation/appeals/{appeal.pk}/", "Open the appeal"


def _moment(hearing: Hearing) -> str:
    return formats.date_format(timezone.localtime(hearing.due_at), "l j F, H:i")


def _title(appeal: Appeal) -> str:
    """Of the text that was decided on: what its author wrote since is nobody else's business."""
    title = appeal.revision.title
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"
