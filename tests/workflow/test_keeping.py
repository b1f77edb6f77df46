"""What a draft was is kept: now and then while somebody writes, always before much goes; thinner as it gets older."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from stories.models import SavedText, Story
from stories.status import NotAllowed, WrongState
from stories.workflow import keeping
from stories.workflow.claiming import claim
from stories.workflow.deleting import erase, put_in_bin
from stories.workflow.drafting import DraftConflict, save_draft
from stories.workflow.keeping import set_aside, thin_saved_texts
from stories.workflow.restoring import restore, settle
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_content, make_draft

NOON = datetime(2026, 11, 10, 6, 30, tzinfo=UTC)  # in the site's time zone
LONG = "<p>" + "The oven is lit at two. " * 40 + "</p>"


def minutes(number: float) -> datetime:
    return NOON + timedelta(minutes=number)


def kept(story: Story) -> list[str]:
    return list(story.saved_texts.order_by("saved_at", "id").values_list("title", flat=True))


@pytest.fixture
def story(author) -> Story:
    return Story.objects.get(pk=make_draft(author, at=NOON, title="at 0", body=LONG).pk)


def test_writing_keeps_a_text_every_five_minutes(story):
    for number in range(1, 13):
        change_draft(story, at=minutes(number), title=f"at {number}")

    assert kept(story) == ["at 4", "at 9"]
    text = story.saved_texts.get(title="at 4")
    assert (text.why, text.saved_at, text.words) == ("writing", minutes(4), 240)


def test_text_of_which_much_goes_is_kept_at_once(story):
    change_draft(story, at=minutes(0.1), title="whole")
    change_draft(story, at=minutes(0.2), body="<p>Gone.</p>")

    assert kept(story) == ["whole"]


@pytest.mark.parametrize(
    "body",
    [
        LONG + "<p>More.</p>",
        "<p>First.</p>" + LONG,
        LONG.replace("The oven is lit at two.", "It is cold.", 3),
    ],
)
def test_text_of_which_little_goes_is_not_kept(story, body):
    change_draft(story, at=minutes(0.1), body=body)

    assert kept(story) == []


def test_same_text_is_kept_once_at_its_newer_place(story):
    for number, body in enumerate([LONG, "<p>Short.</p>"] * 3, start=1):
        change_draft(story, at=minutes(number), title="One", body=body)

    assert kept(story) == ["One"]
    assert story.saved_texts.get(title="One").saved_at == minutes(5)


def test_text_of_a_refused_save_leaves_nothing(story, author):
    with pytest.raises(DraftConflict):
        save_draft(story, make_content(title="Late"), by=author, version=0, at=minutes(9))

    assert kept(story) == []


def test_history_takes_a_bounded_room(story, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_TEXTS", 4)
    for number in range(8):
        change_draft(story, at=minutes(1 + 6 * number), title=f"number {number}")
    assert kept(story) == ["number 3", "number 4", "number 5", "number 6"]

    monkeypatch.setattr(keeping, "MOST_BYTES", 2 * story.saved_texts.first().size + 100)
    change_draft(story, at=minutes(90), title="last")
    assert kept(story) == ["number 6", "number 7"]


def test_texts_become_fewer_with_time(story):
    first = NOON + timedelta(hours=2)
    for number in range(36):
        change_draft(story, at=first + timedelta(minutes=10 * number), title=f"number {number}")
    assert len(kept(story)) == 36

    thin_saved_texts(at=first + timedelta(minutes=350))
    after_an_hour = kept(story)
    thin_saved_texts(at=first + timedelta(days=2))
    after_a_day = kept(story)
    thin_saved_texts(at=first + timedelta(days=31))

    assert after_an_hour == ["at 0", *(f"number {number}" for number in (5, 11, 17, 23, *range(29, 35)))]
    assert after_a_day == ["number 34"]
    assert kept(story) == []


def test_thinning_twice_and_of_others_stories_changes_nothing_more(story, other_author):
    theirs = make_draft(other_author, at=NOON, title="theirs", body=LONG)
    change_draft(story, at=minutes(6), title="one")
    change_draft(theirs, at=minutes(7), title="two")

    assert thin_saved_texts(at=minutes(50)) == 0
    assert thin_saved_texts(at=minutes(70)) == 2
    assert thin_saved_texts(at=minutes(70)) == 0
    assert (kept(story), kept(theirs)) == (["at 0"], ["theirs"])


def test_what_somebody_chose_against_stays_thirty_days(story, author):
    set_aside(story, make_content(title="Sent elsewhere"), by=author, at=NOON)
    change_draft(story, at=minutes(6), title="one")

    thin_saved_texts(at=NOON + timedelta(days=29))
    assert set(kept(story)) == {"at 0", "Sent elsewhere"}
    thin_saved_texts(at=NOON + timedelta(days=30, minutes=1))
    assert kept(story) == []


def test_restored_text_is_a_new_version_and_can_be_undone(story, author):
    version = story.draft.version
    first = submit(story, by=author, at=minutes(1)).revision
    change_draft(story, at=minutes(2), title="newer", summary="Short.")

    saved = restore(story, first, by=author, at=minutes(3))
    story.draft.refresh_from_db()
    assert (saved.changed, story.draft.title, story.draft.summary) == (True, "at 0", "")
    assert story.draft.version == version + 2

    (replaced,) = story.saved_texts.all()
    assert (replaced.title, replaced.why, replaced.saved_at) == ("newer", "replaced", minutes(2))
    restore(story, replaced, by=author, at=minutes(4))
    story.draft.refresh_from_db()
    assert (story.draft.title, story.draft.summary) == ("newer", "Short.")
    assert kept(story) == ["newer", "at 0"]


def test_restoring_what_is_there_changes_nothing(story, author):
    revision = submit(story, by=author, at=minutes(1)).revision
    version = story.draft.version

    assert restore(story, revision, by=author, at=minutes(2)).changed is False

    story.draft.refresh_from_db()
    assert story.draft.version == version
    assert kept(story) == []


def test_nothing_is_restored_while_an_editor_reads(story, author, editor):
    submission = submit(story, by=author, at=minutes(1))
    change_draft(story, at=minutes(2), title="newer")
    claim(submission, by=editor, key=uuid4(), at=minutes(3))

    with pytest.raises(WrongState, match="An editor is reading this story"):
        restore(story, submission.revision, by=author, at=minutes(4))

    story.draft.refresh_from_db()
    assert story.draft.title == "newer"
    assert kept(story) == []


def test_nobody_else_restores_settles_or_sets_aside(story, author, other_author, editor):
    revision = submit(story, by=author, at=minutes(1)).revision

    for member in (other_author, editor):
        with pytest.raises(NotAllowed):
            restore(story, revision, by=member)
        with pytest.raises(NotAllowed):
            settle(story, make_content(title="x"), by=member, version=1)
        with pytest.raises(NotAllowed):
            set_aside(story, make_content(title="x"), by=member)
    assert SavedText.objects.count() == 0


def test_settled_text_keeps_what_it_replaces_and_refuses_a_third(story, author):
    settle(story, make_content(title="made of two"), by=author, version=story.draft.version, at=minutes(1))

    with pytest.raises(DraftConflict):
        settle(story, make_content(title="late"), by=author, version=1, at=minutes(2))

    story.draft.refresh_from_db()
    assert story.draft.title == "made of two"
    assert list(story.saved_texts.values_list("title", "why")) == [("at 0", "replaced")]


def test_story_deleted_for_good_leaves_no_text(story, author):
    change_draft(story, at=minutes(6), title="newer")
    assert kept(story) == ["at 0"]

    erase(story, by=author)

    assert kept(story) == []


def test_nothing_is_set_aside_or_restored_in_the_bin(story, author):
    change_draft(story, at=minutes(6), title="newer")
    put_in_bin(story, by=author)

    with pytest.raises(WrongState, match="lies in the bin"):
        set_aside(story, make_content(title="x"), by=author)
    with pytest.raises(WrongState, match="lies in the bin"):
        restore(story, story.saved_texts.get(), by=author)
    assert kept(story) == ["at 0"]
