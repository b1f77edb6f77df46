"""A demo site of one story for each state, and the languages."""

from collections.abc import Iterator

import pytest

from stories.demo import reading

DEMO = {"DEMO": True, "STORIES_BEFORE_FIRST": 3, "TRUSTED_AFTER": 1}
FEW = {
    "bread-at-four", "the-tiffin-aunt", "sitting-with-the-dying", "mazhaikkaala-vaguppu", "pricing-my-work",
    "homework-i-no-longer-set", "letter-about-a-yak", "buttons", "what-the-audit-found", "only-bait", "paid-late",
    "week-the-oven-died", "conference", "bed-nine", "read-a-timetable", "monsoon-ledger", "tyres",
}  # fmt: skip


@pytest.fixture(scope="module")
def few_stories() -> Iterator[tuple[reading.DemoStory, ...]]:
    stories = tuple(story for story in reading.stories() if story.name in FEW)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reading, "stories", lambda: stories)
        yield stories
