"""A wished publishing time goes with a submission, and the editor's form begins with it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from stories.models import Submission
from stories.status import AlreadyThere, Incomplete
from stories.workflow.claiming import claim
from stories.workflow.submitting import Wish, submit
from tests.stories import change_draft, make_draft, make_waiting

NOW = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
WISHED = NOW + timedelta(days=10)


@pytest.mark.parametrize("wished", [NOW - timedelta(days=1), NOW, NOW + timedelta(days=367)])
def test_wish_for_the_past_or_for_years_ahead_is_refused(author, wished):
    story = make_draft(author)

    with pytest.raises(Incomplete) as refused:
        submit(story, by=author, wish=Wish(wished), at=NOW)

    assert refused.value.field == "wished_for"
    assert not Submission.objects.exists()


def test_wish_stays_until_another_is_made_or_it_is_taken_back(author):
    story = make_draft(author)

    submit(story, by=author, wish=Wish(WISHED), at=NOW)
    change_draft(story, body="<p>Newer.</p>")
    assert submit(story, by=author, at=NOW).wished_for == WISHED
    with pytest.raises(AlreadyThere):
        submit(story, by=author, wish=Wish(WISHED), at=NOW)
    assert submit(story, by=author, wish=Wish(None), at=NOW).wished_for is None

    assert [event.action for event in story.events.order_by("id")] == ["submit", "replace", "wish"]


def form_of(story, **fields):
    draft = story.draft
    draft.refresh_from_db()
    return {
        "version": draft.version, "markup": "html", "title": draft.title, "body": draft.body, "language": "en",
        "topics": draft.topics, "action": "submit", **fields,
    }  # fmt: skip


def test_author_wishes_in_the_sites_time_and_sees_it_again(client, author):
    client.force_login(author)
    story = make_draft(author)
    address = reverse("writing:edit", args=[story.pk])
    day = timezone.localdate() + timedelta(days=9)

    client.post(address, form_of(story, wished_for=f"{day}T07:30"))

    wished = Submission.objects.get().wished_for
    assert timezone.localtime(wished).isoformat() == f"{day}T07:30:00+05:30"
    assert f'value="{day}T07:30"' in client.get(address).content.decode()


@pytest.mark.parametrize("typed", ["tomorrow", "2020-01-01T10:00", "9999-12-31T23:59"])
def test_wish_that_cannot_be_is_said_with_the_draft_saved(client, author, typed):
    client.force_login(author)
    story = make_draft(author)

    answer = client.post(
        reverse("writing:edit", args=[story.pk]), form_of(story, title="Newer", wished_for=typed)
    )

    assert answer.status_code == 400
    assert "Your draft is saved, but not submitted yet" in answer.content.decode()
    assert f'value="{typed}"' in answer.content.decode()
    story.draft.refresh_from_db()
    assert story.draft.title == "Newer"
    assert not Submission.objects.exists()


def test_editors_form_begins_with_the_wish_while_it_is_to_come(client, author, editor):
    wished = timezone.now().replace(microsecond=0) + timedelta(days=3)
    held = claim(make_waiting(author), by=editor, key=uuid4())
    client.force_login(editor)
    address = reverse("moderation:review", args=[held.submission_id])
    typed = f'value="{timezone.localtime(wished):%Y-%m-%dT%H:%M}"'

    assert "Wished for" not in client.get(address).content.decode()
    Submission.objects.update(wished_for=wished)
    page = client.get(address).content.decode()
    Submission.objects.update(wished_for=timezone.now() - timedelta(days=1))
    late = client.get(address).content.decode()

    assert "Wished for" in page
    assert "Wished for" in late
    assert typed in page
    assert 'name="publish_at" value' not in late
