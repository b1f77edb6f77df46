"""Tells editors that a colleague asks them to agree, and the colleague what they said."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import CHIEF_EDITORS
from stories.models import Event, Notice, Proposal
from stories.notices.saying import Sentence, lines, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import TITLE_CHARACTERS, Words, who_did


def tell_proposed(event: Event, proposal: Proposal, *, colleagues: QuerySet[User]) -> list[Notice]:
    """The chief editors among those who could agree; where there is none, all who could."""
    who, title = proposal.proposed_by.name, _title(proposal)
    words = Words(
        say("%(name)s proposes to remove “%(title)s”", name=who, title=title)
        if _removes(proposal)
        else say("%(name)s proposes to decline “%(title)s”", name=who, title=title),
        paragraphs(
            say(
                "A second editor has to agree before anything happens. The reason would be: %(reason)s.",
                reason=proposal.reason.label,
            ),
            lines(say("The author would be told:"), proposal.note),
            say("Agree, or refuse and say why. Any editor can who did not write the story."),
        ),
        f"/moderation/proposals/{proposal.pk}/",
        say("Read it and answer"),
    )
    chiefs = colleagues.filter(groups__name=CHIEF_EDITORS)
    return [put(event, words, recipient=each) for each in chiefs or colleagues]


def tell_answered(event: Event, proposal: Proposal) -> Notice:
    said = lines(say("%(name)s wrote:", name=who_did(event)), proposal.words) if proposal.words else ""
    words = Words(
        _answered(event, proposal),
        paragraphs(
            say("What you proposed is done, and the author is told in your words.")
            if proposal.end == Proposal.End.AGREED
            else say("Nothing happened to the story. Any editor may decide on it anew, you too."),
            said,
        ),
        f"/moderation/proposals/{proposal.pk}/",
        say("See it"),
    )
    return put(event, words, recipient=proposal.proposed_by)


def _answered(event: Event, proposal: Proposal) -> Sentence:
    who, title = who_did(event), _title(proposal)
    if proposal.end == Proposal.End.AGREED:
        if _removes(proposal):
            return say("%(name)s agreed to remove “%(title)s”", name=who, title=title)
        return say("%(name)s agreed to decline “%(title)s”", name=who, title=title)
    if _removes(proposal):
        return say("%(name)s does not agree to remove “%(title)s”", name=who, title=title)
    return say("%(name)s does not agree to decline “%(title)s”", name=who, title=title)


def _removes(proposal: Proposal) -> bool:
    return proposal.kind == Proposal.Kind.REMOVE


def _title(proposal: Proposal) -> str:
    title = proposal.revision.title
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"
