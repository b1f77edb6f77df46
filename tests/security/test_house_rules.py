"""The rules of the house over HTTP, sent by somebody who does not keep to the pages."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.roles import Role, appoint
from stories.models import (
    Claim,
    Decision,
    DisclaimerVersion,
    Draft,
    Event,
    Picture,
    Reason,
    Story,
    Submission,
)
from stories.workflow.claiming import lease, release
from stories.writing import limits
from tests.stories import make_claimed, make_draft, make_picture, make_published, make_returned, make_waiting


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def decision_of(held: Claim, kind: str, **data: object) -> dict[str, object]:
    revision = Submission.objects.get(pk=held.submission_id).revision
    sent = {
        "claim": held.pk,
        "revision": revision.pk,
        "sha256": revision.sha256,
        "decision": kind,
        "note": "Typed.",
    }
    version = DisclaimerVersion.objects.filter(disclaimer__is_default=True, language="en").latest("number")
    return {**sent, "disclaimer": version.pk, **data}


def decide(user, held: Claim, kind: str, **data: object):
    path = reverse("moderation:decide", args=[held.submission_id])
    return signed_in(user).post(path, decision_of(held, kind, **data))


def test_nobody_decides_on_their_own_story(editor, other_editor):
    held = make_claimed(editor, editor=other_editor)

    for kind in ("approve", "return", "decline"):
        assert decide(editor, held, kind).status_code == 404
    path = reverse("moderation:claim", args=[held.submission_id])
    assert signed_in(editor).post(path, {"key": "6d1d4ff0-9bd3-4a71-8a0c-0a4e1f3f0c11"}).status_code == 404
    assert not Decision.objects.exists()


def test_claim_of_a_colleague_decides_nothing(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    assert decide(other_editor, held, "approve").status_code == 404
    assert not Decision.objects.exists()


def test_claim_on_another_story_decides_nothing(author, editor):
    held, other = make_claimed(author, editor=editor), make_waiting(author)

    path = reverse("moderation:decide", args=[other.pk])
    assert signed_in(editor).post(path, decision_of(held, "approve")).status_code == 404
    assert not Decision.objects.exists()


@pytest.mark.parametrize("how", ["run_out", "put_back"])
def test_decision_after_the_lease_decides_nothing_and_keeps_the_note(author, editor, how):
    early = timezone.now() - lease() - timedelta(minutes=1)
    held = make_claimed(author, editor=editor, at=early if how == "run_out" else None)
    if how == "put_back":
        release(held, by=editor)
    client = signed_in(editor)

    answer = client.post(
        reverse("moderation:decide", args=[held.submission_id]),
        decision_of(held, "return", note="Kept words"),
    )

    assert answer.status_code == 409
    assert "Kept words" in answer.content.decode()
    assert not Decision.objects.exists()


def test_decision_sent_again_acts_once(author, editor):
    held = make_claimed(author, editor=editor)
    client, path = signed_in(editor), reverse("moderation:decide", args=[held.submission_id])
    sent = decision_of(held, "approve")

    statuses = [client.post(path, sent).status_code for _ in range(3)]
    changed = client.post(path, {**sent, "decision": "decline", "reason": Reason.objects.first().pk})

    assert statuses == [302, 302, 302]
    assert changed.status_code == 302
    assert list(Decision.objects.values_list("kind", flat=True)) == ["approve"]
    assert Event.objects.filter(action="publish").count() == 1


def test_decision_on_another_text_or_fingerprint_is_refused(author, editor):
    held, other = make_claimed(author, editor=editor), make_waiting(author, title="Another")

    for lie in (
        {"revision": other.revision_id},
        {"sha256": "0" * 64},
        {"revision": other.revision_id, "sha256": ""},
    ):
        answer = decide(editor, held, "approve", **lie)
        assert answer.status_code in {302, 409}
    assert not Decision.objects.exists()
    assert Story.objects.get(pk=held.submission.story_id).state == "draft"


def moment(days: int) -> str:
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("when", "status"),
    [
        (moment(2), 302), (moment(-2), 422), (moment(500), 422), ("0001-01-01T00:00", 422), ("9999-12-31T23:59", 422),
        ("2026-02-30T10:00", 422), ("tomorrow", 422), ("2026-13-01T10:00+14:00", 422),
    ],
)  # fmt: skip
def test_publishing_time_is_ahead_and_within_a_year(author, editor, when, status):
    held = make_claimed(author, editor=editor)

    answer = decide(editor, held, "approve", publish_at=when)

    assert answer.status_code == status
    assert Decision.objects.count() == (status == 302)
    if status == 422:
        assert "Typed." in answer.content.decode()


def test_dismissed_editor_is_out_at_the_next_request(author, editor):
    held = make_claimed(author, editor=editor)
    client = signed_in(editor)
    assert client.get("/moderation/").status_code == 200

    appoint(editor, role=Role.NONE)

    assert client.get("/moderation/").status_code == 404
    path = reverse("moderation:decide", args=[held.submission_id])
    assert client.post(path, decision_of(held, "approve")).status_code == 404
    assert not Decision.objects.exists()


def test_closed_account_is_out_at_the_next_request(author):
    story = make_draft(author)
    client = signed_in(author)
    assert client.get("/writing/").status_code == 200

    author.is_active = False
    author.save(update_fields=["is_active"])

    assert client.get("/writing/").status_code == 302
    assert client.post(reverse("writing:submit", args=[story.pk])).status_code == 302
    assert not Submission.objects.exists()


def draft_form(story: Story, **data: object) -> dict[str, object]:
    draft = Draft.objects.get(story=story)
    sent = {
        "version": draft.version,
        "markup": "html",
        "title": draft.title,
        "body": draft.body,
        "language": "en",
    }
    return {**sent, "topics": draft.topics, **data}


def test_author_writes_nothing_while_an_editor_reads(author, editor):
    held = make_claimed(author, editor=editor)
    story = held.submission.story
    client, path = signed_in(author), reverse("writing:edit", args=[story.pk])

    for more in ({}, {"action": "submit"}, {"version": 10**6}):
        answer = client.post(path, draft_form(story, body="<p>Slipped in words</p>", **more))
        assert answer.status_code == 409
        assert "Slipped in words" in answer.content.decode()
    client.post(reverse("writing:withdraw", args=[story.pk]))

    assert "Slipped" not in Draft.objects.get(story=story).body
    assert Submission.objects.get(pk=held.submission_id).state == "in_review"


def test_editor_neither_removes_nor_restores_their_own_story(editor, other_editor):
    story = make_published(editor, editor=other_editor)
    reason = Reason.objects.first()
    client, path = signed_in(editor), "moderation:{}"

    sent = {"reason": reason.pk, "note": "Mine", "disclaimer": DisclaimerVersion.objects.first().pk}
    for verb in ("remove", "restore", "published_disclaimer"):
        assert client.post(reverse(path.format(verb), args=[story.pk]), sent).status_code == 404
    signed_in(other_editor).post(reverse("moderation:remove", args=[story.pk]), sent)
    assert client.post(reverse("moderation:restore", args=[story.pk]), sent).status_code == 404
    assert client.post(reverse("writing:publish_again", args=[story.pk])).status_code == 302
    assert client.post(reverse("writing:submit", args=[story.pk])).status_code == 302

    assert Story.objects.get(pk=story.pk).state == "removed"
    assert Client().get(story.path).status_code == 410


@pytest.mark.parametrize("place", ["cover", "body"])
def test_picture_of_another_member_is_not_submitted(author, other_author, place):
    theirs = make_picture(other_author)
    story = make_draft(author)
    body = (
        f'<p>Words</p><figure><img src="{theirs.address}" alt="x"></figure>'
        if place == "body"
        else "<p>Words</p>"
    )
    cover = {"cover": theirs.address, "cover_alt": "x"} if place == "cover" else {}

    answer = signed_in(author).post(
        reverse("writing:edit", args=[story.pk]), draft_form(story, body=body, action="submit", **cover)
    )

    assert answer.status_code == 400
    assert "not among your uploads" in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x.png",
        "//evil.example/x.png",
        "/media/../secret-key",
        "javascript:alert(1)",
        "/admin/",
        "data:,x",
    ],
)
def test_picture_of_elsewhere_is_no_cover(author, address):
    story = make_draft(author)

    sent = draft_form(story, cover=address, cover_alt="x")
    assert signed_in(author).post(reverse("writing:edit", args=[story.pk]), sent).status_code == 400
    assert Draft.objects.get(story=story).cover == ""


def picture_file(size: tuple[int, int] = (60, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, "PNG")
    return out.getvalue()


def sent_file(data: bytes, name: str = "p.png") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, data, "image/png")}


@pytest.mark.usefixtures("fresh_limits")
def test_upload_of_forty_megabytes_and_bombs_are_refused(author, own_media):
    client, path = signed_in(author), reverse("writing:pictures")

    assert client.post(path, sent_file(b"\x89PNG\r\n\x1a\n" + bytes(40_000_000))).status_code == 413
    for data in (
        b"",
        b"GIF89a" + b"\xff" * 500,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture_file((12_001, 1)),
    ):
        assert client.post(path, sent_file(data)).status_code == 400
    assert client.post(path, b"x" * 100, content_type="multipart/form-data; boundary=").status_code == 400
    assert (
        client.post(path, b"--b\r\nbroken", content_type="multipart/form-data; boundary=b").status_code == 400
    )
    assert not Picture.objects.exists()
    assert not list(own_media.rglob("*.*"))


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize(
    "name", ["../../evil.py", "x.php", "a\r\nSet-Cookie: x.png", ".htaccess", "con.png", "a" * 300]
)
def test_name_of_a_file_names_nothing(author, own_media, name):
    answer = signed_in(author).post(reverse("writing:pictures"), sent_file(picture_file(), name))

    assert answer.status_code == 200
    (kept,) = [file for file in own_media.rglob("*") if file.is_file()]
    assert kept.suffix == ".webp"
    assert kept.parent == own_media / "pictures"


@pytest.mark.usefixtures("fresh_limits")
def test_limits_hold_and_lose_nothing(author, monkeypatch):
    for name in ("UPLOADS", "STORIES_A_DAY", "SUBMISSIONS_AN_HOUR"):
        monkeypatch.setattr(limits, name, 0)
    story = make_draft(author)
    client, edit = signed_in(author), reverse("writing:edit", args=[story.pk])

    begun = client.post(
        reverse("writing:new"),
        {"key": "6d1d4ff0-9bd3-4a71-8a0c-0a4e1f3f0c11", "title": "The fifty-first", "language": "en"},
    )
    sent = client.post(edit, draft_form(story, body="<p>Written just now</p>", action="submit"))
    handed_in = client.post(reverse("writing:submit", args=[story.pk]))
    cover = client.post(
        edit, {**draft_form(story), "cover_file": SimpleUploadedFile("p.png", picture_file())}
    )

    for answer in (begun, sent, handed_in):
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0
    assert "The fifty-first" in begun.content.decode()
    assert (cover.status_code, Picture.objects.count()) == (400, 0)
    assert Story.objects.count() == 1
    assert not Submission.objects.exists()
    assert Draft.objects.get(story=story).body == "<p>Written just now</p>"


def test_form_of_a_returned_story_sent_twice_begins_one_round(author, editor):
    submission = make_returned(author, editor=editor)
    client, path = signed_in(author), reverse("writing:submit", args=[submission.story_id])

    for _ in range(3):
        client.post(path)

    assert Submission.objects.get(pk=submission.pk).round == 2
    assert Event.objects.filter(submission=submission, action="resubmit").count() == 1
