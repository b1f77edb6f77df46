"""The story page."""

from datetime import UTC, datetime

from django.test import Client

from tests.stories import make_published

SENTENCE = (
    "This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute "
    "and have their voices heard. The views and writings here reflect that of the author and not of YourStory."
)
# Half past midnight in India, still Sunday in London.
MONDAY = datetime(2019, 2, 10, 19, 0, tzinfo=UTC)


def test_story_page_shows_what_the_sample_shows_in_its_order(author, editor):
    body = "<p>" + "word " * 1042 + "</p>"
    story = make_published(author, editor=editor, at=MONDAY, title="The bakery", body=body)

    text = Client().get(story.path).content.decode().partition("<main")[2]

    places = [
        text.index(part)
        for part in (SENTENCE, "<h1>The bakery</h1>", "Monday February 11, 2019", "6 min Read", "<p>word")
    ]
    assert places == sorted(places)
