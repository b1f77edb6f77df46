"""A story's whole trip, verb by verb."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from stories.models import Claim, Decision, Event, Notice, Reason, SearchEntry, Story, Submission
from stories.status import (
    AlreadyThere,
    Incomplete,
    NotAllowed,
    Stale,
    StoryState,
    SubmissionState,
    WrongState,
)
from stories.workflow.claiming import NothingWaiting, claim, claim_next, expire_claims, release, renew
from stories.workflow.deciding import Read, approve, decline, return_to_author
from stories.workflow.disclaiming import change_published_disclaimer, offered_versions
from stories.workflow.drafting import DraftConflict, begin_story, save_draft
from stories.workflow.publishing import publish_again, publish_due, remove, restore, unlist, unschedule
from stories.workflow.submitting import submit, withdraw
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_content,
    make_draft,
    make_published,
    make_returned,
    make_waiting,
    read,
)

SENTENCE = (
    "This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute "
    "and have their voices heard. The views and writings here reflect that of the author and not of YourStory."
)


def test_whole_trip_leaves_one_event_a_move(author, editor, other_editor):
    story = make_draft(author)
    submission = submit(story, by=author)
    held = claim_next(by=editor, key=uuid4())
    return_to_author(read(held), by=editor, note="Say which words were in the notebook.")
    change_draft(story, body="<p>Flour, salt, wait, fold.</p>")
    submit(story, by=author)
    held = claim_next(by=other_editor, key=uuid4())
    approve_claimed(held)

    story = Story.objects.published().get()
    moves = [(e.action, e.from_state, e.to_state, e.actor_id) for e in story.events.order_by("id")]
    assert moves == [
        ("submit", "", "queued", author.pk),
        ("claim", "queued", "in_review", editor.pk),
        ("return", "in_review", "returned", editor.pk),
        ("resubmit", "returned", "queued", author.pk),
        ("claim", "queued", "in_review", other_editor.pk),
        ("approve", "in_review", "approved", other_editor.pk),
        ("publish", "draft", "published", other_editor.pk),
    ]
    assert story.published_revision.body == "<p>Flour, salt, wait, fold.</p>"
    assert story.slug == "the-bakery-that-would-not-grow"
    assert [d.text for d in story.disclaimers.all()] == [SENTENCE]
    assert [n.kind for n in Notice.objects.order_by("id")] == ["return", "approve"]
    submission.refresh_from_db()
    assert (submission.state, submission.round) == ("approved", 2)


def test_begin_story_twice_with_one_key_begins_one(author, other_author):
    key = uuid4()

    first = begin_story(by=author, key=key)
    second = begin_story(by=author, key=key)

    assert first == second
    with pytest.raises(NotAllowed):
        begin_story(by=other_author, key=key)


def test_save_draft_from_an_older_version_is_a_conflict_with_both_texts(author):
    story = make_draft(author)
    save_draft(story, make_content(title="From the first tab"), by=author, version=1)

    with pytest.raises(DraftConflict) as conflict:
        save_draft(story, make_content(title="From the second tab"), by=author, version=1)

    assert conflict.value.draft.title == "From the first tab"
    assert conflict.value.offered.title == "From the second tab"
    story.draft.refresh_from_db()
    assert story.draft.title == "From the first tab"


def test_save_draft_sent_twice_changes_nothing(author):
    story = make_draft(author)
    content = make_content(title="Once")

    first = save_draft(story, content, by=author, version=1)
    second = save_draft(story, content, by=author, version=1)

    assert (first.changed, second.changed) == (True, False)
    assert second.draft.version == 2


def test_save_draft_is_refused_to_others_and_while_an_editor_reads(author, other_author, editor):
    held = make_claimed(author, editor=editor)
    story = held.submission.story

    with pytest.raises(NotAllowed):
        save_draft(story, make_content(title="Mine now"), by=other_author, version=1)
    with pytest.raises(WrongState):
        save_draft(story, make_content(title="Too late"), by=author, version=1)


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"title": ""}, "title"),
        ({"body": "<p> </p>"}, "body"),
        ({"topics": ()}, "topics"),
        ({"topics": ("no-such-topic",)}, "topics"),
        ({"cover": "/media/pictures/nobody-uploaded-this.webp", "cover_alt": "x"}, "cover"),
    ],
)
def test_submit_names_the_field_that_is_missing(author, fields, missing):
    story = make_draft(author, **fields)

    with pytest.raises(Incomplete) as refused:
        submit(story, by=author)

    assert refused.value.field == missing
    assert not Submission.objects.exists()


def test_submit_again_while_waiting_replaces_the_text_and_keeps_the_place(author):
    submission = make_waiting(author)
    story = submission.story

    change_draft(story, title="A better title")
    again = submit(story, by=author)

    assert (again.pk, again.queued_at) == (submission.pk, submission.queued_at)
    assert again.revision.title == "A better title"
    with pytest.raises(AlreadyThere):
        submit(story, by=author)


def test_withdraw_takes_it_from_the_queue_but_not_from_an_editor(author, other_author, editor):
    submission = make_waiting(author)

    with pytest.raises(NotAllowed):
        withdraw(submission.story, by=other_author)
    assert withdraw(submission.story, by=author).state == SubmissionState.WITHDRAWN
    with pytest.raises(AlreadyThere):
        withdraw(submission.story, by=author)

    held = make_claimed(author, editor=editor)
    with pytest.raises(WrongState):
        withdraw(held.submission.story, by=author)


def test_claim_next_takes_the_longest_waiting_and_never_ones_own(author, editor):
    now = timezone.now()
    make_waiting(editor, at=now - timedelta(days=3))
    second = make_waiting(author, at=now - timedelta(days=2))
    make_waiting(author, at=now - timedelta(days=1))

    assert claim_next(by=editor, key=uuid4()).submission_id == second.pk
    with pytest.raises(NotAllowed):
        claim_next(by=author, key=uuid4())


def test_claim_next_with_nothing_waiting_says_so(editor):
    with pytest.raises(NothingWaiting):
        claim_next(by=editor, key=uuid4())


def test_claim_form_sent_twice_claims_once(author, editor):
    make_waiting(author)
    make_waiting(author)
    key = uuid4()

    first = claim_next(by=editor, key=key)
    second = claim_next(by=editor, key=key)

    assert first == second
    assert Claim.objects.count() == 1


def test_claim_of_a_claimed_story_names_the_colleague(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    with pytest.raises(Stale, match="Esther Thomas took this story"):
        claim(held.submission, by=other_editor, key=uuid4())
    with pytest.raises(AlreadyThere):
        claim(held.submission, by=editor, key=uuid4())


def test_claim_runs_out_and_the_story_keeps_its_place(author, editor, other_editor):
    now = timezone.now()
    held = make_claimed(author, editor=editor, at=now)

    assert expire_claims(at=now + timedelta(minutes=19)) == 0
    assert expire_claims(at=now + timedelta(minutes=20)) == 1
    assert claim_next(by=other_editor, key=uuid4()).submission_id == held.submission_id
    with pytest.raises(Stale):
        renew(held, by=editor)
    with pytest.raises(Stale):
        approve_claimed(held)


def test_renew_lengthens_the_lease_of_its_holder_alone(author, editor, other_editor):
    now = timezone.now()
    held = make_claimed(author, editor=editor, at=now)

    renewed = renew(held, by=editor, at=now + timedelta(minutes=10))

    assert renewed.expires_at == now + timedelta(minutes=30)
    with pytest.raises(NotAllowed):
        renew(held, by=other_editor)


def test_release_puts_it_back_once(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    with pytest.raises(NotAllowed):
        release(held, by=other_editor)
    assert release(held, by=editor).state == SubmissionState.QUEUED
    with pytest.raises(AlreadyThere):
        release(held, by=editor)


def test_decision_needs_what_the_table_says(author, editor):
    held = make_claimed(author, editor=editor)

    with pytest.raises(Incomplete) as no_note:
        return_to_author(read(held), by=editor, note="  ")
    with pytest.raises(Incomplete) as no_reason:
        decline(read(held), by=editor, reason=None, note="No.")
    with pytest.raises(Incomplete) as no_disclaimer:
        approve(read(held), by=editor, disclaimers=[])

    assert [e.value.field for e in (no_note, no_reason, no_disclaimer)] == ["note", "reason", "disclaimer"]
    assert not Decision.objects.exists()


def test_decision_twice_is_made_once(author, editor):
    held = make_claimed(author, editor=editor)
    approve_claimed(held)

    with pytest.raises(AlreadyThere):
        approve_claimed(held)

    assert Decision.objects.count() == 1


def test_decision_on_another_text_than_was_read_is_stale(author, editor, other_editor):
    now = timezone.now()
    held = make_claimed(author, editor=editor, at=now)
    looked_at = read(held)
    expire_claims(at=now + timedelta(minutes=21))
    change_draft(held.submission.story, title="Changed behind the editor's back")
    submit(held.submission.story, by=author)
    again = claim_next(by=editor, key=uuid4())

    with pytest.raises(Stale, match="newer text"):
        approve(
            Read(claim=again, revision_id=looked_at.revision_id, sha256=looked_at.sha256),
            by=editor,
            disclaimers=offered_versions("en")[:1],
        )
    assert not Story.objects.published().exists()


def test_decision_by_another_editor_is_refused(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    with pytest.raises(NotAllowed):
        return_to_author(read(held), by=other_editor, note="Let me.")


def test_editor_never_decides_on_their_own_story(editor, other_editor):
    submission = make_waiting(editor)

    with pytest.raises(NotAllowed):
        claim(submission, by=editor, key=uuid4())
    assert claim(submission, by=other_editor, key=uuid4()).editor == other_editor


def test_edited_published_story_keeps_its_readers_text_until_approval(author, editor):
    story = make_published(author, editor=editor)
    change_draft(story, title="A second look", body="<p>New words.</p>")
    submit(story, by=author)

    story.refresh_from_db()
    assert story.published_revision.title == "The bakery that would not grow"
    approve_claimed(claim_next(by=editor, key=uuid4()))
    story.refresh_from_db()
    assert story.published_revision.title == "A second look"
    assert story.slug == "the-bakery-that-would-not-grow"
    assert SearchEntry.objects.get(story=story).title == "a second look"


def test_scheduled_story_is_published_when_due_and_once(author, editor):
    now = timezone.now()
    held = make_claimed(author, editor=editor, at=now)
    approve_claimed(held, at=now, publish_at=now + timedelta(hours=5))

    assert publish_due(at=now + timedelta(hours=4)) == 0
    assert not Story.objects.published().exists()
    assert publish_due(at=now + timedelta(hours=5)) == 1
    assert publish_due(at=now + timedelta(hours=6)) == 0
    assert Story.objects.published().get().first_published_at == now + timedelta(hours=5)
    assert list(Notice.objects.order_by("id").values_list("kind", flat=True)) == ["approve", "publish"]


def test_story_that_its_author_took_off_is_published_at_once_or_not_at_all(author, editor):
    story = make_published(author, editor=editor)
    unlist(story, by=author)
    change_draft(story, title="Newer")
    held = claim(submit(story, by=author), by=editor, key=uuid4())

    with pytest.raises(Incomplete) as missing:
        approve_claimed(held, publish_at=timezone.now() + timedelta(hours=5))
    assert missing.value.field == "publish_at"
    assert approve_claimed(held).submission.story.state == "published"


def test_scheduled_publication_can_be_taken_back_by_its_author(author, other_author, editor):
    now = timezone.now()
    held = make_claimed(author, editor=editor, at=now)
    approve_claimed(held, at=now, publish_at=now + timedelta(hours=5))
    story = held.submission.story

    with pytest.raises(NotAllowed):
        unschedule(story, by=other_author)
    unschedule(story, by=author)
    assert publish_due(at=now + timedelta(days=1)) == 0
    with pytest.raises(WrongState):
        unschedule(story, by=author)


def test_unlist_and_publish_again_move_the_shelves_too(author, other_author, editor):
    story = make_published(author, editor=editor, tags=("bread",))

    with pytest.raises(NotAllowed):
        unlist(story, by=other_author)
    unlist(story, by=author)
    assert not story.topiclistings.filter(listed_at__isnull=False).exists()
    assert not SearchEntry.objects.exists()
    publish_again(story, by=author)
    assert story.topiclistings.filter(listed_at__isnull=False).count() == 1
    assert story.taglistings.get().tag.slug == "bread"
    assert SearchEntry.objects.count() == 1


def test_remove_needs_reason_and_note_and_restore_brings_the_very_text_back(author, editor, reader):
    story = make_published(author, editor=editor)
    reason = Reason.objects.get(code="advertising")

    with pytest.raises(NotAllowed):
        remove(story, by=reader, reason=reason, note="Spam.")
    with pytest.raises(Incomplete):
        remove(story, by=editor, reason=reason, note="")
    remove(story, by=editor, reason=reason, note="The link was bought.")
    story.refresh_from_db()
    assert story.state == StoryState.REMOVED
    with pytest.raises(WrongState):
        publish_again(story, by=author)
    restore(story, by=editor, note="It was not.")
    story.refresh_from_db()
    assert (story.state, story.published_revision.number) == (StoryState.PUBLISHED, 1)
    assert list(Notice.objects.order_by("id").values_list("kind", flat=True)) == [
        "approve",
        "remove",
        "restore",
    ]


def test_changed_disclaimer_is_an_event_with_its_reason(author, editor, other_author):
    story = make_published(author, editor=editor)
    opinion = [version for version in offered_versions("en") if version.disclaimer.key == "opinion"]

    with pytest.raises(NotAllowed):
        change_published_disclaimer(story, opinion, by=other_author, note="I would like this one.")
    event = change_published_disclaimer(story, opinion, by=editor, note="It argues a case.")

    assert [d.label for d in story.disclaimers.all()] == ["Opinion"]
    assert (event.action, event.note) == ("change_disclaimer", "It argues a case.")
    assert event.data["before"][0]["text"] == SENTENCE


def test_same_title_gets_another_address(author, editor):
    slugs = [make_published(author, editor=editor).slug for _ in range(7)]

    base = "the-bakery-that-would-not-grow"
    assert slugs[:5] == [base, f"{base}-2", f"{base}-3", f"{base}-4", f"{base}-5"]
    assert len(set(slugs)) == 7


def test_returned_story_waits_for_its_author(author, editor):
    submission = make_returned(author, editor=editor)

    assert submission.state == SubmissionState.RETURNED
    with pytest.raises(NothingWaiting):
        claim_next(by=editor, key=uuid4())
    assert Event.objects.get(action="return").note == "Say more about the oven."


@pytest.mark.parametrize("verb", ["unlist", "remove"])
def test_taking_a_story_off_the_pages_takes_its_planned_text_back_too(author, editor, verb):
    now = timezone.now()
    story = make_published(author, editor=editor, at=now)
    change_draft(story, title="Planned for later")
    submit(story, by=author, at=now)
    held = claim_next(by=editor, key=uuid4(), at=now)
    approve_claimed(held, at=now, publish_at=now + timedelta(hours=1))

    if verb == "unlist":
        unlist(story, by=author)
    else:
        remove(story, by=editor, reason=Reason.objects.get(code="copied"), note="It stands elsewhere.")

    assert publish_due(at=now + timedelta(hours=2)) == 0
    story.refresh_from_db()
    assert (story.is_scheduled, story.is_public) == (False, False)
    assert story.events.filter(action="unschedule").count() == 1
