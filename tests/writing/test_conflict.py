"""Two texts of one story: both are shown and kept, and each difference is chosen or one is taken whole."""

from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from stories.models import Story
from stories.workflow.claiming import claim
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_draft
from tests.writing.test_saving import sent

FIRST = "<p>Lit at two in the night.</p><p>Only saved.</p><h2>Flour</h2>"
SECOND = "<p>Lit at three in the night.</p><h2>Flour</h2><p>Only sent &amp; new.</p>"


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def page(desk, story, topics):
    """What the second tab gets after the first one has saved."""
    form = sent(story, title="From the second tab", body=SECOND, tags="night")
    change_draft(story, title="From the first tab", body=FIRST, summary="Short.")
    return desk.post(reverse("writing:edit", args=[story.pk]), form)


def answers(page, **chosen: str) -> dict[str, object]:
    return {
        "version": page.context["draft"].version,
        "offered": page.context["offered"].pk,
        "take": "chosen",
        **chosen,
    }


def saved(desk, story: Story, form: dict[str, object]) -> Story:
    answer = desk.post(reverse("writing:settle", args=[story.pk]), form)
    assert answer.url == reverse("writing:edit", args=[story.pk])
    return Story.objects.select_related("draft").get(pk=story.pk)


def test_second_tab_is_shown_both_texts_and_overwrites_nothing(page, story):
    shown = unescape(strip_tags(page.content.decode()))

    assert page.status_code == 409
    for words in ("first", "second", "Only saved.", "Only sent & new.", "They differ in 6 places"):
        assert words in shown
    story.draft.refresh_from_db()
    assert story.draft.title == "From the first tab"


def test_what_was_sent_is_in_the_history_at_once_and_once(page, desk, story):
    form = sent(story, version=0, title="From the second tab", body=SECOND, tags="night")

    desk.post(reverse("writing:edit", args=[story.pk]), form)

    (aside,) = story.saved_texts.filter(why="aside")
    assert (aside.title, aside.body, aside.tags) == ("From the second tab", SECOND, ["night"])


def test_usual_choice_leaves_no_word_out(page, desk, story):
    draft = saved(desk, story, answers(page)).draft

    assert (
        draft.body
        == "<p>Lit at three in the night.</p><p>Only saved.</p><h2>Flour</h2><p>Only sent &amp; new.</p>"
    )
    assert (draft.title, draft.tags, draft.summary) == ("From the second tab", ["night"], "")


def test_each_difference_is_chosen(page, desk, story):
    chosen = {
        "field-title": "first",
        "field-summary": "first",
        "block-0": "both",
        "block-1": "neither",
        "block-2": "neither",
    }

    draft = saved(desk, story, answers(page, **chosen)).draft

    assert draft.body == "<p>Lit at two in the night.</p><p>Lit at three in the night.</p><h2>Flour</h2>"
    assert (draft.title, draft.summary, draft.tags) == ("From the first tab", "Short.", ["night"])


@pytest.mark.parametrize(("take", "body"), [("offered", SECOND), ("both", f"{FIRST}<hr>{SECOND}")])
def test_one_is_taken_whole_or_both_are(page, desk, story, take, body):
    draft = saved(desk, story, answers(page, take=take)).draft

    assert (draft.title, draft.body) == ("From the second tab", body)


def test_both_texts_are_in_the_history_after_the_choice(page, desk, story):
    saved(desk, story, answers(page))

    kept = dict(story.saved_texts.values_list("why", "title"))
    assert kept == {"aside": "From the second tab", "replaced": "From the first tab"}


def test_choice_sent_twice_acts_once(page, desk, story):
    version = saved(desk, story, answers(page)).draft.version
    again = desk.post(reverse("writing:settle", args=[story.pk]), answers(page))

    assert again.status_code == 409
    story.draft.refresh_from_db()
    assert story.draft.version == version


def test_third_save_meanwhile_is_asked_for_anew(page, desk, story):
    change_draft(story, title="A third one")

    again = desk.post(reverse("writing:settle", args=[story.pk]), answers(page))

    assert again.status_code == 409
    assert "so the choice is asked again" in again.content.decode()
    assert again.context["draft"].title == "A third one"
    assert again.context["offered"].title == "From the second tab"


def test_nothing_is_settled_while_an_editor_reads(page, desk, story, author, editor):
    claim(submit(story, by=author), by=editor, key=uuid4())

    refused = desk.post(reverse("writing:settle", args=[story.pk]), answers(page))

    assert refused.status_code == 409
    assert "An editor is reading this story" in refused.content.decode()
    assert 'name="take"' not in refused.content.decode()
    story.draft.refresh_from_db()
    assert story.draft.title == "From the first tab"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"version": "x"},
        {"version": 1, "offered": 10**12, "take": "chosen"},
        {"version": 1, "offered": 1, "take": "all"},
    ],
)
def test_form_that_makes_no_sense_changes_nothing(page, desk, story, form):
    answer = desk.post(reverse("writing:settle", args=[story.pk]), form)

    assert answer.url == reverse("writing:edit", args=[story.pk])
    story.draft.refresh_from_db()
    assert story.draft.title == "From the first tab"


def test_text_of_another_story_is_not_taken(page, desk, story, author):
    other = make_draft(author, title="Another story")

    answer = desk.post(reverse("writing:settle", args=[other.pk]), answers(page, version=1))

    assert answer.status_code == 302
    other.draft.refresh_from_db()
    assert other.draft.title == "Another story"


def test_stranger_settles_nothing(page, client, story, other_author, editor):
    for member in (other_author, editor):
        client.force_login(member)
        assert client.post(reverse("writing:settle", args=[story.pk]), answers(page)).status_code == 404
    story.draft.refresh_from_db()
    assert story.draft.title == "From the first tab"
