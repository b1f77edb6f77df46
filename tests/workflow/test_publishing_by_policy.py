"""What an author's record earns: a small change goes live at once and is looked at afterwards; a breach ends that."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from stories.models import Decision, Event, LaterLook, Notice, PublicLine, Reason, SecondReading, Story
from stories.moderation.comparing import bases_of
from stories.moderation.conversation import decisions_on
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale
from stories.workflow.claiming import claim
from stories.workflow.correcting import correct
from stories.workflow.disclaiming import change_published_disclaimer, offered_versions
from stories.workflow.looking_later import find_fine, put_back
from stories.workflow.publishing import remove, unlist
from stories.workflow.reporting import Told, report
from stories.workflow.sanctioning import suspend, warn
from stories.workflow.submitting import Wish, submit, withdraw
from stories.workflow.trusting import approvals_in_row, outlook
from tests.models.test_guards import attack
from tests.stories import (
    approve_claimed,
    change_draft,
    make_coauthor,
    make_declined,
    make_published,
    make_waiting,
)

BODY = "<p>My grandmother never wrote a recipe down.</p><h2>Flour</h2><p>It took me two {} winters.</p>"
NOTE = "This says something else than what was read."


@pytest.fixture(autouse=True)
def trusting(settings):
    settings.TRUSTED_AFTER, settings.SMALL_CHANGE_WORDS, settings.SECOND_LOOK_PERCENT = 2, 5, 100


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="advertising")


@pytest.fixture
def story(author, editor) -> Story:
    """The second in a row: with it, its author is trusted."""
    make_published(author, editor=editor, title="The first")
    return make_published(author, editor=editor)


def send(story: Story, words: str = "long", **fields: object):
    """The story submitted with other words, and as it is then."""
    change_draft(story, **{"body": BODY.format(words), **fields})
    submission = submit(story, by=story.author)
    story.refresh_from_db()
    return submission


def test_small_change_goes_live_at_once_and_the_record_says_by_what(story, author, editor, settings):
    settings.SECOND_READING_PERCENT = 100
    version = offered_versions("en")[-1]
    change_published_disclaimer(story, [version], by=editor, note="Fits better.")
    carried = list(story.disclaimers.values())
    before = story.published_revision
    Notice.objects.all().delete()

    submission = send(story)

    decision = Decision.objects.get(policy="small-change-1")
    assert (submission.state, story.published_revision_id) == ("approved", submission.revision_id)
    assert (decision.revision, decision.sha256) == (submission.revision, submission.revision.sha256)
    assert (decision.claim, decision.decided_by, decision.approvals, decision.waiting_since) == (
        None,
        None,
        2,
        None,
    )
    assert list(story.disclaimers.values()) == carried
    event = submission.events.get(action="approve_by_policy")
    assert (event.actor, event.data["policy"], event.data["words"]) == (None, "small-change-1", 1)
    assert Notice.objects.get().recipient == author
    assert (LaterLook.objects.get().before, SecondReading.objects.filter(decision=decision).count()) == (
        before,
        0,
    )
    line = PublicLine.objects.get(decision=decision)
    assert (line.kind, line.waited) == ("approve_by_policy", None)
    assert approvals_in_row(author) == 2  # an editor's only
    with pytest.raises(AlreadyThere):
        submit(story, by=author)


def test_without_the_setting_or_the_record_it_waits(story, author, settings):
    settings.TRUSTED_AFTER = 3
    assert send(story).state == "queued"
    withdraw(story, by=author)
    settings.TRUSTED_AFTER = 0
    assert send(story, "short").state == "queued"
    assert not Decision.objects.exclude(policy="").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Another"},
        {"words": "one two three four five"},
        {"words": "<a href='https://example.com/'>long</a>"},
        {"tags": ("oven",)},
    ],
    ids=["a title", "many words", "a link", "a tag"],
)
def test_change_that_is_not_small_waits(story, fields):
    assert send(story, **fields).state == "queued"


def test_wished_time_and_first_text_and_unlisted_story_wait(story, author):
    assert make_waiting(author, title="A third").state == "queued"
    change_draft(story, body=BODY.format("long"))
    wish = Wish(timezone.now() + timedelta(days=1))
    assert submit(story, by=author, wish=wish).state == "queued"
    withdraw(story, by=author)
    unlist(story, by=author)
    assert submit(story, by=author).state == "queued"


def test_story_in_question_waits(story, author, editor, reader):
    report(story, Told(kind="spam", explanation="It sells."), by=reader, key=uuid4())
    assert send(story).state == "queued"


def test_corrected_story_waits_for_a_month(story, author, editor):
    past = timezone.now() - timedelta(days=31)
    correct(story, by=editor, text="It was 1962.", key=uuid4(), at=past)
    assert outlook(story, story.draft.content, authors=[author], at=timezone.now()).because == ""
    correct(story, by=editor, text="It was 1963.", key=uuid4())
    assert send(story).state == "queued"


def test_each_author_has_to_be_trusted(story, author, other_author, editor):
    make_coauthor(story, other_author)
    assert send(story).state == "queued"
    withdraw(story, by=author)
    for title in ("One", "Two"):
        make_published(other_author, editor=editor, title=title)
    assert send(story, "short").state == "approved"


def test_trust_is_lost_at_the_first_breach_and_counted_anew(story, author, editor, reason, settings):
    settings.TRUSTED_AFTER = 1
    breaches = [
        lambda: make_declined(author, editor=editor, reason=reason, title="Not this"),
        lambda: remove(
            make_published(author, editor=editor, title="Or this"), by=editor, reason=reason, note=NOTE
        ),
        lambda: warn(author, story, by=editor, reason=reason, note=NOTE, key=uuid4()),
    ]
    for breach in breaches:
        assert approvals_in_row(author) > 0
        breach()
        assert approvals_in_row(author) == 0
        assert send(story).state == "queued"
        withdraw(story, by=author)
        make_published(author, editor=editor, title="Better")
    assert approvals_in_row(author) == 1
    suspend(author, story, by=editor, reason=reason, note=NOTE, days=1, key=uuid4())
    assert approvals_in_row(author) == 0


def test_small_steps_do_not_add_up_to_a_leap(story, author, editor):
    assert send(story, "one two").state == "approved"
    assert send(story, "one two three four").state == "approved"
    first, second = LaterLook.objects.order_by("pk")
    assert second.before == first.before
    assert list(LaterLook.objects.waiting()) == [second]
    assert send(story, "one two three four five").state == "queued"
    withdraw(story, by=author)
    find_fine(second, by=editor)
    assert send(story, "one two three four five").state == "approved"


def test_what_was_put_back_is_shown_no_more_and_loses_the_trust(story, author, editor, reason, other_author):
    before = story.published_revision
    submission = send(story)
    look = LaterLook.objects.get()
    with pytest.raises(Incomplete):
        put_back(look, by=editor, reason=None, note=NOTE)
    with pytest.raises(Incomplete):
        put_back(look, by=editor, reason=reason, note=" ")
    for nobody in (author, other_author):
        with pytest.raises(NotAllowed):
            put_back(look, by=nobody, reason=reason, note=NOTE)
    Notice.objects.all().delete()

    put_back(look, by=editor, reason=reason, note=NOTE)

    story.refresh_from_db()
    assert (story.published_revision, story.state) == (before, "published")
    assert NOTE in Notice.objects.get(recipient=author).text
    event = Event.objects.get(action="put_back")
    assert (event.actor, event.note, event.data["reason"]) == (editor, NOTE, reason.code)
    assert approvals_in_row(author) == 0
    with pytest.raises(AlreadyThere):
        put_back(look, by=editor, reason=reason, note=NOTE)
    shown = "UPDATE stories_story SET published_revision_id = %s WHERE id = %s"
    assert attack(shown, submission.revision_id, story.pk) == "put_back_text_is_not_shown"
    # Its author may send the very text to an editor, who may approve it.
    again = submit(story, by=author)
    assert (again.state, again.revision_id) == ("queued", submission.revision_id)
    approve_claimed(claim(again, by=editor, key=uuid4()))
    story.refresh_from_db()
    assert story.published_revision_id == submission.revision_id


def test_what_readers_see_no_more_is_not_put_back(story, author, editor, reason):
    send(story)
    look = LaterLook.objects.get()
    submission = send(story, title="Another")
    approve_claimed(claim(submission, by=editor, key=uuid4()))
    with pytest.raises(Stale):
        put_back(look, by=editor, reason=reason, note=NOTE)
    assert not LaterLook.objects.waiting().exists()


def test_not_every_change_is_looked_at_where_the_site_says_so(story, settings):
    settings.SECOND_LOOK_PERCENT = 0
    assert send(story).state == "approved"
    assert not LaterLook.objects.waiting().exists()


def test_editor_compares_with_what_an_editor_decided_last(story, author, editor):
    send(story)
    submission = send(story, title="Another")
    kinds = [base.key for base in bases_of(submission, decisions_on(submission), by=editor)]
    assert sorted(kinds) == ["mine", "published"]


POLICY = (
    "INSERT INTO stories_decision (submission_id, round, kind, revision_id, sha256, policy, approvals, decided_at,"
    " note, disclaimers) SELECT s.id, s.round, 'approve', r.id, r.sha256, 'small-change-1', %s, now(), '', '{1}'"
    " FROM stories_submission s JOIN stories_revision r ON r.id = s.revision_id WHERE s.id = %s"
)


def test_database_refuses_a_policy_where_it_has_no_say(story, author, editor, reason, reader, settings):
    settings.TRUSTED_AFTER = 0

    def decided(submission, approvals=1):
        return attack(POLICY, approvals, submission.pk)

    first = make_waiting(author, title="A third")
    assert decided(first) == "policy_changes_published_words"
    assert decided(send(story, title="Another")) == "policy_changes_published_words"
    withdraw(story, by=author)
    small = send(story, title="The bakery that would not grow")
    assert decided(small, 3) == "policy_is_for_trusted_authors"
    assert decided(small, None) == "decision_is_by_an_editor_or_a_policy"
    assert decided(small, 0) == "decision_is_by_an_editor_or_a_policy"
    assert decided(small) == "state_has_its_decision"  # and nothing but the submission's own state is amiss
    with transaction.atomic():
        warn(author, story, by=editor, reason=reason, note=NOTE, key=uuid4())
        assert decided(small) == "policy_is_for_trusted_authors"
        transaction.set_rollback(True)
    with transaction.atomic():
        report(story, Told(kind="spam", explanation="It sells."), by=reader, key=uuid4())
        assert decided(small) == "policy_leaves_what_is_in_question"
        transaction.set_rollback(True)
    claim(small, by=editor, key=uuid4())
    assert decided(small) == "policy_changes_published_words"
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            submission=first,
            round=1,
            kind="approve",
            revision=first.revision,
            sha256=first.revision.sha256,
            decided_at=timezone.now(),
            disclaimers=[1],
        )


def test_second_look_is_taken_once_and_never_by_an_author(story, author, editor, reason):
    send(story)
    look = LaterLook.objects.get()
    said = "UPDATE stories_laterlook SET looked_by_id = %s, looked_at = now(), verdict = %s, reason_id = %s, note = %s"
    assert attack(said, author.pk, "fine", None, "") == "later_look_is_not_by_author"
    assert attack(said, editor.pk, "put_back", reason.pk, NOTE) == "put_back_is_shown"
    assert attack(said, editor.pk, "put_back", None, NOTE) != ""
    assert attack("DELETE FROM stories_laterlook") == "later_look_stays"
    find_fine(look, by=editor)
    assert attack("UPDATE stories_laterlook SET looked_at = now()") == "later_look_stays"
