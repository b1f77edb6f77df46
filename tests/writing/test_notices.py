"""The member's notices on the site."""

import pytest

from stories.models import Notice
from tests.stories import make_published, make_returned

ADDRESS = "/writing/notices/"


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def test_notice_is_shown_and_counted_until_it_was_read(desk, author, editor):
    make_returned(author, editor=editor, note="Say more about the oven.")

    page = desk.get(ADDRESS).content.decode()

    assert "Say more about the oven." in page
    assert '<span class="count">1' in page
    notice = Notice.objects.get()
    assert desk.post(f"{ADDRESS}{notice.pk}/").url == notice.link
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert '<span class="count">' not in desk.get(ADDRESS).content.decode()


def test_all_on_the_page_are_marked_and_later_ones_not(desk, author, editor):
    make_published(author, editor=editor)
    newest = desk.get(ADDRESS).context["page"].items[0].pk
    make_published(author, editor=editor)

    desk.post(ADDRESS, {"up_to": newest})

    assert Notice.objects.unread().filter(recipient=author).count() == 1


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 40, "²"])
def test_odd_marks_change_nothing(desk, author, editor, up_to):
    make_published(author, editor=editor)

    assert desk.post(ADDRESS, {"up_to": up_to}).status_code == 302
    assert Notice.objects.unread().count() == 1


def test_somebody_elses_notice_is_not_found_and_stays_unread(client, author, other_author, editor):
    make_published(author, editor=editor)
    notice = Notice.objects.get()
    client.force_login(other_author)

    assert client.post(f"{ADDRESS}{notice.pk}/").status_code == 404
    client.post(ADDRESS, {"up_to": notice.pk})

    notice.refresh_from_db()
    assert notice.read_at is None
    assert notice.subject not in client.get(ADDRESS).content.decode()


def test_notice_never_leads_elsewhere(desk, author, editor):
    make_published(author, editor=editor)
    Notice.objects.update(link="//evil.example/")

    assert desk.post(f"{ADDRESS}{Notice.objects.get().pk}/").url == ADDRESS


@pytest.mark.parametrize("number", [1, 3])
def test_notices_take_the_same_queries_for_one_and_for_three(
    desk, author, editor, number, django_assert_num_queries
):
    for _ in range(number):
        make_published(author, editor=editor)

    with django_assert_num_queries(6):  # session, member, notices, unread, 2 permissions
        desk.get(ADDRESS)
