"""History and preview: what their author sees, and nobody else."""

import pytest
from django.urls import reverse

from stories.models import Reason
from tests.stories import change_draft, make_declined, make_draft, make_returned


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def test_history_tells_rounds_decisions_and_events_in_words(desk, author, editor):
    submission = make_returned(author, editor=editor, note="Say more about the oven.")

    page = desk.get(reverse("writing:history", args=[submission.story_id])).content.decode()

    assert "Say more about the oven." in page
    assert "round 1, revision 1" in page
    assert submission.revision.sha256[:10] in page
    for words in (
        "You submitted it",
        "Esther Thomas began to read it",
        "Esther Thomas sent it back with what to change",
    ):
        assert words in page


def test_history_names_the_reason_of_a_decline(desk, author, editor):
    reason = Reason.objects.first()
    submission = make_declined(author, editor=editor, reason=reason)

    page = desk.get(reverse("writing:history", args=[submission.story_id])).content.decode()

    assert reason.label in page


@pytest.mark.parametrize("number", [1, 3])
def test_history_takes_the_same_queries_for_one_and_for_three(
    desk, author, editor, number, django_assert_num_queries
):
    story = make_returned(author, editor=editor).story
    for count in range(number - 1):
        change_draft(story, title=f"Title {count}")
        desk.post(reverse("writing:submit", args=[story.pk]))

    desk.get(reverse("writing:history", args=[story.pk]))  # takes what was said of the submissions
    with django_assert_num_queries(18):
        desk.get(reverse("writing:history", args=[story.pk]))


def test_preview_shows_the_draft_as_readers_would_see_it(desk, author):
    story = make_draft(author, title="یہ", language="ur", body="<h2>Flour</h2><p>Two winters.</p>")

    answer = desk.get(reverse("writing:preview", args=[story.pk]))

    page = answer.content.decode()
    assert 'lang="ur" dir="rtl"' in page
    assert "The views and writings here reflect that of the author" in page
    assert 'flour">Flour</h2>' in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["history", "preview"])
def test_strangers_editors_and_anonymous_do_not_find_it(client, author, other_author, editor, name):
    story = make_draft(author)
    address = reverse(f"writing:{name}", args=[story.pk])

    assert client.get(address).url == f"/accounts/login/?next={address}"
    for member in (other_author, editor):
        client.force_login(member)
        assert client.get(address).status_code == 404
