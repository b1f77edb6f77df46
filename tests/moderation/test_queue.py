"""The queue: who waits, since when, with what; seen by editors alone."""

from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from stories.models import Claim
from tests.stories import make_waiting

QUEUE = "/moderation/"


def test_queue_shows_who_waits_since_when_and_how_long_the_text_is(client, author, editor):
    now = timezone.now()
    make_waiting(author, at=now - timedelta(hours=3), body="<p>" + "word " * 1042 + "</p>")
    client.force_login(editor)

    page = client.get(QUEUE)

    assert page.status_code == 200
    html = page.content.decode()
    for words in (
        "One story is waiting",
        "The bakery that would not grow",
        "Asha Rao",
        "first story",
        "1,042 words",
        "6 min",
        "Work",
        "3\xa0hours",
    ):
        assert words in html


def test_queue_is_not_found_by_anybody_else(client, author, reader):
    for person in (None, author, reader):
        client.logout()
        if person:
            client.force_login(person)
        assert client.get(QUEUE).status_code == 404
        assert client.post(reverse("moderation:next"), {"key": uuid4()}).status_code == 404


def test_take_next_claims_once_for_a_form_sent_twice(client, author, editor):
    submission = make_waiting(author)
    make_waiting(author)
    client.force_login(editor)
    key = uuid4()

    first = client.post(reverse("moderation:next"), {"key": key})
    second = client.post(reverse("moderation:next"), {"key": key})

    assert first.url == second.url == reverse("moderation:review", args=[submission.pk])
    assert Claim.objects.count() == 1
