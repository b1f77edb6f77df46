"""The notes beside an author's text: seen once they are sent, answered, and other words taken or refused."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from stories.models import Message, Note, Notice, Story
from stories.workflow import noting
from stories.workflow.claiming import claim
from stories.workflow.deciding import return_to_author
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_claimed, make_coauthor, make_note, read


def client_of(member: User) -> Client:
    client = Client()
    client.force_login(member)
    return client


def address(name: str, note: Note, *parts: object) -> str:
    return reverse(f"writing:{name}", args=[note.submission.story_id, note.submission_id, *parts])


@pytest.fixture
def suggestion(author, editor) -> Note:
    """Sent back with other words for two of its own."""
    held = make_claimed(author, editor=editor)
    note = make_note(
        held, kind="suggestion", quote="two winters", replacement="three winters", text="As you say later."
    )
    return_to_author(read(held), by=editor)
    return note


def settle(note: Note, by: User, action: str, **data: object):
    version = Story.objects.get(pk=note.submission.story_id).draft.version
    sent = {"action": action, "version": version, **data}
    return client_of(by).post(address("settle_note", note, note.pk), sent)


def test_author_sees_a_note_with_the_decision_and_not_before(author, other_author, editor):
    held = make_claimed(author, editor=editor)
    note = make_note(held, text="zqnoteqz", quote="two winters")
    make_note(held, text="About all of it", block=0)
    writer = client_of(author)

    assert "zqnoteqz" not in writer.get(address("notes", note)).content.decode()
    sent = {"key": uuid4(), "text": "Hello"}
    assert writer.post(address("note_message", note, note.pk), sent).status_code == 404
    return_to_author(read(held), by=editor)

    html = writer.get(address("notes", note)).content.decode()
    assert "zqnoteqz" in html
    assert (
        f'<span id="at-{note.pk}" class="noted-at" tabindex="-1"></span><mark class="noted noted-note">two'
        in html
    )
    assert "two notes beside" in writer.get(address("submission", note)).content.decode()
    assert client_of(other_author).get(address("notes", note)).status_code == 404


def test_authors_answer_a_note_and_its_editor_is_told(author, other_author, editor):
    held = make_claimed(author, editor=editor)
    make_coauthor(held.submission.story, other_author)
    note = make_note(held, quote="two winters")
    return_to_author(read(held), by=editor)
    sent = {"key": uuid4(), "text": "2009 and 2010.\u202e"}

    for _ in range(2):
        assert client_of(other_author).post(address("note_message", note, note.pk), sent).status_code == 302

    assert [(m.text, m.by, m.is_from_author) for m in Message.objects.all()] == [
        ("2009 and 2010.", other_author, True)
    ]
    assert {notice.recipient for notice in Notice.objects.filter(kind="message")} == {author, editor}
    assert "2009 and 2010." in client_of(editor).get(f"/moderation/{note.submission_id}/").content.decode()


def test_message_that_cannot_be_sent_is_still_there(suggestion, author):
    page = client_of(author).post(
        address("note_message", suggestion, suggestion.pk), {"key": uuid4(), "text": "x" * 2001}
    )

    assert page.status_code == 400
    assert "x" * 2001 in page.content.decode()


def test_messages_are_bounded_in_the_hour(suggestion, author, monkeypatch):
    monkeypatch.setattr(noting, "MESSAGES_AN_HOUR", 1)
    writer = client_of(author)

    sent = [{"key": uuid4(), "text": f"Word {number}"} for number in range(2)]
    answers = [
        writer.post(address("note_message", suggestion, suggestion.pk), each).status_code for each in sent
    ]

    assert answers == [302, 429]
    assert Message.objects.count() == 1


def test_words_that_an_author_takes_are_in_the_draft(suggestion, author):
    assert settle(suggestion, author, "take").status_code == 302

    draft = Story.objects.get(pk=suggestion.submission.story_id).draft
    assert "It took me three winters." in draft.body
    assert Note.objects.get().outcome == "accepted"
    assert settle(suggestion, author, "refuse").status_code == 302
    assert Note.objects.get().outcome == "accepted"


def test_words_that_an_author_refuses_are_not(suggestion, author):
    settle(suggestion, author, "refuse")

    assert "It took me two winters." in Story.objects.get(pk=suggestion.submission.story_id).draft.body
    assert Note.objects.get().outcome == "refused"


def test_words_are_not_put_into_a_draft_that_was_saved_elsewhere(suggestion, author):
    story = suggestion.submission.story
    seen = Story.objects.get(pk=story.pk).draft.version
    change_draft(story, title="Another title")

    page = settle(suggestion, author, "take", version=seen)

    assert page.status_code == 409
    assert "saved somewhere else" in page.content.decode()
    assert "two winters" in Story.objects.get(pk=story.pk).draft.body
    assert Note.objects.get().outcome == ""
    assert settle(suggestion, author, "take").status_code == 302


def test_words_for_a_passage_that_changed_are_not_put_in(suggestion, author):
    change_draft(suggestion.submission.story, body="<p>It took me ten long years.</p>")

    page = settle(suggestion, author, "take")

    assert page.status_code == 409
    assert "others by now" in page.content.decode()


def test_words_are_not_put_in_while_an_editor_reads(suggestion, author, other_editor):
    claim(submit(suggestion.submission.story, by=author), by=other_editor, key=uuid4())

    assert settle(suggestion, author, "take").status_code == 400
    assert settle(suggestion, other_editor, "take").status_code == 404
