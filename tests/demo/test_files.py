"""The demo's files: every one can be read, and names only what exists."""

import pytest

from stories.content import Content
from stories.demo import reading
from stories.demo.pictures.catalogue import draw_named, pictures
from stories.demo.reading import STATES, BadFile, DemoStory, read_story
from stories.prose.clean import clean
from stories.prose.languages import language_of
from stories.prose.render import render
from stories.small_changes import change_between

STORIES = reading.stories()
NAMES = [story.name for story in STORIES]


def words_in(story: DemoStory) -> int:
    return render(clean(story.content(Addresses()).body), language=story.language).words


def clean_body(content: Content) -> Content:
    return content.changed(body=clean(content.body))


class Addresses(dict[str, str]):
    """An address for every picture, of the shape that uploads have."""

    def __missing__(self, name: str) -> str:
        return f"/media/pictures/{name.ljust(22, 'x')}.webp"


def test_stories_are_at_least_forty_four():
    assert len(STORIES) >= 44


def test_stories_stand_in_every_state():
    assert {story.state for story in STORIES} == set(STATES)


@pytest.mark.parametrize("story", STORIES, ids=NAMES)
def test_story_names_only_what_exists(story):
    authors = {person["username"] for person in reading.people() if person["role"] == "author"}
    topics = {topic["slug"] for topic in reading.topics()}

    assert story.author in authors
    assert 1 <= len(story.topics) <= 3
    assert set(story.topics) <= topics
    assert len(story.tags) <= 5
    assert language_of(story.language).code == story.language
    assert set(story.pictures) <= set(pictures())
    assert bool(story.cover) == bool(story.cover_alt)


@pytest.mark.parametrize("story", STORIES, ids=NAMES)
def test_story_loses_nothing_in_the_sanitiser(story):
    content: Content = story.content(Addresses())

    cleaned = clean(content.body)

    assert "picture:" not in cleaned
    assert cleaned.count("<img") == len(story.pictures) - bool(story.cover)
    assert cleaned.count("<figcaption>") == cleaned.count("<img")


@pytest.mark.parametrize("story", [s for s in STORIES if s.state != "draft"], ids=lambda s: s.name)
def test_story_is_long_enough_to_read(story):
    assert words_in(story) >= 220


@pytest.mark.parametrize("change", reading.small_changes(), ids=lambda change: change.story)
def test_small_change_is_one_to_a_published_story(change):
    story = next(story for story in STORIES if story.name == change.story)
    before = story.content(Addresses())
    after = before.changed(body=before.body.replace(change.before, change.after))

    assert (story.state, story.text.count(change.before)) == ("published", 1)
    assert 0 < change_between(clean_body(before), clean_body(after)).words < 30
    assert change_between(clean_body(before), clean_body(after)).touched == ()


def test_three_stories_are_long():
    assert len([story for story in STORIES if 2_400 <= words_in(story) <= 4_000]) == 3


def test_stories_are_in_four_languages():
    languages = [story.language for story in STORIES]

    assert [languages.count(code) for code in ("hi", "ur", "ta")] == [2, 1, 1]


def test_people_are_twelve_authors_three_editors_and_a_reader():
    roles = [person["role"] for person in reading.people()]

    assert [roles.count(r) for r in ("author", "editor", "chief-editor", "reader")] == [12, 2, 1, 1]


def test_topics_are_eight():
    assert len(reading.topics()) == 8


def test_one_story_has_the_sample_pages_shape():
    text = next(story for story in STORIES if story.name == "the-tiffin-aunt").text

    assert [line[:5] for line in text.splitlines() if line.startswith("## ")] == [
        f"## {number}." for number in range(1, 7)
    ]
    assert "\n- " in text
    assert "](picture:" in text


def test_one_waiting_story_hides_a_commercial_phrase_with_a_link():
    waiting = [story for story in STORIES if story.state == "queued"]

    assert [story.name for story in waiting if "bounding box" in story.text] == ["pricing-my-work"]


def test_same_name_draws_the_same_picture():
    assert draw_named("bread") == draw_named("bread")


def test_portrait_is_drawn_by_user_name():
    assert draw_named("portrait-demo-author").facts["width"] == 640


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "A story without a head",
            "broken.md does not begin with a head between two lines of three hyphens.",
        ),
        ("---\ntitel: X\n---\nText", "broken.md: the line “titel: X” is not understood."),
        (
            "---\ntitle: X\n---\nText",
            "broken.md does not say its author, cover, disclaimer, language, state, summary, tags, topics, when.",
        ),
    ],
)
def test_file_that_cannot_be_read_is_named(tmp_path, text, message):
    path = tmp_path / "broken.md"
    path.write_text(text)

    with pytest.raises(BadFile) as refusal:
        read_story(path)

    assert str(refusal.value) == message
