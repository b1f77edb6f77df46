"""Who comes second at the desk: told why nothing was done and who was first, with the words still there."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from stories.models import Correction, Disclaimer, Event, Rewording, SecondReading
from stories.workflow.correcting import MOST
from stories.workflow.disclaiming import offered_versions, write_version
from stories.workflow.publishing import remove
from tests.cast import Role, make_member
from tests.moderation.conftest import Desk
from tests.stories import make_published, make_reply

WORDS = "Words that took me an hour."


@pytest.fixture
def story(author, editor):
    return make_published(author, editor=editor)


@pytest.fixture
def other_chief(db) -> User:
    return make_member("olga-chief", "Olga Chief", role=Role.CHIEF_EDITOR)


def test_story_is_put_back_once_and_the_slower_is_told_by_whom(
    desk, other_desk, story, other_editor, reason, chief_editor
):
    remove(story, by=chief_editor, reason=reason, note="It sells.")

    first = desk.post("restore", story.pk, note="It does not.")
    second = other_desk.post("restore", story.pk, note=WORDS)
    twice = desk.post("restore", story.pk, note="It does not.")

    assert (first.status_code, second.status_code, twice.status_code) == (302, 409, 302)
    page = second.content.decode()
    assert "Esther Thomas put the story back on the public pages." in page
    assert WORDS in page
    assert Event.objects.filter(action="restore").count() == 1


def test_correction_for_which_there_is_no_room_is_not_lost(desk, story, editor):
    now = timezone.now()
    Correction.objects.bulk_create(
        Correction(story=story, text="So.", by=editor, at=now, key=uuid4()) for _ in range(MOST)
    )

    full = desk.post("correct", story.pk, key=uuid4(), text=WORDS)

    assert full.status_code == 409
    assert full.context["correction_form"]["text"].value() == WORDS


def test_disclaimer_is_changed_over_a_colleagues_only_when_that_was_seen(desk, other_desk, story):
    offered = {version.disclaimer.key: version.pk for version in offered_versions("en")}
    seen = other_desk.get("published", story.pk).context["disclaimer_form"]["up_to"].value()
    desk.post("published_disclaimer", story.pk, disclaimer=offered["opinion"], note="Hers.", up_to=seen)
    sent = {"disclaimer": offered["paid"], "note": WORDS}

    stale = other_desk.post("published_disclaimer", story.pk, **sent, up_to=seen)
    form = stale.context["disclaimer_form"]
    again = other_desk.post("published_disclaimer", story.pk, **sent, up_to=form["up_to"].value())

    assert (stale.status_code, again.status_code) == (409, 302)
    assert form["note"].value() == WORDS
    assert "Esther Thomas gave it another disclaimer: “Hers.”" in stale.content.decode()


def test_second_reading_is_kept_once_and_the_slower_keeps_the_words(
    other_desk, chief_desk, story, other_editor
):
    decision = story.submissions.get().decisions.get()
    reading = SecondReading.objects.create(decision=decision, chosen_at=timezone.now())

    first = other_desk.post("read_again", reading.pk, verdict="approve", words="Good.")
    second = chief_desk.post("read_again", reading.pk, verdict="return", words=WORDS)
    twice = other_desk.post("read_again", reading.pk, verdict="approve", words="Good.")

    assert (first.status_code, second.status_code, twice.status_code) == (302, 409, 302)
    assert "A colleague has read this a second time already." in second.content.decode()
    assert WORDS in second.content.decode()
    assert "Farid Ahmed" not in second.content.decode()
    reading.refresh_from_db()
    assert (reading.reader, reading.words) == (other_editor, "Good.")


def test_newer_words_are_ordered_once_and_the_slower_keeps_the_reason(
    chief_desk, other_chief, story, chief_editor
):
    newest = write_version(
        Disclaimer.objects.get(key="community"),
        by=chief_editor,
        language="en",
        label="Ours",
        text="Newer words.",
    )
    sent = {"version": newest.pk, "note": WORDS}

    first = chief_desk.post("reword", "community", "en", **{**sent, "note": "They are plainer."})
    second = Desk(other_chief).post("reword", "community", "en", **sent)
    twice = chief_desk.post("reword", "community", "en", **sent)

    assert (first.status_code, second.status_code, twice.status_code) == (302, 409, 302)
    assert "This was ordered already" in second.content.decode()
    assert "Charu Sen" in second.content.decode()
    assert WORDS in second.content.decode()
    assert Rewording.objects.get().note == "They are plainer."


@pytest.mark.parametrize(
    ("show", "write", "part", "words"),
    [
        ("disclaimer", "write_disclaimer", "community", {"label": "Ours", "text": WORDS}),
        ("reason", "write_reason", "advertising", {"label": "Ads", "text": WORDS, "remedy": "Leave it out."}),
    ],
)
def test_next_version_is_written_over_a_colleagues_only_when_that_was_seen(
    chief_desk, other_chief, show, write, part, words
):
    other_desk = Desk(other_chief)
    seen = other_desk.get(show, part).context["form"]["up_to"].value()
    chief_desk.post(write, part, language="en", **{**words, "text": "Hers."}, up_to=seen)

    stale = other_desk.post(write, part, language="en", **words, up_to=seen)
    form = stale.context["form"]
    again = other_desk.post(write, part, language="en", **words, up_to=form["up_to"].value())

    assert (stale.status_code, again.status_code) == (409, 302)
    assert form["text"].value() == WORDS
    assert "Newer words were written since you opened this page." in stale.content.decode()
    assert 'by <span dir="auto">Charu Sen</span>' in stale.content.decode()


def test_reply_for_all_is_changed_over_a_colleagues_only_when_that_was_seen(
    chief_desk, other_chief, chief_editor
):
    reply, other_desk = make_reply(chief_editor), Desk(other_chief)
    seen = other_desk.get("reply", reply.pk).context["form"]["up_to"].value()
    chief_desk.post("reply", reply.pk, name="Thanks", language="en", text="Hers.", up_to=seen)
    sent = {"name": "Thanks", "language": "en", "text": WORDS}

    stale = other_desk.post("reply", reply.pk, **sent, up_to=seen)
    again = other_desk.post("reply", reply.pk, **sent, up_to=stale.context["form"]["up_to"].value())

    assert (stale.status_code, again.status_code) == (409, 302)
    page = stale.content.decode()
    assert "Charu Sen changed this reply since you opened this page." in page
    assert "Hers." in page
    assert WORDS in page
    reply.refresh_from_db()
    assert reply.text == WORDS
