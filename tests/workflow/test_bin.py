"""Deleting: into the bin, back out of it, and for good, with the record kept and no word of the author in it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from stories.models import Answer, Event, Notice, Reason, Request, Revision, SearchEntry, Story, TopicListing
from stories.models.written import Written
from stories.status import AlreadyThere, NotAllowed, WrongState
from stories.workflow.answering import Given, answer_requests, reply
from stories.workflow.deleting import bring_back, empty_bins, erase, put_in_bin
from stories.workflow.drafting import begin_story
from stories.workflow.publishing import publish_again, remove, unlist
from stories.workflow.submitting import submit, withdraw
from tests.models.test_guards import attack
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_coauthor,
    make_declined,
    make_draft,
    make_published,
    make_returned,
    make_waiting,
)

BLANK = {
    "title": "", "summary": "", "body": "", "topics": [], "tags": [], "cover": "", "cover_alt": "", "disclosures": [],
}  # fmt: skip


def test_deleted_draft_lies_in_the_bin_and_comes_back_as_it_was(author):
    story = make_draft(author, title="A boat of reeds")

    put_in_bin(story, by=author)
    assert list(Story.objects.written_by(author)) == []
    assert list(Story.objects.in_bin()) == [story]
    bring_back(story, by=author)

    story = Story.objects.written_by(author).get()
    assert story.draft.title == "A boat of reeds"
    assert [(e.action, e.actor_id) for e in story.events.order_by("id")] == [
        ("delete", author.pk),
        ("bring_back", author.pk),
    ]


def test_story_that_is_public_or_with_the_editors_is_not_deleted(author, editor, chief_editor):
    removed = make_published(author, editor=editor)
    remove(removed, by=chief_editor, reason=Reason.objects.first(), note="Why.")
    held = make_claimed(author, editor=editor)
    planned = approve_claimed(held, publish_at=timezone.now() + timedelta(days=2)).submission.story
    stories = [
        make_published(author, editor=editor),
        removed,
        planned,
        make_waiting(author).story,
        make_returned(author, editor=editor).story,
        make_claimed(author, editor=editor).submission.story,
    ]

    for story in stories:
        for verb in (put_in_bin, erase):
            with pytest.raises(WrongState):
                verb(story, by=author)

    assert not Story.objects.filter(deleted_at__isnull=False).exists()
    assert not Event.objects.filter(action__in=["delete", "erase"]).exists()


def test_withdrawn_declined_and_unlisted_stories_are_deleted(author, editor):
    withdrawn = make_waiting(author).story
    withdraw(withdrawn, by=author)
    unlisted = make_published(author, editor=editor)
    unlist(unlisted, by=author)
    declined = make_declined(author, editor=editor, reason=Reason.objects.first()).story

    for story in (withdrawn, unlisted, declined):
        put_in_bin(story, by=author)

    assert Story.objects.in_bin().count() == 3


def test_only_its_author_deletes_a_story(author, other_author, chief_editor):
    story = make_draft(author)

    for stranger in (other_author, chief_editor):
        for verb in (put_in_bin, bring_back, erase):
            with pytest.raises(NotAllowed):
                verb(story, by=stranger)

    assert not Story.objects.get().is_deleted


def test_deleting_twice_is_a_retry(author):
    story = make_draft(author)
    put_in_bin(story, by=author)

    with pytest.raises(AlreadyThere):
        put_in_bin(story, by=author)
    bring_back(story, by=author)
    with pytest.raises(AlreadyThere):
        bring_back(story, by=author)
    erase(story, by=author)
    with pytest.raises(AlreadyThere):
        erase(story, by=author)
    with pytest.raises(WrongState):
        bring_back(story, by=author)

    assert story.events.count() == 3


def test_story_in_the_bin_takes_no_part_in_anything(author, editor):
    unlisted = make_published(author, editor=editor)
    unlist(unlisted, by=author)
    put_in_bin(unlisted, by=author)

    for verb in (submit, withdraw, publish_again):
        with pytest.raises(WrongState, match="bin"):
            verb(unlisted, by=author)
    with pytest.raises(WrongState, match="bin"):
        change_draft(unlisted, title="Newer")
    with pytest.raises(WrongState, match="bin"):
        begin_story(by=author, key=unlisted.key)


def test_database_keeps_the_bin_apart(author, editor):
    published, waiting, draft = (
        make_published(author, editor=editor),
        make_waiting(author),
        make_draft(author),
    )
    gone = make_draft(author)
    erase(gone, by=author)
    bin_it = "UPDATE stories_story SET deleted_at = now() WHERE id = %s"

    assert attack(bin_it, published.pk) == "story_in_bin_is_not_public"
    assert attack(bin_it, waiting.story_id) == "story_in_bin_is_not_submitted"
    assert (
        attack("UPDATE stories_story SET erased_at = now() WHERE id = %s", draft.pk)
        == "story_erased_is_deleted"
    )
    assert (
        attack("UPDATE stories_story SET erased_at = NULL WHERE id = %s", gone.pk)
        == "story_erased_stays_erased"
    )


def test_erased_story_keeps_the_record_and_no_word_of_its_author(author, editor):
    story = make_published(author, editor=editor, title="Zqwortewort", tags=("zqwortetag",))
    change_draft(story, body="<p>Zqwortelater words.</p>")
    submit(story, by=author, note="Zqwortenote of mine.")
    withdraw(story, by=author)
    unlist(story, by=author)
    fingerprints = list(Revision.objects.order_by("id").values_list("number", "sha256", "frozen_at"))
    decision = story.submissions.earliest("id").decisions.values().get()
    before = list(story.events.order_by("id").values_list("action", "actor", "at", "data"))

    erase(story, by=author)

    revisions = Revision.objects.order_by("id")
    assert list(revisions.values_list("number", "sha256", "frozen_at")) == fingerprints
    names = [f.name for f in Written._meta.get_fields() if f.name != "language"]
    assert [{name: getattr(r, name) for name in names} for r in revisions] == [BLANK, BLANK]
    assert [(r.is_erased, r.pictures) for r in revisions] == [(True, []), (True, [])]
    assert story.submissions.earliest("id").decisions.values().get() == decision
    kept = list(story.events.order_by("id").values_list("action", "actor", "at", "data"))
    assert kept[:-1] == before
    assert kept[-1][:2] == ("erase", author.pk)
    assert not Notice.objects.filter(story=story).exists()
    assert not TopicListing.objects.filter(story=story).exists()
    assert not SearchEntry.objects.filter(story=story).exists()
    assert tables_that_say("zqworte", but="stories_tag") == {
        "stories_story"
    }  # the address, which nobody else gets


def test_answers_to_an_editor_go_and_what_was_asked_stays(author, other_author, editor):
    submission = make_returned(author, editor=editor, requests=["Name the oven."])
    make_coauthor(submission.story, other_author)
    request = Request.objects.get()
    answer_requests(submission, {request.pk: Given(Answer.Kind.DISAGREED, "Zqwortewort.")}, by=author)
    reply(submission, "Zqwortereply.", key=uuid4(), by=other_author)
    withdraw(submission.story, by=other_author, note="Zqwortenote.")

    erase(submission.story, by=author)

    assert tables_that_say("zqworte", but="stories_tag") == set()
    assert Answer.objects.get().text == "[deleted]"
    assert Request.objects.get().text == request.text
    assert submission.decisions.get().note == "Say more about the oven."
    assert attack("UPDATE stories_answer SET text = 'Another'") == "append_only"
    assert attack("DELETE FROM stories_answer") == "append_only"


def tables_that_say(word: str, *, but: str) -> set[str]:
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{table}" row WHERE row::text ILIKE %s)', [f"%{word}%"]
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found - {but}


def test_words_leave_the_record_in_no_other_way(author, editor, site_role):
    kept = make_published(author, editor=editor)
    blank = (
        "title = '', summary = '', body = '', topics = '{}', tags = '{}', cover = '', cover_alt = '', pictures = '{}',"
        " disclosures = '{}', is_erased = true"
    )

    refused = attack("SELECT stories_erase_texts(%s)", kept.pk)
    unlist(kept, by=author)
    put_in_bin(kept, by=author)
    unrecorded = attack(
        "UPDATE stories_story SET erased_at = now() WHERE id = %s; SELECT stories_erase_texts(%s)",
        kept.pk,
        kept.pk,
    )
    by_hand = attack(f"UPDATE stories_revision SET {blank} WHERE story_id = %s", kept.pk)

    assert refused == unrecorded == "append_only"
    assert "permission denied" in by_hand
    erase(kept, by=author)  # the site's own role may, by the verb
    assert Revision.objects.get().is_erased


def test_erased_record_is_as_fixed_as_before(author, editor):
    story = make_published(author, editor=editor)
    unlist(story, by=author)
    erase(story, by=author)

    assert attack("UPDATE stories_revision SET title = 'Another'") == "append_only"
    assert attack("UPDATE stories_event SET note = 'Another'") == "append_only"
    assert attack("DELETE FROM stories_revision") == attack("DELETE FROM stories_event") == "append_only"


def test_clock_empties_the_bin_after_thirty_days(author):
    now = timezone.now()
    old, young, kept = make_draft(author), make_draft(author), make_draft(author)
    put_in_bin(old, by=author, at=now - timedelta(days=30))
    put_in_bin(young, by=author, at=now - timedelta(days=29, hours=23))

    assert empty_bins(at=now) == 1
    assert empty_bins(at=now) == 0

    assert list(Story.objects.in_bin()) == [young]
    assert list(Story.objects.kept()) == [kept]
    old.refresh_from_db()
    assert old.erased_at == now
    assert old.events.latest("id").actor is None


def test_story_brought_back_in_time_stays(author):
    now = timezone.now()
    story = make_draft(author)
    put_in_bin(story, by=author, at=now - timedelta(days=40))
    bring_back(story, by=author)

    assert empty_bins(at=now) == 0
    assert Story.objects.kept().get() == story
