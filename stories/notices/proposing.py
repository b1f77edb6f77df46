"""Tells editors that a colleague asks them to agree, and the colleague what they said."""

from django.db.models import QuerySet
from django.utils.text import capfirst

from accounts.models import User
from accounts.roles import CHIEF_EDITORS
from stories.models import Event, Notice, Proposal
from stories.notices.telling import put
from stories.notices.words import TITLE_CHARACTERS, Words, paragraphs

_WANTS = {Proposal.Kind.DECLINE: "decline", Proposal.Kind.REMOVE: "remove"}


def tell_proposed(event: Event, proposal: Proposal, *, colleagues: QuerySet[User]) -> list[Notice]:
    """The chief editors among those who could agree; where there is none, all who could."""
    who, wants = proposal.proposed_by.name, _WANTS[Proposal.Kind(proposal.kind)]
    words = Words(
        f"{who} proposes to {wants} “{_title(proposal)}”",
        paragraphs(
            f"A second editor has to agree before anything happens. The reason would be: {proposal.reason.label}.",
            f"The author would be told:\n{proposal.note}",
            "Agree, or refuse and say why. Any editor can who did not write the story.",
        ),
        f"/moderation/proposals/{proposal.pk}/",
        "Read it and answer",
    )
    chiefs = colleagues.filter(groups__name=CHIEF_EDITORS)
    return [put(event, words, recipient=each) for each in chiefs or colleagues]


def tell_answered(event: Event, proposal: Proposal) -> Notice:
    who = event.actor.name if event.actor else "A colleague"
    wants = _WANTS[Proposal.Kind(proposal.kind)]
    if proposal.end == Proposal.End.AGREED:
        subject = f"{who} agreed to {wants} “{_title(proposal)}”"
        happened = "What you proposed is done, and the author is told in your words."
    else:
        subject = f"{who} does not agree to {wants} “{_title(proposal)}”"
        happened = "Nothing happened to the story. Any editor may decide on it anew, you too."
    said = f"{capfirst(who)} wrote:\n{proposal.words}" if proposal.words else ""
    path = f"/moderation/proposals/{proposal.pk}/"
    return put(
        event, Words(subject, paragraphs(happened, said), path, "See it"), recipient=proposal.proposed_by
    )


def _title(proposal: Proposal) -> str:
    title = proposal.revision.title
    return title if len(title) <= TITLE_CHARACTERS else f"{title[: TITLE_CHARACTERS - 1]}…"
