"""Tells the chief editors of an appeal, and the authors its answer."""

from collections.abc import Iterable

from accounts.models import User
from stories.models import Appeal, AppealAnswer, Event, Hearing, Notice
from stories.notices.sanctioning import CONDUCT
from stories.notices.saying import Moment, Sentence, lines, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import TITLE_CHARACTERS, Words, who_did

# For a site whose only editor is the one who decided.
NOBODY_MAY = say(
    "Nobody here may answer it: everybody who edits either decided on it or wrote the story. Have somebody else made "
    "an editor by whoever runs the site (manage.py appoint), so that the author gets the answer they were promised."
)

LAST_WORD = say(
    "Each decision can have one appeal, so this is the site’s last word on it. You can still turn to a "
    "court, and in the European Union to a certified body for disputes with online platforms."
)


def tell_appeal(
    event: Event, appeal: Appeal, *, chief_editors: Iterable[User], nobody_may: bool = False
) -> list[Notice]:
    words = Words(
        say("A member appeals against a suspension")
        if appeal.sanction_id
        else say("An author appeals: “%(title)s”", title=_title(appeal)),
        paragraphs(
            lines(
                _against(appeal),
                appeal.text,
            ),
            NOBODY_MAY if nobody_may else _who_may(appeal),
            say("The author expects the answer until %(until)s.", until=Moment(appeal.due_at, "j F Y")),
        ),
        *_door(appeal, nobody_may=nobody_may),
    )
    return [put(event, words, recipient=chief) for chief in chief_editors]


def _who_may(appeal: Appeal) -> Sentence:
    if appeal.sanction_id:
        return say("Any editor can answer who did not suspend them.")
    return say("Any editor who neither decided on it nor wrote it can answer.")


def _against(appeal: Appeal) -> Sentence:
    if appeal.sanction_id:
        return say("%(name)s wrote:", name=appeal.by.name)
    if appeal.kind == "put_back":
        return say(
            "An author of the story appeals, because a small change of theirs was put back after it had gone live, "
            "and wrote:"
        )
    if appeal.kind == "remove":
        return say("An author of the story appeals against its removal and wrote:")
    return say("An author of the story appeals against its decline and wrote:")


def tell_reader_of_appeal(event: Event, hearing: Hearing, *, reader: User) -> Notice:
    words = Words(
        say(
            "The appeal about “%(title)s” is due on %(when)s",
            title=_title(hearing.appeal),
            when=_moment(hearing),
        ),
        paragraphs(
            say("You are reading this appeal, and three quarters of the time for its answer have passed."),
            say("If you cannot answer it until then, put it back: a colleague can take it at once."),
        ),
        *_door(hearing.appeal),
    )
    return put(event, words, recipient=reader)


def tell_of_overdue_appeal(
    event: Event, hearing: Hearing, *, chief_editors: Iterable[User], nobody_may: bool
) -> list[Notice]:
    words = Words(
        say("The answer to the appeal about “%(title)s” is overdue", title=_title(hearing.appeal)),
        paragraphs(
            say("Its author was promised an answer until %(when)s.", when=_moment(hearing)),
            NOBODY_MAY if nobody_may else say("Answer it yourself, or see to it that somebody does."),
        ),
        *_door(hearing.appeal, nobody_may=nobody_may),
    )
    return [put(event, words, recipient=chief) for chief in chief_editors]


def tell_appeal_taken_over(event: Event, appeal: Appeal, *, recipient: User) -> Notice:
    """The reason is the event's note, in the colleague's own words."""
    who = who_did(event)
    words = Words(
        say("%(name)s took over the appeal about “%(title)s”", name=who, title=_title(appeal)),
        lines(
            say("You were reading this appeal. %(name)s reads it now and wrote:", name=who),
            event.note,
        ),
        *_door(appeal),
    )
    return put(event, words, recipient=recipient)


def tell_answer(event: Event, answer: AppealAnswer) -> list[Notice]:
    """Where an upheld appeal brings the text back, that notice is the answer, and this one is not sent."""
    if answer.appeal.sanction_id:
        return [_tell_member(event, answer)]
    if answer.is_upheld:
        subject = say("Your appeal about “%(title)s” was upheld", title=_title(answer.appeal))
        happened = say(
            "An editor who had not decided before read your appeal and agrees with you. The text that it was about "
            "could not come back, because a newer text has taken its place or readers do not see the story now, so "
            "nothing changes on the pages."
        )
    else:
        subject = say("Your appeal about “%(title)s” was rejected", title=_title(answer.appeal))
        happened = say("An editor who had not decided before read your appeal, and the decision stands.")
    words = Words(
        subject,
        paragraphs(
            happened,
            lines(say("The editor wrote:"), answer.text),
            "" if answer.is_upheld else LAST_WORD,
        ),
        f"/writing/{event.story_id}/appeals/",
        say("See your appeal"),
    )
    return [put(event, words, recipient=author) for author in event.story.authors()]


def _tell_member(event: Event, answer: AppealAnswer) -> Notice:
    """Who was suspended, and nobody else among the authors."""
    words = Words(
        say("Your appeal was upheld: you can submit and publish again")
        if answer.is_upheld
        else say("Your appeal against the suspension was rejected"),
        paragraphs(lines(say("The editor wrote:"), answer.text), "" if answer.is_upheld else LAST_WORD),
        CONDUCT,
        say("See it"),
    )
    return put(event, words, recipient=answer.appeal.by)


def tell_lapsed(event: Event, appeal: Appeal) -> Notice:
    """Of a story without a title, for it was deleted for good."""
    words = Words(
        say("Your appeal is over: its story was deleted for good"),
        paragraphs(
            say("You appealed about a story that has been deleted for good since."),
            say(
                "No text of it is left that could come back, so no editor answers. You need not do anything."
            ),
        ),
        "/writing/",
        say("Open your stories"),
    )
    return put(event, words, recipient=appeal.by)


def _door(appeal: Appeal, *, nobody_may: bool = False) -> tuple[str, Sentence]:
    """To who decided before, the appeal itself stays closed."""
    if nobody_may:
        return "/moderation/appeals/", say("See the appeals")
    return f"/moderation/appeals/{appeal.pk}/", say("Open the appeal")


def _moment(hearing: Hearing) -> Sentence:
    return Moment(hearing.due_at, "l j F, H:i")


def _title(appeal: Appeal) -> str:
    """Of the text that was decided on: what its author wrote since is nobody else's business.

    A suspension outlives a story that was deleted for good, and its title.
    """
    title = appeal.revision.title or appeal.by.name
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"
