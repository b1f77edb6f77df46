"""How long an answer takes, from what was measured of late: said for the nearest kind that was seen often enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from stories.days import duration
from stories.models import Submission, Topic, Wait
from stories.prose.languages import language_of

ENOUGH = 10  # answers; a median of fewer is an anecdote


@dataclass(frozen=True)
class Measured:
    """By language and topic; by language alone under an empty topic, and the whole site under two empty ones."""

    waits: Mapping[tuple[str, str], Wait]
    topics: Mapping[str, str]

    def enough(self, language: str, topic: str) -> Wait | None:
        found = self.waits.get((language, topic))
        return found if found and found.decisions >= ENOUGH else None


def measured_for(submissions: Iterable[Submission]) -> Measured:
    """Two queries. Needs `revision` loaded."""
    languages = {submission.revision.language for submission in submissions}
    waits = Wait.objects.filter(Q(language__in=languages) | Q(language=""))
    return Measured(
        {(wait.language, wait.topic): wait for wait in waits}, dict(Topic.objects.values_list("slug", "name"))
    )


def expectation(submission: Submission, measured: Measured) -> str:
    """Whole sentences; those that fall back say from what."""
    text = submission.revision
    language = language_of(text.language).name
    names = [measured.topics.get(slug, slug) for slug in text.topics]
    for slug, name in zip(text.topics, names, strict=True):
        if wait := measured.enough(text.language, slug):
            return _within(wait, f" to {language} stories under {name}")
    few = (
        f"Too few {language} stories under {' or '.join(names)} had an answer in the last 30 days to say how "
        "long it takes."
    )
    if wait := measured.enough(text.language, ""):
        return f"{few} {_within(wait, f' to {language} stories on any topic')}"
    if wait := measured.enough("", ""):
        return f"{few} {_within(wait, ' to stories in any language')}"
    return "Too few stories had an answer in the last 30 days to say how long it takes."


def _within(wait: Wait, whose: str) -> str:
    median, ninetieth = duration(wait.median), duration(wait.ninetieth)
    given = f"Of the {wait.decisions:,} answers given in the last 30 days{whose}"
    if median == ninetieth:
        return f"{given}, nine in ten came within {ninetieth}."
    return f"{given}, half came within {median} and nine in ten within {ninetieth}."
