"""Notes beside the text on the review page: written under the claim, put to their passages, sent with the decision."""

from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import Event, Message, Note, Notice, PrivateNote, Request
from stories.workflow.packing import pack
from stories.workflow.submitting import submit
from tests.house.addresses import addresses
from tests.stories import change_draft, make_claimed, make_note, make_published, make_returned

BODY = "<p>My grandmother never wrote a recipe down.</p><h2>Flour</h2><p>It took me two winters.</p>"


def note(desk, held, /, **data):
    sent = {
        "claim": held.pk, "revision": held.submission.revision_id, "key": uuid4(), "kind": "note",
        "block": 2, "quote": "two winters", "before": "", "replacement": "", "text": "Which ones?",
    }  # fmt: skip
    return desk.post("note", held.submission_id, **{**sent, **data})


def test_note_stands_at_its_passage_with_a_way_there_and_back(desk, author, editor):
    held = make_claimed(author, editor=editor)

    answer = note(desk, held)

    written = Note.objects.get()
    assert answer.headers["Location"].endswith(f"/moderation/{held.submission_id}/#note-{written.pk}")
    assert (written.block, written.start, written.quote, written.before) == (
        2,
        11,
        "two winters",
        "It took me ",
    )
    html = desk.get("review", held.submission_id).content.decode()
    assert (
        f'<span id="at-{written.pk}" class="noted-at" tabindex="-1"></span><mark class="noted noted-note">two'
        in html
    )
    assert f'href="#at-{written.pk}"' in html
    assert f'href="#note-{written.pk}"' in html


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"quote": "three winters"}, "quote"),
        ({"block": 99, "quote": ""}, "quote"),
        ({"text": " "}, "text"),
        ({"text": "x" * 1001}, "text"),
        ({"kind": "suggestion", "replacement": "two  winters"}, "replacement"),
        ({"kind": "suggestion", "block": "", "quote": ""}, "quote"),
        ({"kind": "praise"}, "kind"),
    ],
)
def test_note_that_does_not_fit_is_refused_at_its_field_with_its_words(desk, author, editor, changed, field):
    held = make_claimed(author, editor=editor)

    refused = note(desk, held, **changed)

    assert refused.status_code == 422
    assert list(refused.context["note_form"].errors) == [field]
    assert refused.context["note_form"]["text"].value() == changed.get("text", "Which ones?")
    assert not Note.objects.exists()


def test_note_needs_the_claim_and_the_text_that_was_read_and_is_written_once(
    desk, other_desk, author, editor
):
    held = make_claimed(author, editor=editor)
    key = uuid4()

    assert note(other_desk, held).status_code == 404
    assert note(desk, held, revision=10**9).status_code == 409
    assert [note(desk, held, key=key).status_code for _ in range(2)] == [302, 302]
    desk.post("release", held.submission_id, claim=held.pk)
    assert note(desk, held).status_code == 409
    assert Note.objects.count() == 1


def test_note_is_taken_back_before_it_is_sent_and_closed_after(desk, author, editor):
    held = make_claimed(author, editor=editor)
    for text in ("First", "Second"):
        note(desk, held, text=text)
    first, second = Note.objects.order_by("id")

    desk.post("end_note", held.submission_id, first.pk, action="withdraw")
    desk.post("end_note", held.submission_id, second.pk, action="close")

    assert [each.note.text for each in desk.get("review", held.submission_id).context["beside"].standing] == [
        "Second"
    ]
    desk.decide(held, "return")
    desk.post("end_note", held.submission_id, second.pk, action="withdraw")
    assert Note.objects.get(pk=second.pk).outcome == ""
    desk.post("end_note", held.submission_id, second.pk, action="close")
    assert Note.objects.get(pk=second.pk).outcome == "closed"


def test_request_beside_a_passage_is_asked_with_the_return_and_keeps_from_approving(desk, author, editor):
    held = make_claimed(author, editor=editor)
    note(desk, held, kind="request", text="Name  the winters.")

    refused = desk.decide(held, "approve")
    assert refused.status_code == 422
    assert "decision" in refused.context["form"].errors
    assert desk.decide(held, "return", requests="Say where.").status_code == 302

    asked = Request.objects.order_by("position")
    assert [(r.position, r.text, r.note_id) for r in asked] == [
        (1, "Say where.", None),
        (2, "Name the winters.", Note.objects.get().pk),
    ]


def test_notes_alone_are_enough_to_send_a_story_back(desk, author, editor):
    held = make_claimed(author, editor=editor)
    note(desk, held)

    assert desk.decide(held, "return").status_code == 302
    held.submission.refresh_from_db()
    assert held.submission.state == "returned"


def test_newer_text_keeps_what_stands_and_says_what_is_gone(desk, author, editor):
    held = make_claimed(author, editor=editor, body=BODY)
    note(desk, held)
    note(desk, held, block=0, quote="never wrote", text="Never?")
    note(desk, held, block=1, quote="", text="A better heading")
    desk.decide(held, "return")
    newer = "<p>New first words.</p><p>My grandmother seldom wrote a recipe down.</p><p>It took me two winters.</p>"
    change_draft(held.submission.story, body=newer)
    submit(held.submission.story, by=author)

    shown = desk.get("review", held.submission_id).context["beside"].standing

    assert [(each.note.text, each.place.words if each.place else None) for each in shown] == [
        ("Never?", "seldom wrote"),
        ("Which ones?", "two winters"),
        ("A better heading", None),
    ]
    assert [(each.is_changed, each.is_gone) for each in shown] == [
        (True, False),
        (False, False),
        (False, True),
    ]


def test_editor_answers_a_note_once_it_is_sent_and_the_author_is_told(desk, author, editor):
    held = make_claimed(author, editor=editor)
    note(desk, held)
    written = Note.objects.get()
    sent = {"key": uuid4(), "text": "I mean 2009."}

    assert desk.post("note_message", held.submission_id, written.pk, **sent).status_code == 422
    desk.decide(held, "return")
    for _ in range(2):
        assert desk.post("note_message", held.submission_id, written.pk, **sent).status_code == 302

    assert [(m.text, m.is_from_author) for m in Message.objects.all()] == [("I mean 2009.", False)]
    told = Notice.objects.get(kind="message")
    assert told.recipient == author
    assert "“two winters”" in told.text


PRIVATE = "zqprivateqz"


def test_private_notes_are_seen_by_editors_and_nobody_else(desk, other_desk, author, reader, editor):
    published = make_published(author, editor=editor)
    submission = make_returned(author, editor=editor, title="Another")
    for about in ("", author.username):
        kept = {"key": uuid4(), "author": about, "text": f"{PRIVATE} {about}"}
        assert desk.post("private_note", submission.pk, **kept).status_code == 302
    assert (
        desk.post("private_note", submission.pk, key=uuid4(), author=reader.username, text="x").status_code
        == 404
    )

    assert other_desk.get("review", submission.pk).content.decode().count(PRIVATE) == 2
    # What is about the author stands beside each of their stories.
    assert desk.get("review", published.submissions.get().pk).content.decode().count(PRIVATE) == 1
    assert PrivateNote.objects.count() == 2
    assert not Event.objects.filter(note__contains=PRIVATE).exists()
    assert not Notice.objects.filter(text__contains=PRIVATE).exists()
    things = {
        "story_id": submission.story_id, "submission_id": submission.pk, "slug": published.slug,
        "username": author.username, "note_id": 1, "name": "none.webp", "part": 1, "path": "none.webp",
        "key": "community", "token": "none", "link_id": 1, "invitation_id": 1,
        "notice_id": author.notices.latest("id").pk,
    }  # fmt: skip
    with BytesIO() as file:
        pack(author, file)
        with ZipFile(file) as archive:
            assert not any(PRIVATE.encode() in archive.read(name) for name in archive.namelist())
    client = Client()
    client.force_login(author)
    for address in addresses("reading", "writing", "moderation"):
        if set(address.gaps) <= set(things):
            page = client.get(address.path(things))
            body = b"".join(page) if page.streaming else page.content
            assert PRIVATE.encode() not in body, address.name


def test_author_cannot_keep_private_notes_about_themselves(author, editor, desk):
    submission = make_returned(author, editor=editor)
    client = Client()
    client.force_login(author)

    answer = client.post(
        reverse("moderation:private_note", args=[submission.pk]), {"key": uuid4(), "text": "x"}
    )

    assert answer.status_code == 404
    assert not PrivateNote.objects.exists()


@pytest.mark.parametrize("number", [1, 30])
def test_review_asks_the_same_queries_however_many_notes_there_are(
    desk, author, editor, django_assert_num_queries, number
):
    held = make_claimed(author, editor=editor)
    for _ in range(number):
        make_note(held, quote="two winters")

    desk.get("review", held.submission_id)
    with django_assert_num_queries(25):
        desk.get("review", held.submission_id)
