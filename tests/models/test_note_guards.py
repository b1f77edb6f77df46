"""What the database itself refuses about notes, messages, how they end, and what editors keep for each other."""

from django.db import connection

from accounts.models import User
from stories.models import Message, Note, PrivateNote
from stories.workflow.deciding import return_to_author
from stories.workflow.deleting import erase, put_in_bin
from stories.workflow.noting import send_message, write_private_note
from stories.workflow.submitting import withdraw
from tests.models.test_guards import attack
from tests.stories import make_claimed, make_note, read

KEY = "11111111-1111-4111-8111-111111111111"


def insert_note(held, by: User, **changed: object) -> str:
    columns = {"round": 1, "kind": "note", "text": "Why?", "quote": "", "replacement": ""} | changed
    return attack(
        "INSERT INTO stories_note (submission_id, revision_id, by_id, round, kind, text, quote, replacement, key, at, "
        "block, start, before, after) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, gen_random_uuid(), now(), 0, 0, '', '')",
        *(held.submission_id, held.submission.revision_id, by.pk, columns["round"], columns["kind"]),
        *(columns["text"], columns["quote"], columns["replacement"]),
    )


def insert_message(note: Note, by: User, *, is_from_author: bool) -> str:
    return attack(
        "INSERT INTO stories_message (note_id, text, is_from_author, by_id, at, key) "
        "VALUES (%s, 'x', %s, %s, now(), gen_random_uuid())",
        *(note.pk, is_from_author, by.pk),
    )


def insert_settlement(note: Note, by: User, kind: str) -> str:
    return attack(
        "INSERT INTO stories_settlement (note_id, kind, by_id, at) VALUES (%s, %s, %s, now())",
        *(note.pk, kind, by.pk),
    )


def test_note_is_by_who_reads_the_text(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    assert insert_note(held, other_editor) == "note_has_its_claim"
    assert insert_note(held, author) == "note_has_its_claim"
    assert insert_note(held, editor, round=2) == "note_has_its_claim"
    assert insert_note(held, editor, text="") == "note_says_something"
    assert (
        insert_note(held, editor, kind="suggestion", quote="", replacement="x") == "suggestion_is_for_words"
    )
    assert insert_note(held, editor, replacement="x") == "only_suggestion_replaces"
    assert insert_note(held, editor) == ""


def test_each_side_speaks_and_settles_for_itself_and_once_both_can_read(author, editor):
    held = make_claimed(author, editor=editor)
    note = make_note(held, kind="suggestion", quote="two", replacement="three")
    plain = make_note(held)

    assert insert_message(note, editor, is_from_author=False) == "message_is_from_its_side"
    assert insert_settlement(note, author, "accepted") == "settlement_is_by_its_side"
    return_to_author(read(held), by=editor)

    assert insert_message(note, editor, is_from_author=True) == "message_is_from_its_side"
    assert insert_message(note, author, is_from_author=False) == "message_is_from_its_side"
    assert insert_message(note, author, is_from_author=True) == ""
    assert insert_settlement(note, editor, "accepted") == "settlement_is_by_its_side"
    assert insert_settlement(note, editor, "withdrawn") == "settlement_is_by_its_side"
    assert insert_settlement(plain, author, "accepted") == "settlement_is_by_its_side"
    assert insert_settlement(note, author, "accepted") == ""
    for table in ("note", "message", "settlement"):
        assert attack(f"UPDATE stories_{table} SET at = now()") == "append_only"
        assert attack(f"DELETE FROM stories_{table}") == "append_only"


def test_private_note_is_about_somebody_else_and_stays(author, editor):
    held = make_claimed(author, editor=editor)
    write_private_note(held.submission, "Watch the links.", key=KEY, by=editor)
    about = "INSERT INTO stories_privatenote (text, by_id, at, key, submission_id, author_id) "

    assert (
        attack(f"{about} VALUES ('x', %s, now(), %s, %s, NULL)", author.pk, KEY, held.submission_id)
        == "private_note_is_not_by_author"
    )
    assert (
        attack(f"{about} VALUES ('x', %s, now(), gen_random_uuid(), NULL, %s)", editor.pk, editor.pk)
        == "private_note_is_not_by_author"
    )
    assert attack("UPDATE stories_privatenote SET text = 'x'") == "append_only"
    assert attack("DELETE FROM stories_privatenote") == "append_only"
    assert PrivateNote.objects.get().text == "Watch the links."


def test_erasing_a_story_takes_its_words_out_of_the_notes_and_what_its_author_said(author, editor):
    held = make_claimed(author, editor=editor, body="<p>A zqsecretqz garden.</p>")
    note = make_note(held, block=0, quote="zqsecretqz", text="Which garden?")
    story = return_to_author(read(held), by=editor).submission.story
    send_message(note, "The zqsecretqz one.", key=KEY, by=author)
    withdraw(story, by=author)
    put_in_bin(story, by=author)

    erase(story, by=author)

    kept = Note.objects.get()
    assert (kept.text, kept.quote, kept.before, kept.is_erased) == ("Which garden?", "", "", True)
    assert Message.objects.get().text == "[deleted]"
    with connection.cursor() as cursor:
        for table in ("stories_note", "stories_message", "stories_event", "stories_notice"):
            cursor.execute(f"SELECT count(*) FROM {table} row WHERE row::text LIKE %s", ["%zqsecretqz%"])
            assert cursor.fetchone() == (0,), table
