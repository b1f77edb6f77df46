"""A few decisions are read twice by somebody who does not see them; nothing follows by itself."""

import pytest
from django.test import Client
from django.utils import timezone

from stories.concordance import Overlap, overlap, wilson
from stories.models import Event, Notice, Reason, SecondReading
from stories.status import AlreadyThere, Incomplete, NotAllowed
from stories.workflow.second_reading import draw, read_again
from tests.models.test_guards import attack
from tests.stories import make_declined, make_published, make_returned


@pytest.fixture
def all_twice(settings) -> None:
    settings.SECOND_READING_PERCENT = 100


@pytest.fixture
def chosen(all_twice, author, editor) -> SecondReading:
    make_declined(author, editor=editor, reason=Reason.objects.get(code="too-thin"), note="Thin as paper.")
    return SecondReading.objects.get()


def test_draw_takes_about_as_many_as_are_asked_for_and_the_same_again():
    drawn = [draw(number) for number in range(4_000)]

    assert drawn == [draw(number) for number in range(4_000)]
    assert 140 <= sum(number < 500 for number in drawn) <= 260


def test_nothing_is_chosen_where_the_site_asks_for_none(settings, author, editor):
    settings.SECOND_READING_PERCENT = 0

    make_published(author, editor=editor)

    assert not SecondReading.objects.exists()


def test_page_shows_the_text_and_not_what_was_decided(chosen, other_desk, desk):
    listed = other_desk.get("second_readings").content.decode()
    page = other_desk.get("second_reading", chosen.pk).content.decode()

    assert "The bakery that would not grow" in listed
    assert "It took me two winters" in page
    for told in ("state-declined", "Thin as paper", "Esther Thomas", 'class="disclaimer'):
        assert told not in page
    assert desk.get("second_reading", chosen.pk).status_code == 404
    assert "The bakery" not in desk.get("second_readings").content.decode()


def test_reading_again_is_kept_once_and_changes_nothing(chosen, other_desk, author, other_editor):
    before = (Event.objects.count(), Notice.objects.count())

    missing = other_desk.post("read_again", chosen.pk, verdict="decline", words="No.")
    kept = other_desk.post("read_again", chosen.pk, verdict="return", words="It needs an oven.")
    other_desk.post("read_again", chosen.pk, verdict="approve")

    chosen.refresh_from_db()
    assert (missing.status_code, kept.status_code) == (422, 302)
    assert (chosen.reader, chosen.verdict, chosen.reason) == (other_editor, "return", None)
    assert (Event.objects.count(), Notice.objects.count()) == before
    with pytest.raises(AlreadyThere):
        read_again(chosen, by=other_editor, verdict="approve")


def test_nobody_reads_again_what_they_decided_or_wrote(chosen, author, editor, reader):
    for who in (author, editor, reader):
        with pytest.raises(NotAllowed):
            read_again(chosen, by=who, verdict="approve")
    with pytest.raises(Incomplete):
        read_again(chosen, by=editor, verdict="maybe")
    told = [
        attack(
            "UPDATE stories_secondreading SET reader_id = %s, read_at = now(), verdict = 'approve' WHERE id = %s",
            who.pk,
            chosen.pk,
        )
        for who in (author, editor)
    ]
    assert told == ["second_reader_is_another"] * 2
    assert attack("DELETE FROM stories_secondreading WHERE id = %s", chosen.pk) == "second_reading_stays"


def test_chief_editors_alone_see_how_far_two_agree(
    chosen, author, editor, other_editor, other_desk, chief_desk, reader
):
    read_again(chosen, by=other_editor, verdict="decline", reason=Reason.objects.first())
    make_returned(author, editor=editor, title="Sent back")
    read_again(SecondReading.objects.latest("pk"), by=other_editor, verdict="approve")

    answer = chief_desk.get("agreement")

    of_late, _ = answer.context["agreements"]
    assert of_late.by_answer == [("Sent back", Overlap(0, 1)), ("Declined", Overlap(1, 1))]
    assert "too few to judge by" in answer.content.decode()
    assert other_desk.get("agreement").status_code == 404
    client = Client()
    client.force_login(reader)
    assert client.get("/moderation/second-readings/agreement/").status_code == 404


def test_overlap_leaves_out_what_both_would_have_published():
    pairs = {
        ("approve", "approve"): 90,
        ("decline", "decline"): 2,
        ("decline", "approve"): 4,
        ("return", "decline"): 4,
    }

    assert overlap(pairs, "decline") == Overlap(2, 10)


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(4, 20, 0.081, 0.416), (12, 60, 0.118, 0.318), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0, 1)],
)
def test_interval_is_wilsons(hits, of, low, high):
    assert [round(end, 3) for end in wilson(hits, of)] == [low, high]


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_second_readings_asks_the_same_whatever_it_holds(
    all_twice, other_desk, author, editor, number, django_assert_num_queries
):
    for each in range(number):
        make_published(author, editor=editor, title=f"Story {each}")
    other_desk.get("second_readings")

    with django_assert_num_queries(6):
        page = other_desk.get("second_readings")

    assert len(page.context["rows"]) == number
    assert SecondReading.objects.filter(chosen_at__lte=timezone.now()).count() == number
