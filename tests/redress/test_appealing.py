"""An author appeals against a decline or a removal; somebody else answers, and the very text comes back or not."""

import html
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from stories.models import Appeal, AppealAnswer, Decision, Event, Notice, Reason, Story
from stories.redress import APPEAL_MOVES, AppealAction, AppealState, check_redress_move
from stories.status import AlreadyThere, Incomplete, NotAllowed, WrongState
from stories.workflow.appeal_claiming import take_over_appeal
from stories.workflow.appealing import appeal, appealable, reject_appeal, uphold_appeal
from stories.workflow.deleting import erase
from stories.workflow.disclaiming import offered_versions
from stories.workflow.judging import Remedy, uphold
from stories.workflow.publishing import remove, restore
from stories.workflow.submitting import submit
from tests.models.test_guards import attack
from tests.redress.reports import make_claimed_appeal, make_claimed_reports, make_report, read_reports
from tests.stories import change_draft, make_coauthor, make_declined, make_published


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="copied")


def make_removed(author, *, editor, reason: Reason, at=None) -> Story:
    story = make_published(author, editor=editor, at=at)
    remove(story, by=editor, reason=reason, note="It stands in a book.", at=at)
    return Story.objects.get(pk=story.pk)


def make_appeal(story: Story, *, by=None, text: str = "I wrote that book.", at=None) -> Appeal:
    (first, *_) = appealable(story, at=at)
    return appeal(story, first.decision or first.removal, text, by=by or story.author, key=uuid4(), at=at)


def test_every_move_of_an_appeal_is_legal_only_where_the_table_says(db):
    for action, move in APPEAL_MOVES.items():
        for state in ["", *AppealState]:
            if state in move.sources:
                assert check_redress_move(APPEAL_MOVES, action, state) == move.target
            else:
                with pytest.raises(AlreadyThere if state == move.target else WrongState):
                    check_redress_move(APPEAL_MOVES, action, state)
    assert set(APPEAL_MOVES) == set(AppealAction)


def test_upheld_appeal_restores_the_very_revision_that_was_removed(author, editor, other_editor, reason):
    story = make_removed(author, editor=editor, reason=reason)
    removed = story.published_revision_id
    change_draft(story, body="<p>Written since.</p>")

    uphold_appeal(
        make_claimed_appeal(make_appeal(story), editor=other_editor),
        by=other_editor,
        answer="The book is yours.",
    )

    story.refresh_from_db()
    assert (story.state, story.published_revision_id) == ("published", removed)
    assert Client().get(story.path).status_code == 200
    (told,) = Notice.objects.filter(recipient=author, text__contains="The book is yours.")
    assert "Your appeal was upheld." in told.text
    assert Appeal.objects.get().state == AppealState.UPHELD
    assert AppealAnswer.objects.get().is_restored


def test_upheld_appeal_publishes_the_very_revision_that_was_declined(author, editor, other_editor, reason):
    declined = make_declined(author, editor=editor, reason=reason)
    story = declined.story
    change_draft(story, body="<p>Written since.</p>")
    held = make_claimed_appeal(make_appeal(story), editor=other_editor)

    with pytest.raises(Incomplete):
        uphold_appeal(held, by=other_editor, answer="It is good.")
    assert not AppealAnswer.objects.exists()
    uphold_appeal(held, by=other_editor, answer="It is good.", disclaimers=offered_versions("en")[:1])

    story.refresh_from_db()
    approved = Decision.objects.get(kind="approve")
    assert (story.state, story.published_revision_id) == ("published", declined.revision_id)
    assert approved.revision_id == declined.revision_id
    assert approved.decided_by == other_editor
    assert approved.submission.queued_at == declined.queued_at
    assert "Written since" not in Client().get(story.path).content.decode()
    assert Notice.objects.filter(recipient=author, text__contains="It is good.").count() == 1


def test_rejected_appeal_says_why_and_is_the_last_one(author, editor, other_editor, reason):
    story = make_removed(author, editor=editor, reason=reason)
    made = make_appeal(story)
    held = make_claimed_appeal(made, editor=other_editor)

    with pytest.raises(Incomplete):
        reject_appeal(held, by=other_editor, answer=" ")
    reject_appeal(held, by=other_editor, answer="The book is not yours.")

    with pytest.raises(AlreadyThere):
        uphold_appeal(held, by=other_editor, answer="No, wait.")
    with pytest.raises(AlreadyThere):
        appeal(story, made.removal, "Again", by=author, key=uuid4())
    assert appealable(story) == []
    assert "The book is not yours." in Notice.objects.get(kind="reject_appeal").text
    assert Story.objects.get().state == "removed"


def test_nobody_who_decided_or_wrote_answers_an_appeal(
    author, editor, other_editor, chief_editor, reader, reason
):
    story = make_published(author, editor=editor)
    make_coauthor(story, chief_editor)
    reported = make_claimed_reports(story, editor=editor)
    remove(story, by=editor, reason=reason, note="Why.")
    made = make_appeal(Story.objects.get(pk=story.pk), by=chief_editor)
    held = make_claimed_appeal(made, editor=other_editor)

    for member in (author, editor, chief_editor, reader):
        with pytest.raises(NotAllowed):
            uphold_appeal(held, by=member, answer="Mine.")
        with pytest.raises(NotAllowed):
            make_claimed_appeal(made, editor=member)
        with pytest.raises(NotAllowed):
            take_over_appeal(held, by=member, key=uuid4(), note="You are away.")
        client = Client()
        client.force_login(member)
        path = f"/moderation/appeals/{made.pk}/"
        assert client.get(path).status_code == 404
        assert client.post(f"{path}answer/", {"decision": "uphold", "answer": "x"}).status_code == 404
    assert made.revision.title not in client.get("/moderation/appeals/").content.decode()
    assert reported.group.state == "in_review"
    uphold_appeal(held, by=other_editor, answer="Theirs.")


ANSWER = """INSERT INTO stories_appealanswer (appeal_id, is_upheld, is_restored, text, answered_by_id, answered_at)
VALUES (%s, true, false, 'Mine', %s, now())"""


CLAIM = """INSERT INTO stories_appealclaim (hearing_id, editor_id, key, claimed_at, expires_at, "end")
VALUES (%s, %s, gen_random_uuid(), now(), now() + interval '20 minutes', '')"""


def test_database_refuses_the_same_by_itself(author, editor, other_editor, other_author, reason):
    story = make_removed(author, editor=editor, reason=reason)
    removal = story.events.get(action="remove")
    insert = """INSERT INTO stories_appeal (story_id, removal_id, revision_id, by_id, text, key, made_at)
        VALUES (%s, %s, %s, %s, 'Why', gen_random_uuid(), %s)"""
    now, late = timezone.now(), timezone.now() + timedelta(days=185)
    other = make_declined(other_author, editor=editor, reason=reason)

    text = story.published_revision_id
    assert attack(insert, story.pk, removal.pk, text, other_author.pk, now) == "appeal_is_by_author"
    assert (
        attack(insert, story.pk, removal.pk, other.revision_id, author.pk, now)
        == "appeal_is_against_a_decision"
    )
    assert attack(insert, story.pk, removal.pk, text, author.pk, late) == "appeal_comes_in_time"
    made = make_appeal(story)

    assert attack(ANSWER, made.pk, editor.pk) == "appeal_is_answered_by_another"
    assert attack(ANSWER, made.pk, author.pk) == "appeal_is_not_answered_by_author"
    assert attack(ANSWER, made.pk, other_editor.pk) == "appeal_answer_has_its_event"
    for member in (author, editor):
        assert attack(CLAIM, made.hearing.pk, member.pk) == "appeal_claim_is_fair"
    assert attack(CLAIM, made.hearing.pk, other_editor.pk) == "appeal_review_has_its_claim"
    moved = "UPDATE stories_hearing SET state = %s, ended_at = now() WHERE id = %s"
    assert attack(moved, "upheld", made.hearing.pk) == "appeal_move_is_legal"
    assert (
        attack("UPDATE stories_hearing SET due_at = now() WHERE id = %s", made.hearing.pk) == "hearing_stays"
    )
    assert attack("UPDATE stories_appeal SET text = '[deleted]' WHERE id = %s", made.pk) == "append_only"
    assert attack("DELETE FROM stories_appeal WHERE id = %s", made.pk) == "append_only"
    assert attack("SELECT stories_erase_appeals(%s)", story.pk) == "append_only"


def test_appeal_comes_within_half_a_year_by_an_author_with_reasons(author, other_author, editor, reason):
    long_ago = timezone.now() - timedelta(days=185)
    late = make_removed(author, editor=editor, reason=reason, at=long_ago)
    story = make_removed(author, editor=editor, reason=reason)
    removal = story.events.get(action="remove")

    assert appealable(late) == []
    with pytest.raises(WrongState):
        appeal(late, late.events.get(action="remove"), "Late", by=author, key=uuid4())
    with pytest.raises(NotAllowed):
        appeal(story, removal, "Not mine", by=other_author, key=uuid4())
    for text in (" ", "x" * 4001):
        with pytest.raises(Incomplete):
            appeal(story, removal, text, by=author, key=uuid4())
    key = uuid4()
    assert appeal(story, removal, "Why", by=author, key=key) == appeal(
        story, removal, "Why", by=author, key=key
    )


def test_newer_text_keeps_its_place_when_an_appeal_is_upheld(author, editor, other_editor, reason):
    story = make_declined(author, editor=editor, reason=reason).story
    made = make_appeal(story)
    change_draft(story, body="<p>Newer.</p>")
    waiting = submit(story, by=author)

    uphold_appeal(make_claimed_appeal(made, editor=other_editor), by=other_editor, answer="You were right.")

    waiting.refresh_from_db()
    assert waiting.state == "queued"
    assert not AppealAnswer.objects.get().is_restored
    assert "newer text" in Notice.objects.get(kind="uphold_appeal").text
    removed = make_removed(author, editor=editor, reason=reason)
    other = make_claimed_appeal(make_appeal(removed), editor=other_editor)
    restore(removed, by=editor, note="My mistake.")
    uphold_appeal(other, by=other_editor, answer="Yes.")
    assert Story.objects.get(pk=removed.pk).state == "published"


def test_words_of_an_appeal_go_with_the_story(author, editor, reason):
    story = make_declined(author, editor=editor, reason=reason).story
    make_appeal(story)

    erase(story, by=author)

    assert Appeal.objects.get().text == "[deleted]"


def test_author_appeals_on_the_page_that_the_mail_leads_to(
    author, editor, other_editor, chief_editor, reason
):
    cache.clear()
    story = make_removed(author, editor=editor, reason=reason)
    client, path = Client(), f"/writing/{story.pk}/appeals/"
    client.force_login(author)
    target = appealable(story)[0].target
    sent = {"key": str(uuid4()), "target": target}

    assert path in Notice.objects.get(kind="remove").text
    assert (
        path in client.get(f"/writing/{story.pk}/submissions/{story.submissions.get().pk}/").content.decode()
    )
    assert "It stands in a book." in client.get(path).content.decode()
    assert reason.versions.get().text in html.unescape(client.get(path).content.decode())
    empty = client.post(path, {**sent, "text": " "})
    wrong = client.post(path, {**sent, "text": "Kept words" * 500})
    twice = [client.post(path, {**sent, "text": "I wrote <b>that</b> book."}).status_code for _ in range(2)]
    page = client.get(path).content.decode()

    assert (empty.status_code, wrong.status_code, twice) == (422, 422, [302, 302])
    assert "Kept words" in wrong.content.decode()
    assert "I wrote &lt;b&gt;that&lt;/b&gt; book." in page
    assert "It waits for an editor" in page
    assert Appeal.objects.count() == 1
    assert Notice.objects.get(kind="appeal").recipient == chief_editor

    desk, made = Client(), Appeal.objects.get()
    desk.force_login(other_editor)
    listed = desk.get("/moderation/appeals/").content.decode()
    answer = f"/moderation/appeals/{made.pk}/answer/"
    second = Client()
    second.force_login(chief_editor)
    second.post(f"/moderation/appeals/{made.pk}/claim/", {"key": uuid4()})
    first = made.hearing.claims.get()
    form = {"key": uuid4(), "claim": first.pk}
    why = desk.post(f"/moderation/appeals/{made.pk}/take-over/", {**form, "note": ""})
    desk.post(f"/moderation/appeals/{made.pk}/take-over/", {**form, "note": "You are away."})
    taken = {"claim": made.hearing.claims.live().get().pk}
    missing = desk.post(answer, {**taken, "decision": "uphold", "answer": ""})
    early = second.post(answer, {"claim": first.pk, "decision": "reject", "answer": "Kept answer"})
    upheld = desk.post(answer, {**taken, "decision": "uphold", "answer": "It is yours."})
    lost = second.post(answer, {"claim": first.pk, "decision": "reject", "answer": "Kept answer"})

    assert made.revision.title in listed
    assert (missing.status_code, upheld.status_code, lost.status_code) == (422, 302, 409)
    assert (why.status_code, early.status_code) == (422, 409)
    for page in (early, lost):
        assert "Kept answer" in page.content.decode()
    assert "Farid Ahmed answered this appeal." in lost.content.decode()
    assert "You are away." in Notice.objects.get(kind="take_over_appeal", recipient=chief_editor).text
    assert "It is yours." in client.get(path).content.decode()
    assert Story.objects.get().state == "published"


def test_author_never_learns_who_reported(author, editor, other_editor, reader, reason):
    """Every page of the author, from the report to the answered appeal: not a name, a user name or an address."""
    story = make_published(author, editor=editor)
    told = {
        "kind": "illegal",
        "explanation": "zqwordsqz",
        "name": "Greta Quiet",
        "email": "greta@secret.example",
    }
    make_report(story, in_good_faith=True, **told)
    held = make_claimed_reports(story, reader, editor=editor, explanation="zqmemberqz")
    client = Client()
    client.force_login(author)
    secrets = ("Greta Quiet", "greta@secret.example", "zqwordsqz", "zqmemberqz", reader.username, reader.name)

    def look() -> None:
        made = Appeal.objects.first()
        paths = [f"/writing/{story.pk}/{page}" for page in ("", "history/", "appeals/", "authors/")]
        paths += [
            f"/writing/{story.pk}/submissions/{story.submissions.first().pk}/",
            "/writing/",
            "/writing/notices/",
        ]
        paths += [f"/moderation/reports/{held.group_id}/", "/moderation/log/", story.path]
        paths += [notice.link for notice in author.notices.all()]
        paths += [f"/moderation/appeals/{made.pk}/"] if made else []
        for path in paths:
            page = client.get(path, follow=True).content.decode()
            assert not [secret for secret in secrets if secret in page], path
        for text in author.notices.values_list("text", flat=True):
            assert not [secret for secret in secrets if secret in text]

    look()
    from_report = Event.objects.filter(action="report").values_list("actor", "note")
    assert set(from_report) == {(None, "")}
    remove_by_report(held, editor, reason)
    look()
    made = make_appeal(Story.objects.get(pk=story.pk))
    uphold_appeal(make_claimed_appeal(made, editor=other_editor), by=other_editor, answer="Yours.")
    look()


def remove_by_report(held, editor, reason: Reason) -> None:
    uphold(read_reports(held), Remedy("remove", "Page 3.", reason), by=editor)
