"""Small corrections by editors: only with their author's consent, only small, never of a link, and always told."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from stories.models import Event, Fix, Note, Notice, Story
from stories.status import NoRoom, NotAllowed, Stale, WrongState
from stories.workflow.claiming import claim
from stories.workflow.fixing import fix, may_fix
from stories.workflow.submitting import submit
from tests.models.test_guards import attack
from tests.stories import approve_claimed, change_draft, make_draft, make_note, make_waiting

LINKED = '<p>We recieve <a href="https://example.com/">letters</a> each week.</p><p>They are long.</p>'


def hold(author, editor, *, may: bool | None = True, body: str = LINKED):
    submission = submit(make_draft(author, body=body), by=author, may_fix=may)
    return claim(submission, by=editor, key=uuid4())


def suggest(held, quote: str = "recieve", replacement: str = "receive", *, block: int = 0) -> Note:
    return make_note(held, kind="suggestion", quote=quote, replacement=replacement, block=block, text="")


def test_correction_with_consent_is_in_the_text_the_draft_the_record_and_the_message(author, editor):
    held = hold(author, editor)
    note = suggest(held)

    fix(note, held, by=editor)
    approve_claimed(held)

    story = Story.objects.get()
    assert "We receive <a" in story.published_revision.body
    assert story.draft.body == story.published_revision.body
    assert not story.has_pending_change
    event = Event.objects.get(action="fix")
    assert event.note == "Before: recieve\nAfter: receive"
    assert event.data["words"] == 1
    told = Notice.objects.get(kind="approve").text
    assert "“recieve” became “receive”." in told
    assert "exactly as you submitted it" not in told
    assert Note.objects.get().outcome == "fixed"


@pytest.mark.parametrize("may", [False, None])
def test_correction_without_consent_is_refused_by_verb_and_database(author, editor, may):
    held = hold(author, editor, may=may)
    note = suggest(held)

    with pytest.raises(NotAllowed):
        fix(note, held, by=editor)

    revision = held.submission.revision
    assert (
        attack(
            "INSERT INTO stories_fix (note_id, submission_id, base_id, made_id, claim_id, words, by_id, at) "
            "VALUES (%s, %s, %s, %s, %s, 1, %s, now())",
            *(note.pk, held.submission_id, revision.pk, revision.pk, held.pk, editor.pk),
        )
        == "fix_has_consent"
    )
    assert not Fix.objects.exists()
    assert "recieve" in Story.objects.get().draft.body


def test_correction_is_bounded_in_words_over_all_of_them_and_touches_no_link(author, editor, settings):
    settings.FIX_WORDS = 2
    held = hold(author, editor)
    first, second, link = (
        suggest(held),
        suggest(held, "each week", "every month"),
        suggest(held, "letters", "mail"),
    )

    fix(first, held, by=editor)
    with pytest.raises(NoRoom):
        fix(second, held, by=editor)
    with pytest.raises(WrongState):
        fix(link, held, by=editor)

    assert Fix.objects.count() == 1


def test_consent_is_for_the_text_it_was_given_with(author, editor):
    submission = submit(make_draft(author, body=LINKED), by=author, may_fix=True)
    assert may_fix(submission)

    submit(submission.story, by=author, may_fix=False)
    assert not may_fix(submission)
    submit(submission.story, by=author, may_fix=True)
    assert may_fix(submission)
    change_draft(submission.story, title="Another")
    assert not may_fix(submit(submission.story, by=author))


def test_correction_needs_the_claim_and_the_passage_and_leaves_a_draft_that_went_on(
    author, other_editor, editor
):
    submission = submit(make_draft(author, body=LINKED), by=author, may_fix=True)
    change_draft(submission.story, body="<p>Quite another text.</p>")
    held = claim(submission, by=editor, key=uuid4())
    note, twice = suggest(held), suggest(held, "We recieve", "We receive")

    with pytest.raises(NotAllowed):
        fix(note, held, by=other_editor)
    fix(note, held, by=editor)
    with pytest.raises(Stale):
        fix(twice, held, by=editor)

    assert Story.objects.get().draft.body == "<p>Quite another text.</p>"


def test_tick_goes_with_the_form_and_the_desk_offers_the_correction(author, editor):
    story = make_draft(author, body=LINKED)
    writer, desk = Client(), Client()
    writer.force_login(author)
    desk.force_login(editor)

    assert "Editors may fix spelling" in writer.get(reverse("writing:edit", args=[story.pk])).content.decode()
    writer.post(reverse("writing:submit", args=[story.pk]), {"asks_fixes": "1", "may_fix": "on"})
    held = claim(story.submissions.get(), by=editor, key=uuid4())
    note = suggest(held)
    review = reverse("moderation:review", args=[held.submission_id])
    assert "Correct it now" in desk.get(review).content.decode()
    desk.post(reverse("moderation:fix_note", args=[held.submission_id, note.pk]), {"claim": held.pk})

    assert "We receive" in desk.get(review).content.decode()
    assert make_waiting(author, title="No tick").consents.count() == 0
