"""A story is taken out of a colleague's hands with a reason; what an editor has open and has typed outlives it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from stories.models import Claim, Event, Notice, Presence, UnsentDecision
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, SubmissionState
from stories.workflow.attending import KEPT, attend, forget_unsent, go_away, keep_unsent, throw_unsent_away
from stories.workflow.claiming import claim, release, renew
from stories.workflow.deciding import return_to_author
from stories.workflow.taking_over import take_over
from stories.writing.history import tell
from tests.stories import approve_claimed, make_claimed, make_coauthor, read

WHY = "She is on a train without a line until tomorrow."


def test_taking_over_ends_one_claim_and_begins_another_with_an_event_and_a_notice(
    author, editor, other_editor
):
    held = make_claimed(author, editor=editor)
    key = uuid4()

    taken = take_over(held, by=other_editor, key=key, note=f"  {WHY}\n")
    again = take_over(held, by=other_editor, key=key, note=WHY)

    held.refresh_from_db()
    assert again == taken
    assert (held.end, held.ended_at) == (Claim.End.TAKEN, taken.claimed_at)
    assert Claim.objects.live().get() == taken
    event = Event.objects.get(action="take_over")
    assert (event.from_state, event.to_state, event.actor, event.note) == (
        "in_review",
        "in_review",
        other_editor,
        WHY,
    )
    notice = Notice.objects.get(event=event)
    assert notice.recipient == editor
    assert notice.subject == "Farid Ahmed took over “The bakery that would not grow”"
    assert WHY in notice.text
    approve_claimed(taken)


def test_who_lost_the_story_is_told_who_took_it_and_why_by_each_verb(author, editor, other_editor):
    held = make_claimed(author, editor=editor)
    take_over(held, by=other_editor, key=uuid4(), note=WHY)

    told = f"Farid Ahmed took this story over from you: “{WHY}”"
    with pytest.raises(Stale, match="took this story over") as renewing:
        renew(held, by=editor)
    with pytest.raises(Stale) as deciding:
        return_to_author(read(held), by=editor, note="More.")
    assert renewing.value.message == deciding.value.message == told
    held.refresh_from_db()
    with pytest.raises(AlreadyThere):
        release(held, by=editor)


def test_author_sees_that_it_changed_hands_and_not_why(author, editor, other_editor):
    held = make_claimed(author, editor=editor)
    take_over(held, by=other_editor, key=uuid4(), note=WHY)

    happening = tell(Event.objects.get(action="take_over"), reader=author)

    assert happening.words == "Farid Ahmed went on reading it instead of a colleague"
    assert happening.note == ""


def test_taking_over_is_refused_without_a_reason_from_oneself_and_from_who_has_it_no_more(
    author, editor, other_editor, chief_editor, reader
):
    held = make_claimed(author, editor=editor)

    with pytest.raises(Incomplete):
        take_over(held, by=other_editor, key=uuid4(), note=" \n ")
    with pytest.raises(Incomplete):
        take_over(held, by=other_editor, key=uuid4(), note="a" * 301)
    with pytest.raises(AlreadyThere):
        take_over(held, by=editor, key=uuid4(), note=WHY)
    for person in (author, reader):
        with pytest.raises(NotAllowed):
            take_over(held, by=person, key=uuid4(), note=WHY)
    assert Claim.objects.live().get() == held

    take_over(held, by=other_editor, key=uuid4(), note=WHY)
    with pytest.raises(Stale, match="Farid Ahmed has this story by now"):
        take_over(held, by=chief_editor, key=uuid4(), note=WHY)
    assert Claim.objects.live().get().editor == other_editor


def test_taking_over_what_ran_out_says_that_it_is_free(author, editor, other_editor):
    now = timezone.now()
    held = make_claimed(author, editor=editor, at=now - timedelta(hours=2))

    with pytest.raises(Stale, match="just take it"):
        take_over(held, by=other_editor, key=uuid4(), note=WHY)

    held.submission.refresh_from_db()
    assert held.submission.state == SubmissionState.QUEUED
    assert claim(held.submission, by=other_editor, key=uuid4()).editor == other_editor


def test_coauthor_of_the_story_cannot_take_it_over(author, editor, other_editor):
    held = make_claimed(author, editor=editor)
    make_coauthor(held.submission.story, other_editor)

    with pytest.raises(NotAllowed):
        take_over(held, by=other_editor, key=uuid4(), note=WHY)


def test_presence_is_one_row_an_editor_until_they_go_or_are_silent(author, editor, other_editor):
    now = timezone.now()
    submission = make_claimed(author, editor=editor).submission
    for seconds in (200, 100, 0):
        attend(submission, by=other_editor, at=now - timedelta(seconds=seconds))
    attend(submission, by=editor, at=now)

    assert list(Presence.objects.there(now).others_than(editor).values_list("editor", flat=True)) == [
        other_editor.pk
    ]
    assert not Presence.objects.there(now + timedelta(seconds=81)).exists()
    go_away(submission, by=other_editor)
    assert Presence.objects.get().editor == editor
    throw_unsent_away(at=now + timedelta(seconds=81))
    assert not Presence.objects.exists()
    with pytest.raises(NotAllowed):
        attend(submission, by=author)


def test_what_is_typed_is_kept_for_each_editor_until_they_decide_or_for_thirty_days(
    author, editor, other_editor
):
    now = timezone.now()
    submission = make_claimed(author, editor=editor).submission
    for person, note in [(editor, "One"), (editor, "One, two"), (other_editor, "Mine")]:
        keep_unsent(submission, {"note": note}, by=person, at=now)

    kept = dict(UnsentDecision.objects.values_list("editor", "fields"))
    assert kept == {editor.pk: {"note": "One, two"}, other_editor.pk: {"note": "Mine"}}
    forget_unsent(submission, by=editor)
    assert throw_unsent_away(at=now + KEPT - timedelta(minutes=1)) == 0
    assert UnsentDecision.objects.get().editor == other_editor
    assert throw_unsent_away(at=now + KEPT) == 1
    with pytest.raises(NotAllowed):
        keep_unsent(submission, {"note": "No"}, by=author)
