"""Warnings and suspensions: a reason, a length and an end; what stays allowed, who is told, who looks again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stories.models import Appeal, Event, Figure, Notice, PublicLine, Reason, Sanction, Story
from stories.moderation.records import records_of
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, StoryState, WrongState
from stories.workflow.appeal_keeping import escalate_appeals, lapse_appeals, warn_of_appeals
from stories.workflow.appealing import reject_appeal, uphold_appeal
from stories.workflow.appealing_suspensions import appeal_suspension
from stories.workflow.counting import count_figures
from stories.workflow.deleting import erase
from stories.workflow.drafting import save_draft
from stories.workflow.publishing import publish_again, unlist
from stories.workflow.sanctioning import end_suspensions, suspend, warn
from stories.workflow.submitting import submit
from tests.models.test_guards import attack
from tests.redress.reports import make_claimed_appeal
from tests.stories import make_coauthor, make_content, make_draft, make_published

NOTE = "Three times you sold something under another name."
WRONG = "It was never my shop."
CLAIM = """INSERT INTO stories_appealclaim (hearing_id, editor_id, key, claimed_at, expires_at, "end")
VALUES (%s, %s, gen_random_uuid(), now(), now() + interval '20 minutes', '')"""


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="advertising")


@pytest.fixture
def story(author, editor) -> Story:
    return make_published(author, editor=editor)


@pytest.fixture
def suspended(story, author, editor, reason) -> Sanction:
    return suspend(author, story, by=editor, reason=reason, note=NOTE, days=7, key=uuid4())


def make_appeal(given: Sanction, *, by, key=None, at=None) -> Appeal:
    return appeal_suspension(given, WRONG, by=by, key=key or uuid4(), at=at)


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
    suspended, author, editor, other_editor, chief_editor, reader
):
    with pytest.raises(NotAllowed):
        make_appeal(suspended, by=reader)
    key = uuid4()
    made = make_appeal(suspended, by=author, key=key)
    assert make_appeal(suspended, by=author, key=key) == made
    with pytest.raises(AlreadyThere):
        make_appeal(suspended, by=author)
    assert [told.recipient for told in Notice.objects.filter(kind="appeal_suspension")] == [chief_editor]
    for who in (editor, author, reader):
        with pytest.raises(NotAllowed):
            make_claimed_appeal(made, editor=who)
    assert attack(CLAIM, made.hearing.pk, editor.pk) == "appeal_claim_is_fair"

    held = make_claimed_appeal(made, editor=other_editor)
    with pytest.raises(Stale, match="Farid Ahmed took this appeal"):
        make_claimed_appeal(made, editor=chief_editor)
    assert (suspended.appeal.hearing.due_at - made.made_at).days == 15
    uphold_appeal(held, by=other_editor, answer="You are right.")

    given = Sanction.objects.get()
    assert (given.state, records_of([author.pk])[author.pk].suspended) == ("lifted", 0)
    submit(make_draft(author, title="Another"), by=author)
    with pytest.raises(AlreadyThere):
        reject_appeal(held, by=other_editor, answer="No.")
    told = Notice.objects.get(kind="reverse_suspension")
    assert (told.recipient, "You are right." in told.text) == (author, True)


def test_rejected_appeal_leaves_the_suspension_and_another_author_hears_nothing(
    suspended, author, other_author, other_editor
):
    make_coauthor(suspended.story, other_author)
    Notice.objects.all().delete()
    held = make_claimed_appeal(make_appeal(suspended, by=author), editor=other_editor)

    reject_appeal(held, by=other_editor, answer="It stands.")

    assert Sanction.objects.get().state == "suspended"
    told = Notice.objects.get(kind="confirm_suspension")
    assert (told.recipient, "It stands." in told.text) == (author, True)
    assert not Notice.objects.filter(recipient=other_author).exists()
    client = Client()
    client.force_login(other_author)
    for page in ("appeals", "history"):
        shown = client.get(f"/writing/{suspended.story_id}/{page}/").content.decode()
        assert WRONG not in shown
        assert "It stands." not in shown
        assert "suspen" not in shown.lower()


def test_appeal_outlives_the_time_of_the_suspension_and_its_story(suspended, author, other_editor):
    made = make_appeal(suspended, by=author)
    unlist(suspended.story, by=author)
    erase(suspended.story, by=author)
    end_suspensions(at=suspended.ends_at)
    assert lapse_appeals() == 0

    client = Client()
    client.force_login(other_editor)
    assert author.name in client.get("/moderation/appeals/").content.decode()
    page = client.get(f"/moderation/appeals/{made.pk}/").content.decode()
    uphold_appeal(make_claimed_appeal(made, editor=other_editor), by=other_editor, answer="You are right.")

    for words in (WRONG, NOTE, "has been deleted", "was suspended by"):
        assert words in page
    assert (Sanction.objects.get().state, records_of([author.pk])[author.pk].suspended) == ("over", 0)


def test_appeal_against_a_suspension_has_its_clock(suspended, author, other_editor, chief_editor):
    made = make_appeal(suspended, by=author)
    soon, late = made.made_at + timedelta(days=12), made.made_at + timedelta(days=16)
    make_claimed_appeal(made, editor=other_editor, at=soon)

    assert (warn_of_appeals(at=soon), escalate_appeals(at=soon), escalate_appeals(at=late)) == (1, 0, 1)

    told = Notice.objects.filter(kind__in=["warn_appeal", "escalate_appeal"]).order_by("id")
    assert [each.recipient for each in told] == [other_editor, chief_editor]


def test_appeal_comes_within_half_a_year_and_never_against_a_warning(
    suspended, story, author, editor, reason
):
    with pytest.raises(WrongState):
        make_appeal(suspended, by=author, at=suspended.given_at + timedelta(days=185))
    warned = warn(author, story, by=editor, reason=reason, note=NOTE, key=uuid4())
    with pytest.raises(WrongState):
        make_appeal(warned, by=author)
    with pytest.raises(Incomplete):
        appeal_suspension(suspended, " ", by=author, key=uuid4())


def test_suspensions_are_counted_in_public_by_reason_and_name_nobody(suspended, author, other_editor):
    line = PublicLine.objects.get(kind="suspend_member")
    assert (line.reason, line.family, line.language, line.topics, line.waited) == (
        *("advertising", suspended.ground.reason.family, ""),
        *([], None),
    )
    held = make_claimed_appeal(make_appeal(suspended, by=author), editor=other_editor)
    uphold_appeal(held, by=other_editor, answer="You are right.")

    count_figures(at=timezone.now() + timedelta(days=40))

    of = Figure.objects.filter(span=Figure.Span.TWELVE, kind="suspend_member")
    assert sorted(of.values_list("measure", "detail", "number")) == [
        ("appeal", "made", 1), ("appeal", "upheld", 1), ("cause", "own", 1), ("decision", "advertising", 1),
    ]  # fmt: skip


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
    send, key = f"/writing/conduct/{given.pk}/appeal/", uuid4()
    assert mine.post(send, {"text": "", "key": key}).status_code == 422
    assert mine.post(send, {"text": WRONG, "key": key}).status_code == 302
    assert mine.post(send, {"text": WRONG, "key": key}).status_code == 302
    made = Appeal.objects.get()
    appealed = f"/moderation/appeals/{made.pk}/"
    assert desk.get(appealed).status_code == 404
    assert appealed not in desk.get(page).content.decode()
    assert appealed in other.get(page).content.decode()
    assert "Against a suspension" in other.get("/moderation/appeals/").content.decode()
    assert other.post(f"{appealed}claim/", {"key": uuid4()}).status_code == 302
    shown = other.get(appealed).content.decode()
    assert "Uphold: the member is right" in shown
    assert NOTE in shown
    assert WRONG in shown
    assert "the suspension ends at once" in shown
    claim = made.hearing.claims.get().pk
    answer = {"claim": claim, "decision": "uphold", "answer": "You are right."}
    assert other.post(f"{appealed}answer/", answer).status_code == 302
    assert "You are right." in mine.get("/writing/conduct/").content.decode()
    assert "You are right." in desk.get(page).content.decode()
    assert mine.get(page).status_code == 404
    assert other.post(send, {"text": "No!", "key": uuid4()}).status_code == 404


def test_two_editors_answer_one_appeal_and_the_loser_keeps_the_words(
    suspended, author, other_editor, chief_editor
):
    made = make_appeal(suspended, by=author)
    late = make_claimed_appeal(made, editor=other_editor, at=timezone.now() - timedelta(hours=1))
    reject_appeal(make_claimed_appeal(made, editor=chief_editor), by=chief_editor, answer="It stands.")
    client = Client()
    client.force_login(other_editor)

    answer = client.post(
        f"/moderation/appeals/{made.pk}/answer/",
        {"claim": late.pk, "decision": "uphold", "answer": "I had written this."},
    )

    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "has its answer already" in shown
    assert "I had written this." in shown
    assert "It stands." in shown


def test_queries_of_the_conduct_page_do_not_grow(story, author, editor, reason):
    mine, numbers = Client(), []
    mine.force_login(author)
    for _ in range(3):
        given = suspend(author, story, by=editor, reason=reason, note=NOTE, days=1, key=uuid4())
        make_appeal(given, by=author)
        end_suspensions(at=given.ends_at)
        with CaptureQueriesContext(connection) as asked:
            mine.get("/writing/conduct/")
        numbers.append(len(asked))

    assert len(set(numbers)) == 1, numbers
