"""Pages by cursor: nothing twice, nothing missed, any cursor answered."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from stories.models.keyset import page_of

NEWEST = ("-date_joined", "-id")
OLDEST = ("date_joined", "id")


@pytest.fixture
def members(db):
    """Seven, of whom three joined at the very same moment."""
    now = timezone.now()
    hours = [0, 1, 2, 2, 2, 3, 4]
    return User.objects.bulk_create(
        User(username=f"member-{n}", email=f"{n}@mystory.example", date_joined=now - timedelta(hours=hour))
        for n, hour in enumerate(hours)
    )


def walk(order, size):
    pages, cursor = [], ""
    while True:
        page = page_of(User.objects.all(), order=order, cursor=cursor, size=size)
        pages.append(page)
        cursor = page.next_cursor
        if not cursor:
            return pages


@pytest.mark.parametrize("size", [1, 2, 3, 7, 20])
@pytest.mark.parametrize("order", [NEWEST, OLDEST])
def test_pages_hold_every_row_once_and_in_order(members, order, size):
    pages = walk(order, size)

    assert [row for page in pages for row in page.items] == list(User.objects.order_by(*order))
    assert {len(page.items) for page in pages[:-1]} <= {size}


def test_page_leads_back_to_the_page_before(members):
    first, second, third = walk(NEWEST, 3)

    back = page_of(User.objects.all(), order=NEWEST, cursor=third.previous_cursor, size=3)
    start = page_of(User.objects.all(), order=NEWEST, cursor=back.previous_cursor, size=3)

    assert back.items == second.items
    assert (start.items, start.previous_cursor, start.is_first) == (first.items, "", True)


def test_first_of_one_page_leads_nowhere(members):
    page = page_of(User.objects.all(), order=NEWEST, size=7)

    assert (page.next_cursor, page.previous_cursor) == ("", "")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "o",
        "o.",
        "b1",
        "o1.2.3",
        "o1.g",
        "offffffffffffffff.1",
        "o7fffffffffffffff.1",
        "o1.1\n",
        "o1.1' --",
        "১.১",
    ],
)
def test_cursor_nobody_gave_out_gives_the_first_page(members, cursor):
    page = page_of(User.objects.all(), order=NEWEST, cursor=cursor, size=2)

    assert page.items == members[:2]


def test_cursor_past_the_end_gives_the_first_page(members):
    page = page_of(User.objects.all(), order=NEWEST, cursor="o0.1", size=2)

    assert page.items == members[:2]


def test_order_of_two_directions_is_refused():
    with pytest.raises(ValueError, match="one way"):
        page_of(User.objects.all(), order=("-date_joined", "id"))


@pytest.mark.parametrize("cursor", ["", "of0000000000.1"])
def test_page_takes_one_query(members, django_assert_num_queries, cursor):
    with django_assert_num_queries(1):
        page_of(User.objects.all(), order=NEWEST, size=2)
