"""Handing a story over: it goes to a co-author who says yes, and who led it may leave."""

import pytest

from stories.models import Event, HandOver, Notice, Story
from stories.permissions import may_lead
from stories.status import AlreadyThere, Incomplete, NotAllowed, Stale, WrongState
from stories.workflow.coauthoring import leave
from stories.workflow.handing_over import decline, offer, take_over, withdraw_offer
from tests.stories import make_coauthor, make_published


@pytest.fixture
def story(author, other_author, editor) -> Story:
    story = make_published(author, editor=editor)
    make_coauthor(story, other_author)
    return story


def names(story: Story) -> list[str]:
    return [person.username for person in story.authors()]


def test_story_goes_to_who_says_yes_and_who_led_it_can_leave(story, author, other_author, client):
    with pytest.raises(WrongState, match="Hand it over"):
        leave(story, by=author)
    offer(story, to="bilal-khan", by=author)
    assert Story.objects.get().author == author

    story = take_over(story, by=other_author)

    assert may_lead(other_author, story)
    assert not may_lead(author, story)
    assert names(story) == ["asha-rao", "bilal-khan"]
    leave(story, by=author)
    assert names(story) == ["bilal-khan"]
    assert "Asha Rao" not in client.get(story.path).content.decode()
    made = ["join", "offer_hand_over", "hand_over", "leave"]
    assert list(story.events.order_by("id").values_list("action", flat=True))[-4:] == made
    told = Notice.objects.filter(kind__in=made[1:]).order_by("id").values_list("recipient__username", "kind")
    assert list(told) == [
        ("bilal-khan", "offer_hand_over"), ("asha-rao", "hand_over"), ("bilal-khan", "leave"),
    ]  # fmt: skip


def test_only_who_leads_asks_and_only_an_author(story, author, other_author, reader):
    with pytest.raises(NotAllowed):
        offer(story, to="asha-rao", by=other_author)
    for nobody in ("rosa-lopez", "asha-rao", ""):
        with pytest.raises(Incomplete):
            offer(story, to=nobody, by=author)
    offer(story, to="bilal-khan", by=author)
    with pytest.raises(AlreadyThere):
        offer(story, to="bilal-khan", by=author)
    with pytest.raises(Stale):
        take_over(story, by=reader)

    assert HandOver.objects.count() == 1


def test_declined_and_taken_back_change_nothing(story, author, other_author):
    offer(story, to="bilal-khan", by=author)
    decline(story, by=other_author)
    assert Notice.objects.get(kind="decline_hand_over").recipient == author
    with pytest.raises(Stale):
        take_over(story, by=other_author)
    offer(story, to="bilal-khan", by=author)
    withdraw_offer(story, by=author)
    with pytest.raises(AlreadyThere):
        withdraw_offer(story, by=author)
    with pytest.raises(Stale):
        take_over(story, by=other_author)

    assert Story.objects.get().author == author
    assert not Event.objects.filter(action="hand_over").exists()


def test_who_leaves_is_not_asked_any_more(story, author, other_author):
    offer(story, to="bilal-khan", by=author)
    leave(story, by=other_author)

    with pytest.raises(Stale):
        take_over(story, by=other_author)
    assert HandOver.objects.get().state == "withdrawn"


def test_taking_over_twice_is_a_retry(story, author, other_author):
    offer(story, to="bilal-khan", by=author)
    take_over(story, by=other_author)

    with pytest.raises(AlreadyThere):
        take_over(story, by=other_author)
    assert Event.objects.filter(action="hand_over").count() == 1
