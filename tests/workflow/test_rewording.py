"""A disclaimer's newer words for all stories that carry older ones: tried out, ordered, stopped, once each."""

import pytest

from stories.models import CarriedDisclaimer, Disclaimer, Event, Notice, Rewording
from stories.status import AlreadyThere, Incomplete, NotAllowed, WrongState
from stories.workflow.disclaiming import write_version
from stories.workflow.publishing import unlist
from stories.workflow.rewording import (
    go_on_rewording,
    order_rewording,
    order_rewordings,
    reword_batch,
    reword_stories,
    stop_rewording,
    try_out,
)
from tests.moderation.conftest import Desk
from tests.stories import make_published

WHY = "The publisher has another name."


@pytest.fixture
def community(db) -> Disclaimer:
    return Disclaimer.objects.get(key="community")


def write(community: Disclaimer, by, text: str = "Other words, by {site}.", language: str = "en"):
    return write_version(community, by=by, language=language, label="Community", text=text)


def test_all_that_carry_older_words_get_the_newer_ones_with_an_event_each(
    author, other_author, editor, chief_editor, community
):
    stories = [make_published(author, editor=editor, title=f"Story {number}") for number in range(3)]
    stories.append(make_published(other_author, editor=editor))
    unlist(stories[0], by=author)
    version = write(community, chief_editor)
    before = list(CarriedDisclaimer.objects.order_by("story").values_list("text", flat=True))

    trial = try_out(version)
    assert (trial.stories, [number for _, number in trial.by_version], len(trial.examples)) == (4, [4], 4)
    assert list(CarriedDisclaimer.objects.order_by("story").values_list("text", flat=True)) == before
    rewording = order_rewording(version, by=chief_editor, note=WHY)
    assert (rewording.expected, rewording.changed) == (4, 0)
    assert reword_stories.call() == 4

    assert set(CarriedDisclaimer.objects.values_list("text", "version")) == {
        ("Other words, by MyStory.", version.pk)
    }
    events = Event.objects.filter(action="change_disclaimer").order_by("story")
    assert [(event.story_id, event.actor, event.note) for event in events] == [
        (story.pk, chief_editor, WHY) for story in stories
    ]
    assert [event.data["before"][0]["text"] for event in events] == before
    told = Notice.objects.filter(kind="reword").order_by("recipient")
    assert [(notice.recipient, notice.mail) for notice in told] == [(author, "none"), (other_author, "none")]
    rewording.refresh_from_db()
    assert (rewording.changed, rewording.done_at is None, rewording.is_going) == (4, False, False)
    assert try_out(version).stories == 0


def test_it_is_stopped_and_gone_on_with_and_nothing_is_changed_twice(author, editor, chief_editor, community):
    for number in range(5):
        make_published(author, editor=editor, title=f"Story {number}")
    version = write(community, chief_editor)
    rewording = order_rewording(version, by=chief_editor, note=WHY)

    assert reword_batch(rewording, at_most=2) == 2
    stop_rewording(rewording, by=chief_editor)
    with pytest.raises(AlreadyThere, match="stopped already"):
        stop_rewording(rewording, by=chief_editor)
    assert (reword_batch(rewording), order_rewordings()) == (0, 0)
    assert CarriedDisclaimer.objects.filter(version=version).count() == 2

    go_on_rewording(rewording, by=chief_editor)
    assert [reword_batch(rewording, at_most=2) for _ in range(4)] == [2, 1, 0, 0]
    assert Event.objects.filter(action="change_disclaimer").count() == 5
    assert Notice.objects.filter(kind="reword").count() == 1
    for late in (stop_rewording, go_on_rewording):
        with pytest.raises(WrongState, match="All stories have these words"):
            late(rewording, by=chief_editor)


def test_what_is_ordered_is_the_newest_of_its_language_by_a_chief_editor_with_a_reason(
    author, editor, chief_editor, community
):
    make_published(author, editor=editor)
    older, other = write(community, chief_editor), write(community, chief_editor, language="hi")
    newest = write(community, chief_editor, text="Newest.")

    for refused, version, by, note in (
        (NotAllowed, newest, editor, WHY),
        (Incomplete, newest, chief_editor, " "),
        (WrongState, older, chief_editor, WHY),
        (WrongState, other, chief_editor, WHY),
    ):
        with pytest.raises(refused):
            order_rewording(version, by=by, note=note)
    assert not Rewording.objects.exists()

    order_rewording(newest, by=chief_editor, note=WHY)
    with pytest.raises(AlreadyThere):
        order_rewording(newest, by=chief_editor, note=WHY)
    again = order_rewording(write(community, chief_editor, text="Yet newer."), by=chief_editor, note=WHY)
    assert Rewording.objects.going().get() == again


def test_a_batch_asks_the_same_queries_for_any_number(
    author, editor, chief_editor, community, django_assert_num_queries
):
    for number in range(6):
        make_published(author, editor=editor, title=f"Story {number}")
    rewording = order_rewording(write(community, chief_editor), by=chief_editor, note=WHY)

    for number, queries in ((1, 13), (4, 12)):  # its author is told with the first
        with django_assert_num_queries(queries):
            assert reword_batch(rewording, at_most=number) == number


def test_the_page_says_what_would_happen_then_orders_it_and_stops_it(
    author, editor, chief_editor, chief_desk, community
):
    make_published(author, editor=editor, title="The bakery")
    version = write(community, chief_editor)
    where = ("community", "en")

    page = chief_desk.get("reword", *where).content.decode()
    assert "One story carries older words" in page
    assert "The bakery" in page
    assert (
        f"/moderation/disclaimers/{'/rewording/'.join(where)}/"
        in chief_desk.get("disclaimer", "community").content.decode()
    )
    assert not Rewording.objects.exists()
    assert chief_desk.post("reword", *where, version=version.pk, note="").status_code == 422
    assert chief_desk.post("reword", *where, version=version.pk, note=WHY).status_code == 302
    assert "0 of 1 stories have the newer words" in chief_desk.get("reword", *where).content.decode()
    chief_desk.post("stop_rewording", *where)
    assert "Stopped" in chief_desk.get("reword", *where).content.decode()
    chief_desk.post("stop_rewording", *where, again="1")
    assert reword_stories.call() == 1
    assert "1 of 1 stories have the newer words" in chief_desk.get("reword", *where).content.decode()
    assert Desk(editor).get("reword", *where).status_code == 404


@pytest.fixture
def chief_desk(chief_editor) -> Desk:
    return Desk(chief_editor)
