"""The words of each notice: what happened in the first line, the reason, what to do next, how to appeal."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from stories.models import Decision, Event
from stories.notices.decided import as_sent_and_waiting, asked_for, corrected, fixes_of, open_on, stated
from stories.notices.saying import Moment, Sentence, lines, paragraphs, say, say_many, sentences
from stories.prose.disclosures import read_disclosures

TITLE_CHARACTERS = 120


@dataclass(frozen=True)
class Words:
    """`text` is paragraphs with an empty line between; `link` the path of the one thing to do."""

    subject: Sentence
    text: Sentence
    link: str
    link_label: Sentence


def words_for(event: Event, *, decision: Decision | None = None) -> Words:
    return _WORDS[event.action](event, decision)


def _approved(event: Event, decision: Decision | None) -> Words:
    title = title_of(event)
    if decision is not None and decision.publish_at is not None:
        when = Moment(decision.publish_at, "l j F Y, H:i")
        return Words(
            say("Your story “%(title)s” will be published on %(when)s", title=title, when=when),
            paragraphs(
                sentences(
                    as_sent_and_waiting(decision),
                    say("The time is that of %(zone)s.", zone=timezone.get_current_timezone_name()),
                ),
                corrected(decision),
                _wrote(event),
            ),
            desk(event),
            say("See where it stands"),
        )
    return Words(
        say("Your story “%(title)s” is published", title=title),
        paragraphs(
            say(
                "An editor approved your story, with small corrections that you allowed, and readers can find it now."
            )
            if fixes_of(decision)
            else say(
                "An editor approved your story, exactly as you submitted it, and readers can find it now."
            ),
            corrected(decision),
            _wrote(event),
            _carried(event),
            say("You can go on editing it: readers keep this text until a newer one is approved."),
        ),
        event.story.path,
        say("Read it on the site"),
    )


def _published(event: Event, decision: Decision | None) -> Words:
    return Words(
        say("Your story “%(title)s” is published", title=title_of(event)),
        paragraphs(
            say("The time that was set for it has come: readers can find your story now."), _carried(event)
        ),
        event.story.path,
        say("Read it on the site"),
    )


def _returned(event: Event, decision: Decision | None) -> Words:
    before, asked = open_on(decision) if decision else ([], [])
    count = len(before) + len(asked)
    title = title_of(event)
    return Words(
        say_many(
            "Your story “%(title)s” came back with a request",
            "Your story “%(title)s” came back with %(count)s requests",
            max(count, 1),
            title=title,
        ),
        paragraphs(
            say("An editor read your story and asks you to change something before it is published."),
            asked_for(say("What to change:"), asked),
            asked_for(say("Still asked from before:"), before),
            corrected(decision),
            _wrote(event),
            say(
                "Change it, tick what is done or say why you disagree, and submit it again: the editors then have "
                "what you were asked, and your answers, beside your new text."
            )
            if count
            else say(
                "Change it and submit it again: the editors then have what you were asked beside your new text."
            ),
            say(
                "If you would rather not change it, say why in an answer to the mail about it or to %(address)s. "
                "The chief editors read what is written there.",
                address=settings.EDITORS_MAIL,
            ),
        ),
        _trip(event),
        say("See what is asked") if count else say("Open your story"),
    )


def _replied(event: Event, decision: Decision | None) -> Words:
    title = title_of(event)
    return Words(
        say("%(name)s wrote to the editors about “%(title)s”", name=event.actor.name, title=title)
        if event.actor
        else say("Its author wrote to the editors about “%(title)s”", title=title),
        paragraphs(
            lines(say("An author of a story that you read wrote:"), event.note),
            say("Nothing has to be decided by this. It stands in the conversation beside the story."),
        ),
        f"/moderation/{event.submission_id}/",
        say("Open the submission"),
    )


def _declined(event: Event, decision: Decision | None) -> Words:
    return Words(
        say("Your story “%(title)s” was declined", title=title_of(event)),
        paragraphs(
            say("An editor read your story and will not publish it."),
            *stated(event),
            corrected(decision),
            say(
                "Your text stays yours, and it stays here: you can change it, submit it anew, or publish it elsewhere."
            ),
        ),
        desk(event),
        say("Open your story"),
    )


def _removed(event: Event, decision: Decision | None) -> Words:
    return Words(
        say("Your story “%(title)s” was removed", title=title_of(event)),
        paragraphs(
            say("An editor took your story off the public pages."),
            *stated(event),
            say(
                "Nothing of it is lost: your text and its history are still with you, and it can be put back as it was."
            ),
        ),
        desk(event),
        say("Open your story"),
    )


def _restored(event: Event, decision: Decision | None) -> Words:
    return Words(
        say("Your story “%(title)s” is public again", title=title_of(event)),
        paragraphs(
            say("The editors put back the very text that had been removed."), _wrote(event), _carried(event)
        ),
        event.story.path,
        say("Read it on the site"),
    )


def _disclaimer_changed(event: Event, decision: Decision | None) -> Words:
    is_public = event.story.is_public
    return Words(
        say("Your story “%(title)s” carries another disclaimer", title=title_of(event)),
        paragraphs(
            say("An editor changed the disclaimer above your story. Your own words are as they were."),
            _wrote(event),
            _carried(event),
            say(
                "If you think this is wrong, say why in an answer to the mail about it or to %(address)s. "
                "The chief editors read what is written there.",
                address=settings.EDITORS_MAIL,
            ),
        ),
        event.story.path if is_public else desk(event),
        say("Read it on the site") if is_public else say("Open your story"),
    )


def _joined(event: Event, decision: Decision | None) -> Words:
    who = who_did(event)
    return Words(
        say("%(name)s writes “%(title)s” with you now", name=who, title=title_of(event)),
        say(
            "%(name)s accepted the invitation: the name stands with yours, and each of you can change the text.",
            name=who,
        ),
        f"{desk(event)}authors/",
        say("See who writes it"),
    )


def _left(event: Event, decision: Decision | None) -> Words:
    who = who_did(event)
    return Words(
        say("%(name)s does not write “%(title)s” with you any more", name=who, title=title_of(event)),
        say("%(name)s left the story. The name is taken off it; the text stays as it is.", name=who),
        f"{desk(event)}authors/",
        say("See who writes it"),
    )


def _handed_over(event: Event, decision: Decision | None) -> Words:
    leader = event.story.author.name
    return Words(
        say("%(name)s leads “%(title)s” now", name=leader, title=title_of(event)),
        say(
            "The story was handed over to %(name)s, who from now on invites its authors, orders their names, and alone "
            "can delete it. The text, the names and what readers see stay as they are.",
            name=leader,
        ),
        f"{desk(event)}authors/",
        say("See who writes it"),
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


def title_of(event: Event) -> Sentence:
    """Of the text that was decided on, else of what readers see, else of the draft, cut to what a subject holds."""
    text = event.submission.revision if event.submission else event.story.published_revision
    title = text.title if text else event.story.draft.title
    if not title:
        return say("A story without a title")
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"


def who_did(event: Event) -> Sentence:
    return event.actor.name if event.actor else say("Somebody")


def desk(event: Event) -> str:
    return f"/writing/{event.story_id}/"


def _trip(event: Event) -> str:
    """The page of the submission, where what was asked is answered."""
    return f"/writing/{event.story_id}/submissions/{event.submission_id}/"


def _wrote(event: Event) -> Sentence:
    return lines(say("The editor wrote:"), event.note) if event.note else ""


def _carried(event: Event) -> Sentence:
    """The disclaimer, in the very words that the story was given, and what its authors disclose."""
    given = event.story.disclaimers.order_by("position")
    text = event.story.published_revision
    said = "; ".join(each.words for each in read_disclosures(text.disclosures)) if text else ""
    return lines(
        say("Above it readers see:"),
        *(f"{words.label}. {words.text}" for words in given),
        say("Disclosed with this story: %(words)s.", words=said) if said else "",
    )
