"""Saves of one page that arrive twice, late or in another order, and more of them than a person sends."""

import pytest
from django.urls import reverse

from stories.models import Story
from stories.writing import limits
from tests.stories import change_draft
from tests.writing.test_saving import JSON, sent

PAGE, OTHER_PAGE = "page-one", "page-two"


@pytest.fixture
def save(client, author, story):
    """Sends the title `title` as save number `turn` of a page, based on version `based`."""
    client.force_login(author)
    address = reverse("writing:edit", args=[story.pk])

    def send(title: str, turn: int, *, page: str = PAGE, based: int = 0):
        version = story.draft.version + based
        form = sent(story, title=title, page=page, turn=turn, version=version)
        return client.post(address, form, **JSON)

    return send


def kept(story: Story) -> tuple[str, int]:
    """The title, and how often it was saved since."""
    version = story.draft.version
    draft = Story.objects.get(pk=story.pk).draft
    return draft.title, draft.version - version


def test_next_save_of_a_page_that_never_got_its_answer_is_taken(save, story):
    save("One", 1)

    answer = save("One and two", 2)

    assert (answer.status_code, answer.json()["changed"]) == (200, True)
    assert kept(story) == ("One and two", 2)


def test_save_that_was_overtaken_by_a_later_one_changes_nothing(save, story):
    save("One and two", 2)

    late = save("One", 1)

    assert (late.status_code, late.json()["changed"]) == (200, False)
    assert kept(story) == ("One and two", 1)


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 1, 3, 2, 1), (1, 1, 3, 3, 2, 1)])
def test_last_save_of_a_page_stays_in_whatever_order_they_come(save, story, order):
    for turn in order:
        assert save(f"Words {turn}", turn).status_code == 200

    assert kept(story)[0] == "Words 3"


def test_page_that_lacks_what_another_one_saved_is_told(save, story):
    save("One", 1)
    save("Another page", 1, page=OTHER_PAGE, based=1)

    answer = save("One and two", 2)

    assert (answer.status_code, answer.json()["reason"]) == (409, "conflict")
    assert kept(story) == ("Another page", 2)


def test_page_that_lacks_what_was_saved_without_a_page_is_told(save, story):
    save("One", 1)
    change_draft(story, title="From the plain form")
    story.draft.refresh_from_db()

    answer = save("One and two", 2, based=-1)

    assert answer.status_code == 409
    assert kept(story)[0] == "From the plain form"


def test_save_that_comes_again_after_somebody_elses_changes_nothing(save, story):
    save("One", 1)
    save("Another page", 1, page=OTHER_PAGE, based=1)

    assert save("One", 1).status_code == 409
    assert kept(story) == ("Another page", 2)


def test_saves_without_a_page_follow_nothing(save, story):
    save("One", 1, page="")

    assert save("Two", 2, page="").status_code == 409
    assert kept(story)[0] == "One"


def test_page_says_which_save_it_shows(save, story, client):
    save("One", 7)

    page = client.get(reverse("writing:edit", args=[story.pk])).content.decode()

    assert f'data-saved-from="{PAGE}" data-saved-turn="7"' in page


def test_more_saves_than_a_person_sends_have_to_wait_and_lose_nothing(save, story, client, monkeypatch):
    monkeypatch.setattr(limits, "SAVES_A_MINUTE", 2)
    assert [save(f"Words {turn}", turn).status_code for turn in (1, 2)] == [200, 200]

    quiet = save("Words 3", 3)
    plain = client.post(reverse("writing:edit", args=[story.pk]), sent(story, title="Typed words"))

    assert (quiet.status_code, plain.status_code) == (429, 429)
    assert 0 < int(quiet["Retry-After"]) <= 60
    assert "Nothing is lost" in quiet.json()["message"]
    assert "Typed words" in plain.content.decode()
    assert kept(story)[0] == "Words 2"


def test_limit_of_saves_is_beyond_what_pages_send():
    every_second_in_three_tabs = 3 * 60

    assert every_second_in_three_tabs < limits.SAVES_A_MINUTE


@pytest.mark.parametrize("button", ["Save what I sent instead", "Save both, what I sent below"])
def test_choice_after_a_conflict_is_the_same_turn_of_the_same_page(save, story, client, button):
    save("Another page", 1, page=OTHER_PAGE)
    form = sent(story, title="Mine", page=PAGE, turn=3)
    page = client.post(reverse("writing:edit", args=[story.pk]), form).content.decode()

    (choice,) = [part for part in page.split("<form") if button in part]

    assert f'name="page" value="{PAGE}"' in choice
    assert 'name="turn" value="3"' in choice
