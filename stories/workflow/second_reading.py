"""Chooses decisions to be read twice, and keeps what the second reader would have done. Nothing follows from it."""

import hmac
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Decision, Reason, SecondReading
from stories.permissions import may_read_again
from stories.prose.plain import clean_text
from stories.status import Incomplete, NotAllowed
from stories.trust import SECOND_READING_MOVES, LookAction, check_once

WORDS_CHARACTERS = 2_000
OF = 10_000


def choose(decision: Decision, *, at: datetime) -> SecondReading | None:
    """With the decision itself. Only first rounds: of a later one the first reader knew what had been said before."""
    if decision.round != 1 or draw(decision.pk) >= settings.SECOND_READING_PERCENT * OF // 100:
        return None
    return SecondReading.objects.create(decision=decision, chosen_at=at)


def draw(number: int, *, what: str = "second reading") -> int:
    """Below OF; nobody at the desk can foresee it, and the same for the same decision."""
    drawn = hmac.digest(settings.SECRET_KEY.encode(), f"{what} {number}".encode(), sha256)
    return int.from_bytes(drawn[:8], "big") % OF


@transaction.atomic
def read_again(
    chosen: SecondReading,
    *,
    by: User,
    verdict: str,
    reason: Reason | None = None,
    words: str = "",
    at: datetime | None = None,
) -> SecondReading:
    """What `by` would have decided, once. Raises AlreadyThere when somebody has said it."""
    at = at or timezone.now()
    words = clean_text(words)
    if verdict not in Decision.Kind.values:
        raise Incomplete("Choose what you would have decided.", field="verdict")
    if verdict == Decision.Kind.DECLINE and reason is None:
        raise Incomplete("Choose the reason for which you would have declined it.", field="reason")
    if len(words) > WORDS_CHARACTERS:
        raise Incomplete(f"This is longer than {WORDS_CHARACTERS:,} characters.", field="words")
    chosen = SecondReading.objects.select_for_update(of=("self",)).get(pk=chosen.pk)
    who = "You have" if chosen.reader_id == by.pk else "A colleague has"
    been_read = f"{who} read this a second time already. Nothing was done twice."
    check_once(SECOND_READING_MOVES, LookAction.READ_AGAIN, chosen.state, done=been_read)
    if not may_read_again(by, chosen):
        raise NotAllowed("Somebody else reads this one: you wrote it, read it or decided on it.")
    chosen.reader, chosen.read_at, chosen.verdict, chosen.words = by, at, verdict, words
    chosen.reason = reason if verdict == Decision.Kind.DECLINE else None
    chosen.save(update_fields=["reader", "read_at", "verdict", "words", "reason"])
    return chosen
