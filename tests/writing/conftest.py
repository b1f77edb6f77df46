"""What the tests of the author's pages share."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from stories.models import Story
from tests.stories import make_draft, make_topic


@pytest.fixture
def story(author) -> Story:
    return Story.objects.select_related("draft").get(pk=make_draft(author).pk)


@pytest.fixture
def open_editor(signed_in) -> Callable[..., Page]:
    """The editor's page of a story, as its author has it, with the rich text ready."""

    def open_page(story: Story, **options: object) -> Page:
        page = signed_in(story.author, **options)
        page.goto(f"/writing/{story.pk}/")
        page.locator("form[data-editor=ready]").wait_for()
        return page

    return open_page


@pytest.fixture
def topics(db) -> None:
    make_topic("work", "Work")
    make_topic("places", "Places")
    make_topic("people", "People")
    make_topic("money", "Money")
