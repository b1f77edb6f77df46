"""A correction above a published story: on its page, in feeds and structured data, for good, and its author is told."""

import json
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from stories.models import Correction, Event, Notice, Reason
from stories.status import AlreadyThere, Incomplete, NotAllowed, WrongState
from stories.workflow.correcting import correct
from stories.workflow.publishing import remove
from tests.moderation.conftest import Desk
from tests.stories import make_published, make_waiting

TEXT = "The bakery opened in 1987 <b>, not</b> in 1978."
DAY = datetime(2031, 3, 4, 12, tzinfo=UTC)


def test_readers_see_it_with_its_day_wherever_the_story_goes(author, editor):
    story = make_published(author, editor=editor)

    correct(story, by=editor, text=TEXT, key=uuid4(), at=DAY)
    correct(story, by=editor, text="Her name is Asha.", key=uuid4(), at=DAY.replace(day=5))

    client = Client()
    page = client.get(story.path).content.decode()
    body = page[page.index("<article") :]
    first, second = (
        body.index('Correction, <time datetime="2031-03-04">March 4, 2031'),
        body.index("March 5, 2031"),
    )
    assert first < second < body.index("<h1>")
    assert "1987 &lt;b&gt;, not&lt;/b&gt; in 1978." in body
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.S)[1])
    assert data["correction"] == [
        {"@type": "CorrectionComment", "text": TEXT, "datePublished": "2031-03-04T12:00:00+00:00"},
        {
            "@type": "CorrectionComment",
            "text": "Her name is Asha.",
            "datePublished": "2031-03-05T12:00:00+00:00",
        },
    ]
    assert data["dateModified"] == "2031-03-05T12:00:00+00:00"
    item = client.get("/feed/json/").json()["items"][0]
    assert "Correction, March 4, 2031." in item["content_html"]
    assert "1987 &lt;b&gt;" in item["content_html"]
    assert item["date_modified"] == "2031-03-05T12:00:00+00:00"
    for feed in ("/feed/", "/feed/rss/"):
        assert "Correction, March 5, 2031." in client.get(feed).content.decode()


def test_it_is_an_event_and_its_author_is_told_once(author, editor):
    story, key = make_published(author, editor=editor), uuid4()

    correct(story, by=editor, text=TEXT, key=key)
    with pytest.raises(AlreadyThere):
        correct(story, by=editor, text=TEXT, key=key)

    assert Event.objects.get(action="correct").note == TEXT
    notice = Notice.objects.get(kind="correct")
    assert (notice.recipient, TEXT in notice.text) == (author, True)
    assert Correction.objects.count() == 1


def test_who_wrote_it_or_reads_only_does_not_correct_and_nothing_unpublished_is(
    author, editor, reader, other_editor
):
    story = make_published(author, editor=editor)
    waiting = make_waiting(author).story
    gone = make_published(author, editor=editor)
    remove(gone, by=editor, reason=Reason.objects.first(), note="It sells.")

    for refused, of, by, text in (
        (NotAllowed, story, author, TEXT),
        (NotAllowed, story, reader, TEXT),
        (NotAllowed, make_published(other_editor, editor=editor), other_editor, TEXT),
        (WrongState, waiting, editor, TEXT),
        (WrongState, gone, editor, TEXT),
        (Incomplete, story, editor, " "),
        (Incomplete, story, editor, "x" * 1001),
    ):
        with pytest.raises(refused):
            correct(of, by=by, text=text, key=uuid4())
    assert not Correction.objects.exists()


def test_database_keeps_it_as_it_was_said(author, editor):
    story = make_published(author, editor=editor)
    correct(story, by=editor, text=TEXT, key=uuid4())
    rows = Correction.objects.all()

    def refusal(write) -> str:
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            write()
        return refused.value.__cause__.diag.constraint_name

    def add(**columns) -> None:
        Correction.objects.create(
            **{"story": story, "by": editor, "text": TEXT, "at": DAY, "key": uuid4(), **columns}
        )

    assert refusal(lambda: rows.update(text="Nothing was wrong.")) == "append_only"
    assert refusal(lambda: rows._raw_delete("default")) == "append_only"
    assert refusal(lambda: add(story=make_waiting(author).story)) == "correction_is_of_a_published_story"
    assert refusal(lambda: add(by=author)) == "correction_is_not_by_author"


def test_an_editor_adds_it_on_the_page_of_the_published_story(author, editor):
    story, desk = make_published(author, editor=editor), Desk(editor)

    assert desk.post("correct", story.pk, key=uuid4(), text=" ").status_code == 422
    assert desk.post("correct", story.pk, key=uuid4(), text=TEXT).status_code == 302

    page = desk.get("published", story.pk).content.decode()
    assert "The correction stands above the story. Its author is told." in page
    assert "1987 &lt;b&gt;, not&lt;/b&gt; in 1978." in page
    assert "Change" not in page[page.index('id="corrections"') : page.index('id="remove"')]
