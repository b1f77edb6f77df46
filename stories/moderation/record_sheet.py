"""The log as rows of a file: what the page says, in columns."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC

from stories.models import Event
from stories.moderation.record_log import WORDS, by_policy, reason_of, title_of

HEAD = (
    "event",
    "time (UTC)",
    "what",
    "in words",
    "by",
    "by name",
    "story",
    "title",
    "author",
    "author's name",
    "from",
    "to",
    "reason",
    "reason in words",
    "note",
)


def rows_of(events: Iterable[Event], reasons: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    for event in events:
        title, _ = title_of(event)
        reason = reason_of(event)
        yield (
            event.pk,
            event.at.astimezone(UTC).isoformat(timespec="seconds"),
            event.action,
            WORDS.get(event.action, event.action),
            event.actor.username if event.actor else "",
            event.actor.name if event.actor else by_policy(event),
            event.story_id,
            title,
            event.story.author.username,
            event.story.author.name,
            event.from_state,
            event.to_state,
            reason,
            reasons.get(reason, ""),
            event.note,
        )
