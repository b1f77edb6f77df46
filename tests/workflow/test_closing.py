"""Closing an account: begun, kept after all, or ended; what stays, what goes, and what the database refuses."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts import names
from accounts.joining import add_member
from accounts.models import CLOSED_HOST, User
from stories.models import (
    Claim,
    Closing,
    Draft,
    Event,
    HandOver,
    Invitation,
    Notice,
    Picture,
    Reason,
    SavedText,
    SearchEntry,
    Story,
    Submission,
)
from stories.notices.closing import mail_closings
from stories.permissions import is_editor
from stories.status import AlreadyThere, WrongState
from stories.workflow.archiving import ask_for_archive
from stories.workflow.claiming import claim
from stories.workflow.closing import begin, heir_of, stakes_of, take_back
from stories.workflow.deleting import put_in_bin
from stories.workflow.ending import end_closings
from stories.workflow.handing_over import offer, take_over
from stories.workflow.inviting import accept, invite
from stories.workflow.publishing import remove
from stories.workflow.report_claiming import claim_reports
from stories.workflow.sharing import make_link
from stories.workflow.submitting import submit
from tests.cast import PASSWORD
from tests.models.test_guards import attack
from tests.redress.reports import make_report
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_coauthor,
    make_draft,
    make_picture,
    make_published,
    make_returned,
    make_waiting,
)
from tests.workflow.test_bin import tables_that_say

NOW = timezone.now()
END = NOW + timedelta(days=14)
NAMED, NAMELESS, GONE = Closing.Stories.NAMED, Closing.Stories.NAMELESS, Closing.Stories.GONE


def close(member: User, stories: Closing.Stories, *, at: datetime = NOW) -> User:
    begin(by=User.objects.get(pk=member.pk), stories=stories, at=at)
    assert end_closings(at=at + timedelta(days=14)) == 1
    with connection.cursor() as cursor:  # what the database looks at when the transaction ends
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return User.objects.get(pk=member.pk)


def test_closing_takes_back_what_is_under_way(author, editor, other_editor, other_author):
    waiting, returned = make_waiting(author), make_returned(author, editor=editor)
    read = make_claimed(author, editor=editor).submission
    planned = approve_claimed(make_claimed(author, editor=editor), publish_at=NOW + timedelta(days=2))
    invite(waiting.story, by=author, username="bilal-khan")

    begin(by=author, stories=NAMED, at=NOW)

    states = Submission.objects.filter(pk__in=[waiting.pk, returned.pk, read.pk])
    assert set(states.values_list("state", flat=True)) == {"withdrawn"}
    assert not Claim.objects.live().exists()
    assert not Story.objects.get(pk=planned.submission.story_id).is_scheduled
    assert Invitation.objects.get().state == "withdrawn"
    assert list(Event.objects.filter(submission=read).values_list("action", flat=True).order_by("id")) == [
        "submit", "claim", "expire", "withdraw",
    ]  # fmt: skip
    assert User.objects.get(pk=author.pk).closes_at == END
    with pytest.raises(AlreadyThere):
        begin(by=author, stories=GONE, at=NOW)


def test_who_closes_the_account_begins_nothing_new(author, other_author, editor, other_editor):
    mine, theirs = make_draft(author), make_draft(other_author)
    invitation = invite(theirs, by=other_author, username="asha-rao")
    shared = make_draft(other_author)
    make_coauthor(shared, author)
    offer(shared, to="asha-rao", by=other_author)
    held = make_claimed(other_author, editor=editor)
    reported = make_report(make_published(other_author, editor=other_editor)).group
    reports = claim_reports(reported, by=editor, key=uuid4())
    begin(by=author, stories=NAMED, at=NOW)
    begin(by=editor, stories=NAMED, at=NOW)

    reports.refresh_from_db()
    assert reports.end == "released"
    for verb in (
        lambda: submit(mine, by=author),
        lambda: invite(mine, by=author, username="bilal-khan"),
        lambda: accept(invitation, by=author),
        lambda: take_over(shared, by=author),
    ):
        with pytest.raises(WrongState, match="closing your account"):
            verb()
    held.submission.refresh_from_db()
    assert held.submission.state == "queued"
    assert not is_editor(User.objects.get(pk=editor.pk))
    insert = (
        "INSERT INTO stories_event (story_id, action, machine, from_state, to_state, note, data, at, actor_id)"
        " VALUES (%s, 'submit', '', '', '', '', '{}', now(), %s)"
    )
    assert attack(insert, mine.pk, author.pk) == "who_leaves_begins_nothing"
    claim(held.submission, by=other_editor, key=uuid4())


def test_account_is_kept_by_one_step(author, editor):
    story = make_waiting(author).story
    begin(by=author, stories=GONE, at=NOW)

    take_back(by=author, at=END - timedelta(seconds=1))

    assert end_closings(at=END) == 0
    assert User.objects.get(pk=author.pk).closes_at is None
    submit(story, by=author)
    with pytest.raises(AlreadyThere):
        take_back(by=author)
    begin(by=author, stories=GONE, at=END)
    assert end_closings(at=END + timedelta(days=13)) == 0


def test_only_chief_editor_stays_until_there_is_another(chief_editor):
    with pytest.raises(WrongState, match="only chief editor"):
        begin(by=chief_editor, stories=NAMED)


def test_everything_personal_goes_and_the_record_stays(client, author, editor, other_author):
    author.bio, author.display_name = "Zqxjbio.", "Zqxjname Rao"
    author.email = "zqxjmail@mystory.example"
    author.save()
    author.emailaddress_set.update(email=author.email)
    public = make_published(author, editor=editor, title="Stays")
    change_draft(public, title="Zqxjlater")
    make_draft(author, title="Zqxjdraft")
    put_in_bin(make_draft(author, title="Zqxjbin"), by=author)
    make_picture(author)
    make_link(public, by=author, key=uuid4())
    ask_for_archive(by=author)
    invite(make_draft(other_author), by=other_author, email="zqxjmail@mystory.example")
    client.post("/accounts/login/", {"login": "asha-rao", "password": PASSWORD})
    events = list(Event.objects.order_by("id").values_list("pk", "action"))

    closed = close(author, NAMELESS)

    assert closed.closed_at == END
    assert (closed.is_active, closed.name, closed.has_usable_password()) == (False, "A former member", False)
    assert closed.email.endswith(f"@{CLOSED_HOST}")
    assert not Session.objects.exists()
    assert client.get("/writing/").status_code == 302
    assert list(Event.objects.order_by("id").values_list("pk", "action"))[: len(events)] == events
    assert not Picture.objects.exists()
    assert not SavedText.objects.exists()
    assert not Notice.objects.filter(recipient=author).exists()
    assert Draft.objects.filter(story__author=author).get().title == "Stays"
    mail_closings(at=END)  # the last one, after which the address is forgotten
    # The notices of others are theirs: who invited whom may be named there.
    assert tables_that_say("zqxj", but="stories_notice") == set()
    with pytest.raises(Exception, match="taken"):
        names.check("asha-rao")
    add_member(username="somebody-new", email="zqxjmail@mystory.example")


@pytest.mark.parametrize(("stories", "status"), [(NAMED, 200), (NAMELESS, 200), (GONE, 410)])
def test_readers_find_what_was_chosen(client, author, editor, stories, status):
    story = make_published(author, editor=editor, title="A boat of reeds")
    author.languages = ["ur"]
    author.save()

    close(author, stories)

    answer = client.get(story.path)
    assert answer.status_code == status
    page = answer.content.decode()
    feed = client.get("/feed/").content.decode() + client.get("/feed/json/").content.decode()
    everywhere = feed + "".join(
        client.get(path).content.decode() for path in ("/", "/latest/", "/topics/work/")
    )
    shown = page + everywhere + client.get("/search/?q=boat").content.decode()
    assert ("Asha Rao" in page) is (stories is NAMED)
    assert ("A former member" in page) is (stories is NAMELESS)
    assert ("asha-rao" in shown) is (stories is NAMED)
    assert ("closed-" in shown) is False
    assert (story.path in everywhere) is (stories is not GONE)
    found = [client.get(f"/authors/asha-rao/{end}").status_code for end in ("", "feed/")]
    assert found == ([200, 200] if stories is NAMED else [404, 404])
    closed = User.objects.get(pk=author.pk)
    found = client.get(f"/authors/{closed.username}/").status_code
    assert found == (200 if stories is NAMED else 404)
    assert SearchEntry.objects.filter(lead__contains="asha").exists() is (stories is NAMED)


@pytest.mark.parametrize("stories", [NAMED, GONE])
def test_what_is_written_with_others_stays_with_them(client, author, other_author, reader, editor, stories):
    led = make_published(author, editor=editor, title="Ours")
    make_coauthor(led, reader)
    make_coauthor(led, other_author)
    joined = make_published(other_author, editor=editor, title="Theirs")
    make_coauthor(joined, author)
    begin(by=reader, stories=NAMED, at=NOW + timedelta(days=1))
    assert heir_of(led) == other_author  # the other one is leaving too
    offer(led, to="bilal-khan", by=author)

    close(author, stories)

    led.refresh_from_db()
    assert led.author == other_author
    assert not HandOver.objects.exists()
    for story in (led, joined):
        assert ("Asha Rao" in client.get(story.path).content.decode()) is (stories is NAMED)
    made = list(led.events.order_by("id").values_list("action", flat=True))
    assert made[-2:] == (["announce_leaving", "hand_over"] if stories is NAMED else ["hand_over", "leave"])
    told = Notice.objects.filter(story=led, recipient=other_author).values_list("kind", flat=True)
    assert set(told) == {"invite", "offer_hand_over", "announce_leaving", "hand_over"} | (
        set() if stories is NAMED else {"leave"}
    )


def test_story_that_the_editors_removed_stays_for_them_alone(client, author, editor, chief_editor):
    story = make_published(author, editor=editor)
    change_draft(story, title="Zqxjlater")
    remove(story, by=chief_editor, reason=Reason.objects.first(), note="Why.")

    close(author, GONE)

    story.refresh_from_db()
    assert (story.state, story.is_deleted) == ("removed", False)
    assert client.get(story.path).status_code == 410
    assert tables_that_say("zqxj", but="stories_tag") == set()


def test_three_mails_are_sent_and_the_address_forgotten(author):
    begin(by=author, stories=NAMELESS, at=NOW)

    assert mail_closings(at=NOW) == 1
    assert mail_closings(at=END - timedelta(days=3, seconds=1)) == 0
    assert mail_closings(at=END - timedelta(days=3)) == 1
    assert mail_closings(at=END - timedelta(days=1)) == 0
    assert end_closings(at=END) == 1
    assert mail_closings(at=END) == 1
    assert mail_closings(at=END + timedelta(days=9)) == 0

    assert [sent.to for sent in mail.outbox] == [["asha-rao@mystory.example"]] * 3
    assert [
        next(words for words in ("will be closed", "In three days", "is closed") if words in sent.subject)
        for sent in mail.outbox
    ] == ["will be closed", "In three days", "is closed"]
    assert "Keep my account" in mail.outbox[0].body
    assert (Closing.objects.get().address, Closing.objects.get().mail) == ("", Closing.Mail.NONE)


def test_mail_that_fails_is_sent_later_and_one_taken_back_not_at_all(author, other_author, monkeypatch):
    begin(by=author, stories=NAMED, at=NOW)
    begin(by=other_author, stories=NAMED, at=NOW)
    take_back(by=other_author, at=NOW)
    with monkeypatch.context() as broken:
        broken.setattr("stories.notices.closing._compose", lambda closing: 1 / 0)
        assert mail_closings(at=NOW) == 0

    assert mail_closings(at=NOW + timedelta(minutes=11)) == 1
    assert [sent.to for sent in mail.outbox] == [["asha-rao@mystory.example"]]


def test_database_closes_nothing_too_early_half_or_twice(author, other_author, editor):
    begin(by=author, stories=NAMED, at=NOW)
    make_draft(other_author)
    by_hand = "UPDATE accounts_user SET closes_at = NULL WHERE id = %s"
    early = "UPDATE stories_closing SET ended_at = begun_at + interval '13 days'"
    again = (
        "INSERT INTO stories_closing (member_id, stories, begun_at, ends_at, mail, address)"
        " VALUES (%s, 'named', now(), now() + interval '14 days', 0, '')"
    )

    assert attack(by_hand, author.pk) == "account_closes_by_its_closing"
    assert attack(early) == "closing_ends_in_its_time"
    assert attack("UPDATE stories_closing SET ended_at = ends_at") == "account_closes_by_its_closing"
    assert attack("UPDATE stories_closing SET ends_at = begun_at") == "closing_leaves_two_weeks"
    assert attack(again, author.pk) == "one_live_closing_a_member"
    assert attack("DELETE FROM stories_closing") == "closing_stays_known"
    assert (
        attack("UPDATE accounts_user SET closed_at = now(), closes_at = NULL WHERE id = %s", author.pk)
        == "accounts_user_closed_is_empty"
    )
    assert (
        attack("UPDATE accounts_user SET is_nameless = true WHERE id = %s", author.pk)
        == "accounts_user_nameless_is_closed"
    )


def test_closed_account_stays_closed_and_empty(author):
    make_draft(author)
    closed = close(author, NAMED)
    address = (
        'INSERT INTO account_emailaddress (user_id, email, verified, "primary") VALUES (%s, %s, true, true)'
    )

    assert attack("UPDATE accounts_user SET is_active = true WHERE id = %s", closed.pk) == (
        "closed_account_stays_closed"
    )
    assert attack(address, closed.pk, "asha@mystory.example") == "closed_account_stays_closed"
    assert attack("UPDATE stories_closing SET stories = 'gone'") == "closing_stays_known"


def test_account_that_was_shut_waits(author):
    begin(by=author, stories=GONE, at=NOW)
    User.objects.filter(pk=author.pk).update(is_active=False)

    assert end_closings(at=END) == 0
    User.objects.filter(pk=author.pk).update(is_active=True)
    assert end_closings(at=END) == 1


def test_name_goes_from_a_story_in_anothers_bin_too(author, other_author):
    story = make_draft(other_author)
    make_coauthor(story, author)
    put_in_bin(story, by=other_author)

    close(author, NAMELESS)

    assert story.authors() == [other_author]


def test_stakes_say_what_is_at_stake(author, other_author, editor):
    make_published(author, editor=editor)
    make_draft(author)
    put_in_bin(make_draft(author), by=author)
    shared, joined = make_draft(author), make_draft(other_author)
    make_coauthor(shared, other_author)
    make_coauthor(joined, author)

    stakes = stakes_of(author)

    assert (stakes.public, stakes.never_public, stakes.written_with) == (1, 2, 1)
    assert stakes.handed_over == [(shared, other_author)]
