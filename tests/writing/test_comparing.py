"""The texts of a story in its history: any two compared, any one restored, by its author alone."""

from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from stories.models import Story
from stories.workflow.claiming import claim
from stories.workflow.submitting import submit
from stories.writing.versions import PAGE, versions_of
from tests.stories import change_draft, make_draft, make_published, make_waiting

NOW = timezone.now()


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def grown(author, number: int) -> Story:
    """A story with a submitted text and `number` saved ones."""
    story = make_waiting(author, at=NOW - timedelta(hours=9), title="Text 0").story
    for place in range(1, number + 1):
        change_draft(story, at=NOW - timedelta(hours=9) + timedelta(minutes=6 * place), title=f"Text {place}")
    return Story.objects.select_related("draft", "published_revision").get(pk=story.pk)


def address(story: Story, before: str = "", after: str = "") -> str:
    asked = "&".join(f"{name}={key}" for name, key in (("before", before), ("after", after)) if key)
    return f"{reverse('writing:compare', args=[story.pk])}?{asked}"


def text_of(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def test_history_lists_every_text_once_newest_first_however_many(author):
    story = grown(author, 2 * PAGE + 5)
    found, cursor = [], ""

    while True:
        page = versions_of(story, cursor=cursor)
        found += page.items
        cursor = page.next_cursor
        if not cursor:
            break

    assert [version.title for version in found[:3]] == ["Text 45", "Text 44", "Text 43"]
    assert len(found) == len({version.key for version in found}) == 2 + 45
    assert [version.key for version in found if not version.key.startswith("saved")] == ["now", "revision-1"]
    assert [version.at for version in found] == sorted((version.at for version in found), reverse=True)
    assert [version.earlier for version in found[: PAGE - 1]] == [version.key for version in found[1:PAGE]]


def test_texts_of_one_moment_are_all_listed(author):
    story = grown(author, PAGE + 9)
    story.saved_texts.update(saved_at=NOW - timedelta(hours=9))

    first = versions_of(story)
    second = versions_of(story, cursor=first.next_cursor)

    assert len({version.key for version in (*first.items, *second.items)}) == 2 + PAGE + 9


@pytest.mark.parametrize("cursor", ["x", "0.0.0", "fffffffffffffff.1.1", "1.2.3", "-1.0.1"])
def test_cursor_that_nobody_gave_out_leads_somewhere(desk, author, cursor):
    story = grown(author, 1)

    assert desk.get(reverse("writing:history", args=[story.pk]), {"page": cursor}).status_code == 200


def test_two_texts_are_compared_the_older_first(desk, author):
    story = grown(author, 1)

    one = desk.get(address(story, "revision-1", "now"))
    other = desk.get(address(story, "now", "revision-1"))

    assert one.context["comparison"] == other.context["comparison"]
    assert "FromRevision 1, submitted" in text_of(one)
    assert "Text [removed: 0][added: 1]" in text_of(one)


def test_published_story_shows_what_would_change_for_readers(desk, author, editor):
    story = make_published(author, editor=editor, body="<p>Lit at <a href='https://a.example/'>two</a>.</p>")
    change_draft(story, body="<p>Lit at <a href='https://b.example/'>two</a>.</p>")

    page = desk.get(address(story))

    assert page.context["before"].what == "What readers see"
    assert "Readers keep the published text until an editor has approved the new one." in text_of(page)
    assert "Leads elsewhere now: two [removed: https://a.example/][added: https://b.example/]" in text_of(
        page
    )
    for place in (reverse("writing:edit", args=[story.pk]), reverse("writing:stories")):
        assert f'href="{address(story)[:-1]}"' in desk.get(place).content.decode()


def test_published_story_without_a_change_offers_no_comparison(desk, author, editor):
    story = make_published(author, editor=editor)

    for place in (reverse("writing:edit", args=[story.pk]), reverse("writing:stories")):
        assert address(story)[:-1] not in desk.get(place).content.decode()
    assert "The two texts are the same" in text_of(desk.get(address(story)))


def test_story_that_is_new_is_compared_with_itself(desk, author):
    assert "The two texts are the same" in text_of(desk.get(address(make_draft(author))))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("revision-9", "now"),
        ("now", "saved-999999999"),
        ("saved-99999999999999999999", ""),
        ("published", ""),
        ("x", "y"),
    ],
)
def test_text_that_is_not_there_is_not_found(desk, author, before, after):
    assert desk.get(address(make_draft(author), before, after)).status_code == 404


def test_texts_of_another_story_are_not_found(desk, author, other_author):
    mine, theirs = grown(author, 1), grown(other_author, 1)
    text = theirs.saved_texts.get()

    assert desk.get(address(mine, f"saved-{text.pk}")).status_code == 404
    assert (
        desk.post(reverse("writing:restore", args=[mine.pk]), {"text": f"saved-{text.pk}"}).status_code == 404
    )


def test_text_is_restored_and_the_restoring_undone(desk, author):
    story = grown(author, 1)
    restore = reverse("writing:restore", args=[story.pk])

    answer = desk.post(restore, {"text": "revision-1"}, follow=True)
    story.draft.refresh_from_db()
    assert story.draft.title == "Text 0"
    assert "What stood there is in the history" in text_of(answer)

    desk.post(restore, {"text": f"saved-{story.saved_texts.get(why='replaced').pk}"})
    story.draft.refresh_from_db()
    assert story.draft.title == "Text 1"


def test_restoring_twice_acts_once(desk, author):
    story = grown(author, 1)
    restore = reverse("writing:restore", args=[story.pk])

    desk.post(restore, {"text": "revision-1"})
    second = desk.post(restore, {"text": "revision-1"}, follow=True)

    assert "Your draft is this text already" in text_of(second)
    assert Story.objects.get(pk=story.pk).draft.version == 3


def test_nothing_is_restored_while_an_editor_reads(desk, author, editor):
    story = grown(author, 1)
    claim(submit(story, by=author), by=editor, key=uuid4())

    history = desk.get(reverse("writing:history", args=[story.pk]))
    answer = desk.post(reverse("writing:restore", args=[story.pk]), {"text": "revision-1"}, follow=True)

    assert 'name="text"' not in history.content.decode()
    assert "An editor is reading this story" in text_of(answer)
    story.draft.refresh_from_db()
    assert story.draft.title == "Text 1"


@pytest.mark.parametrize("number", [1, 30])
def test_comparison_takes_the_same_queries_for_one_text_and_for_thirty(
    desk, author, number, django_assert_num_queries
):
    story = grown(author, number)

    with django_assert_num_queries(8):
        desk.get(address(story, "revision-1", "now"))
    with django_assert_num_queries(18):
        desk.get(reverse("writing:history", args=[story.pk]))


def test_strangers_compare_and_restore_nothing(client, author, other_author, editor):
    story = grown(author, 1)

    assert client.get(address(story)).url.startswith("/accounts/login/")
    for member in (other_author, editor):
        client.force_login(member)
        assert client.get(address(story, "revision-1")).status_code == 404
        assert client.get(reverse("writing:history", args=[story.pk])).status_code == 404
        assert (
            client.post(reverse("writing:restore", args=[story.pk]), {"text": "revision-1"}).status_code
            == 404
        )
    story.draft.refresh_from_db()
    assert story.draft.title == "Text 1"
