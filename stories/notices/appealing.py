"""Tells the chief editors of an appeal, and the authors its answer."""

from collections.abc import Iterable

from django.utils import formats, timezone

from accounts.models import User
from stories.models import Appeal, AppealAnswer, Event, Notice
from stories.notices.telling import put
from stories.notices.words import TITLE_CHARACTERS, Words, paragraphs


def tell_appeal(event: Event, appeal: Appeal, *, chief_editors: Iterable[User]) -> list[Notice]:
    until = formats.date_format(timezone.localtime(appeal.due_at), "j F Y")
    against = "its removal" if appeal.removal_id else "its decline"
    words = Words(
        f"An author appeals: “{_title(appeal)}”",
        paragraphs(
            f"An author of the story appeals against {against} and wrote:\n{appeal.text}",
            f"Any editor who neither decided on it nor wrote it can answer; the author expects it until {until}.",
        ),
        f"/moderation/appeals/{appeal.pk}/",
        "Open the appeal",
    )
    return [put(event, words, recipient=chief) for chief in chief_editors]


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


def _title(appeal: Appeal) -> str:
    """Of the text that was decided on: what its author wrote since is nobody else's business."""
    title = appeal.revision.title
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"
