"""Prepared replies and the message that would go out: written once, filled in, exact, and nothing decided by them."""

import pytest

from stories.models import Claim, Decision, Event, Notice, PreparedReply, PublicLine, Story
from stories.status import NotAllowed
from stories.workflow.preparing import fill_reply, offered_replies, write_reply
from tests.stories import make_claimed

THANKS = {
    "name": "Thanks",
    "language": "en",
    "text": "Dear {author}, thank you for “{title}”. {editor}, {site}",
}


def make_reply(by, *, is_shared=False, **words) -> PreparedReply:
    return write_reply(by=by, is_shared=is_shared, **{**THANKS, **words})


def test_reply_goes_into_the_note_with_its_places_filled_in(desk, author, editor):
    held = make_claimed(author, editor=editor, title="Bread for {editor}")
    reply = make_reply(editor)

    sent = {
        "prepared": reply.pk,
        "decision": "return",
        "note": "The oven is cold.",
        "requests": "Name the year.",
    }
    answer = desk.post("insert_reply", held.submission_id, **sent)

    assert answer.url == f"/moderation/{held.submission_id}/#id_note"
    form = desk.get("review", held.submission_id).context["form"]
    filled = "Dear Asha Rao, thank you for “Bread for {editor}”. Esther Thomas, MyStory"
    assert form["note"].value() == f"The oven is cold.\n\n{filled}"
    assert (form["decision"].value(), form["requests"].value()) == ("return", "Name the year.")
    assert not Decision.objects.exists()


def test_insert_without_a_choice_or_of_a_strangers_reply_loses_nothing(desk, author, editor, other_editor):
    held = make_claimed(author, editor=editor)
    make_reply(editor)

    for prepared in ("", make_reply(other_editor).pk, "x"):
        desk.post("insert_reply", held.submission_id, prepared=prepared, note="Typed.")
        assert desk.get("review", held.submission_id).context["form"]["note"].value() == "Typed."


def test_offered_are_ones_own_and_those_for_all_in_the_storys_language_first(
    editor, other_editor, chief_editor
):
    for_all = make_reply(chief_editor, is_shared=True, name="For all")
    own = make_reply(editor, name="Own")
    hindi = make_reply(editor, name="Hindi", language="hi")
    make_reply(other_editor, name="Another's")
    make_reply(editor, name="Urdu", language="ur")

    assert offered_replies(editor, "hi") == [hindi, own, for_all]
    assert offered_replies(editor, "en") == [own, for_all]


@pytest.mark.parametrize("text", ["Dear {name}, no.", "{author.password}", "{}", "{ author }", "{AUTHOR}"])
def test_unknown_placeholder_is_refused_by_its_name_and_the_words_are_kept(desk, text):
    answer = desk.post("new_reply", **{**THANKS, "text": text})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])
    assert "is not something that can be filled in" in answer.content.decode()
    assert answer.context["form"]["text"].value() == text
    assert not PreparedReply.objects.exists()


def test_reply_is_written_changed_retired_and_offered_again(desk, editor):
    assert desk.post("new_reply", **THANKS, is_shared="on").status_code == 302
    reply = PreparedReply.objects.get()
    assert reply.owner == editor  # an editor's are their own, whatever is sent

    desk.post("reply", reply.pk, **{**THANKS, "text": "Thank you, {author}."})
    desk.post("retire_reply", reply.pk)
    retired = offered_replies(editor, "en")
    desk.post("retire_reply", reply.pk, again="1")

    assert retired == []
    assert [found.text for found in offered_replies(editor, "en")] == ["Thank you, {author}."]


def test_replies_for_all_are_the_chief_editors_and_own_ones_are_nobody_elses(
    desk, chief_desk, editor, other_editor, chief_editor
):
    chief_desk.post("new_reply", **THANKS, is_shared="on")
    for_all, others = PreparedReply.objects.get(owner=None), make_reply(other_editor, name="Secret words")

    assert "Dear {author}" in desk.get("replies").content.decode()
    assert "Secret words" not in desk.get("replies").content.decode()
    for reply in (for_all, others):
        assert desk.get("reply", reply.pk).status_code == 404
        assert desk.post("retire_reply", reply.pk).status_code == 404
    assert PreparedReply.objects.filter(retired_at=None).count() == 2
    with pytest.raises(NotAllowed):
        make_reply(editor, is_shared=True)


def test_what_is_filled_in_is_never_filled_in_again(author, editor):
    held = make_claimed(author, editor=editor, title="{site} and {author}")

    filled = fill_reply(make_reply(editor, text="{title}"), held.submission, by=editor)

    assert filled == "{site} and {author}"


@pytest.mark.parametrize(
    ("decision", "data"),
    [
        ("approve", {"note": "Lovely."}),
        ("return", {"requests": "Name the year."}),
        ("decline", {"note": "It sells.", "led_by": "check"}),
    ],
)
def test_preview_is_the_very_message_and_decides_nothing(desk, author, editor, reason, decision, data):
    held = make_claimed(author, editor=editor)
    revision = held.submission.revision
    read = {"claim": held.pk, "revision": revision.pk, "sha256": revision.sha256, "decision": decision}
    sent = {**read, "disclaimer": 1, "reason": reason.pk, **data}
    sent["disclaimer"] = desk.get("review", held.submission_id).context["offered"][0][0].pk

    shown = desk.post("preview_decision", held.submission_id, **sent)

    assert shown.status_code == 200
    mail = shown.context["mail"]
    assert shown.context["form"]["note"].value() == data.get("note")
    assert (Decision.objects.count(), Notice.objects.count(), PublicLine.objects.count()) == (0, 0, 0)
    assert not Event.objects.filter(action=decision).exists()
    assert Claim.objects.live().get() == held
    assert not Story.objects.published().exists()
    desk.post("decide", held.submission_id, **sent)
    told = Notice.objects.get()
    assert (mail.to, mail.subject) == (author.name, told.subject)
    assert told.text in mail.text


def test_preview_names_what_is_missing_and_refuses_what_is_over(desk, author, editor, reason):
    held = make_claimed(author, editor=editor)
    revision = held.submission.revision
    read = {"claim": held.pk, "revision": revision.pk, "sha256": revision.sha256, "decision": "decline"}

    missing = desk.post("preview_decision", held.submission_id, **read, reason=reason.pk)
    older = desk.post(
        "preview_decision", held.submission_id, **{**read, "sha256": "0" * 64}, note="No.", reason=reason.pk
    )
    broken = desk.post("preview_decision", held.submission_id, note="No.")

    assert (missing.status_code, list(missing.context["form"].errors)) == (422, ["note"])
    assert older.status_code == 409
    assert broken.status_code == 302
