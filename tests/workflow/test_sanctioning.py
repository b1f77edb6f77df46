"""Warnings and suspensions: a reason, a length and an end; what stays allowed, who is told, who looks again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from stories.models import Event, Notice, Reason, Sanction, Story
from stories.moderation.records import records_of
from stories.status import AlreadyThere, Incomplete, NotAllowed, StoryState, WrongState
from stories.workflow.drafting import save_draft
from stories.workflow.publishing import publish_again, unlist
from stories.workflow.sanctioning import (
    answer_suspension,
    appeal_suspension,
    end_suspensions,
    suspend,
    warn,
)
from stories.workflow.submitting import submit
from tests.models.test_guards import attack
from tests.stories import make_coauthor, make_content, make_draft, make_published

NOTE = "Three times you sold something under another name."


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="advertising")


@pytest.fixture
def story(author, editor) -> Story:
    return make_published(author, editor=editor)


@pytest.fixture
def suspended(story, author, editor, reason) -> Sanction:
    return suspend(author, story, by=editor, reason=reason, note=NOTE, days=7, key=uuid4())


def test_warning_takes_nothing_and_stands_in_the_record(story, author, editor, reason, other_author):
    make_coauthor(story, other_author)
    Notice.objects.all().delete()

    key = uuid4()
    warn(author, story, by=editor, reason=reason, note=NOTE, key=key)
    warn(author, story, by=editor, reason=reason, note=NOTE, key=key)

    assert (Sanction.objects.count(), records_of([author.pk])[author.pk].warned) == (1, 1)
    told = Notice.objects.get()
    assert (told.recipient, NOTE in told.text) == (author, True)
    submit(make_draft(author, title="Another"), by=author)


def test_suspended_member_writes_and_reads_but_neither_submits_nor_publishes(suspended, author, editor):
    draft = make_draft(author, title="Another")
    draft.draft.refresh_from_db()
    save_draft(draft, make_content(title="Changed"), by=author, version=draft.draft.version)
    unlist(suspended.story, by=author)

    with pytest.raises(WrongState, match="You are suspended until"):
        submit(draft, by=author)
    with pytest.raises(WrongState, match="You are suspended until"):
        publish_again(suspended.story, by=author)

    assert Story.objects.get(pk=suspended.story_id).state == StoryState.UNLISTED
    told = attack(
        """INSERT INTO stories_event (story_id, action, machine, from_state, to_state, note, data, at, actor_id)
        VALUES (%s, 'submit', '', '', '', '', '{}', now(), %s)""",
        draft.pk,
        author.pk,
    )
    assert told == "suspended_member_waits"
    text = Notice.objects.filter(recipient=author).latest("id").text
    for said in (NOTE, "/writing/conduct/", "ends by itself", "A person decided."):
        assert said in text


def test_suspension_ends_by_itself_with_or_without_the_clock(suspended, author):
    later = suspended.ends_at + timedelta(minutes=1)

    submit(make_draft(author, title="Another"), by=author, at=later)
    assert (end_suspensions(at=timezone.now()), end_suspensions(at=later), end_suspensions(at=later)) == (
        0,
        1,
        0,
    )

    suspended.refresh_from_db()
    assert (suspended.end, Event.objects.filter(action="end_suspension").count()) == ("over", 1)
    assert Notice.objects.filter(recipient=author).latest("id").subject == "You can submit and publish again"


def test_somebody_else_answers_the_appeal_and_upheld_it_lifts(
    suspended, author, editor, other_editor, reader
):
    with pytest.raises(NotAllowed):
        appeal_suspension(suspended, "No.", by=reader)
    given = appeal_suspension(suspended, "It was my sister's shop.", by=author)
    with pytest.raises(AlreadyThere):
        appeal_suspension(suspended, "Once more.", by=author)
    for who in (editor, author, reader):
        with pytest.raises(NotAllowed):
            answer_suspension(given, by=who, is_upheld=True, answer="Yes.")
    told = attack(
        """UPDATE stories_sanction SET answer = 'Yes.', is_upheld = true, answered_by_id = %s, answered_at = now()
        WHERE id = %s""",
        editor.pk,
        given.pk,
    )
    assert told == "sanction_is_answered_by_another"

    answer_suspension(given, by=other_editor, is_upheld=True, answer="You are right.")

    given.refresh_from_db()
    assert (given.end, records_of([author.pk])[author.pk].suspended) == ("lifted", 0)
    submit(make_draft(author, title="Another"), by=author)
    with pytest.raises(AlreadyThere):
        answer_suspension(given, by=other_editor, is_upheld=False, answer="No.")


def test_nobody_suspends_themselves_a_colleague_or_somebody_who_did_not_write_it(
    story, author, editor, other_editor, reader, reason
):
    for who, whom in ((author, author), (editor, other_editor), (editor, reader), (reader, author)):
        with pytest.raises(NotAllowed):
            suspend(whom, story, by=who, reason=reason, note=NOTE, days=3, key=uuid4())
    for days in (None, 0, 400):
        with pytest.raises(Incomplete):
            suspend(author, story, by=editor, reason=reason, note=NOTE, days=days, key=uuid4())


def test_database_keeps_the_words_the_length_and_the_end(suspended):
    change = "UPDATE stories_sanction SET {} WHERE id = %s"

    assert attack(change.format("ends_at = now() + interval '1 year'"), suspended.pk) == "sanction_stays"
    assert attack(change.format("note = 'x'"), suspended.pk) == "sanction_stays"
    early = change.format("ended_at = now(), \"end\" = 'over'")
    assert attack(early, suspended.pk) == "suspension_ends_in_its_time"
    assert attack("DELETE FROM stories_sanction WHERE id = %s", suspended.pk) == "sanction_stays"


def test_pages_of_the_desk_and_of_the_member_lead_through_it(story, author, editor, other_editor, reason):
    desk, other, mine = Client(), Client(), Client()
    for client, who in ((desk, editor), (other, other_editor), (mine, author)):
        client.force_login(who)
    page = f"/moderation/members/{author.username}/"
    sent = {"kind": "suspension", "story": story.pk, "reason": reason.pk, "note": NOTE, "key": uuid4()}

    assert desk.post(f"{page}sanction/", sent).status_code == 422
    assert desk.post(f"{page}sanction/", {**sent, "days": 7}).status_code == 302
    given = Sanction.objects.get()
    assert "You are suspended" in mine.get("/writing/").content.decode()
    assert NOTE in mine.get("/writing/conduct/").content.decode()
    assert mine.post(f"/writing/conduct/{given.pk}/appeal/", {"text": ""}).status_code == 422
    assert mine.post(f"/writing/conduct/{given.pk}/appeal/", {"text": "No!"}).status_code == 302
    assert "Send the answer" not in desk.get(page).content.decode()
    assert "Send the answer" in other.get(page).content.decode()
    answered = other.post(f"{page}appeals/{given.pk}/", {"decision": "uphold", "answer": "You are right."})
    assert answered.status_code == 302
    assert "You are right." in mine.get("/writing/conduct/").content.decode()
    assert mine.get(page).status_code == 404
    assert other.post(f"/writing/conduct/{given.pk}/appeal/", {"text": "No!"}).status_code == 404
