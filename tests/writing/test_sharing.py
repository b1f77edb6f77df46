"""Links for friends: who reads what under them, for how long, and what is said when they are over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import PreviewLink, Reason
from stories.status import NotAllowed, WrongState
from stories.workflow.deleting import erase, put_in_bin
from stories.workflow.publishing import remove
from stories.workflow.sharing import MOST, end_link, make_link, token_of
from tests.stories import change_draft, make_draft, make_picture, make_published

KIND = "This is a draft that its author shows you."


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def friend():
    return Client()


def address(link: PreviewLink) -> str:
    return reverse("preview:shared", args=[token_of(link)])


def test_friend_reads_the_draft_as_it_was_saved_last(friend, author):
    picture = make_picture(author)
    story = make_draft(author, title="A boat of reeds", cover=picture.address, cover_alt="A boat")
    link = make_link(story, by=author, key=uuid4())
    change_draft(story, body=f'<p>Tied anew.</p><figure><img src="{picture.address}" alt="Reeds"></figure>')

    answer = friend.get(address(link))
    page = answer.content.decode()

    assert answer.status_code == 200
    assert page.index("Not yet reviewed") < page.index(KIND) < page.index("<h1>A boat of reeds</h1>")
    assert "Tied anew." in page
    assert page.count(f'src="{picture.address}"') == 2
    assert answer.headers["Cache-Control"] == "private, no-store, max-age=0"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert '<meta name="robots" content="noindex' in page
    assert not answer.cookies


def test_shared_page_takes_few_queries(friend, author, django_assert_num_queries):
    link = make_link(make_draft(author), by=author, key=uuid4())

    with django_assert_num_queries(3):  # the link with its story and draft; its authors; topics
        friend.get(address(link))


def test_link_that_is_over_looks_like_one_that_never_was(friend, author, chief_editor, editor):
    now = timezone.now()
    never = friend.get("/preview/no-such-token/")
    stories = [make_draft(author) for _ in range(4)]
    removed = make_published(author, editor=editor)
    links = [make_link(story, by=author, key=uuid4()) for story in (*stories, removed)]
    assert {friend.get(address(link)).status_code for link in links} == {200}

    end_link(links[0], by=author)
    PreviewLink.objects.filter(pk=links[1].pk).update(made_at=now - timedelta(days=14), ends_at=now)
    put_in_bin(stories[2], by=author)
    erase(stories[3], by=author)
    remove(removed, by=chief_editor, reason=Reason.objects.first(), note="Why.")

    answers = [friend.get(address(link)) for link in links]
    assert {answer.status_code for answer in (never, *answers)} == {404}
    assert {answer.content for answer in answers} == {never.content}
    assert {answer.headers["Cache-Control"] for answer in answers} == {never.headers["Cache-Control"]}
    assert "no-store" in never.headers["Cache-Control"]


def test_link_is_over_after_fourteen_days(author):
    now = timezone.now()
    link = make_link(make_draft(author), by=author, key=uuid4(), at=now)

    assert link.ends_at == now + timedelta(days=14)
    assert PreviewLink.objects.live(now + timedelta(days=13, hours=23)).exists()
    assert not PreviewLink.objects.live(now + timedelta(days=14)).exists()


def test_token_is_not_in_the_database_and_not_to_be_guessed(author):
    story = make_draft(author)
    links = [make_link(story, by=author, key=uuid4()) for _ in range(2)]

    tokens = {token_of(link) for link in links}

    assert [len(token) for token in tokens] == [43, 43]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(link::text, ' ') FROM stories_previewlink link")
        kept = cursor.fetchone()[0]
    assert not [token for token in tokens if token in kept]


def test_link_opens_after_the_sites_secret_changed(friend, desk, author, settings):
    link = make_link(make_draft(author), by=author, key=uuid4())
    path, old = address(link), settings.SECRET_KEY

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret of the site" * 3, [old]
    assert address(link) == path
    settings.SECRET_KEY_FALLBACKS = []

    assert token_of(link) == ""
    assert friend.get(path).status_code == 200


def test_author_makes_ends_and_sees_links(desk, friend, author):
    story = make_draft(author)
    page = reverse("writing:sharing", args=[story.pk])
    key = uuid4()

    assert "Make a link" in desk.get(page).content.decode()
    desk.post(page, {"key": key})
    desk.post(page, {"key": key})  # sent twice

    link = story.preview_links.get()
    assert address(link) in desk.get(page).content.decode()
    ended = desk.post(reverse("writing:end_link", args=[story.pk, link.pk]), follow=True)
    assert "Who follows it finds nothing." in ended.content.decode()
    assert address(link) not in ended.content.decode()
    again = desk.post(reverse("writing:end_link", args=[story.pk, link.pk]), follow=True)
    assert "over already" in again.content.decode()
    assert friend.get(address(link)).status_code == 404


def test_only_its_author_shares_a_story(client, author, other_author, editor):
    story, theirs = make_draft(author), make_draft(other_author)
    link = make_link(story, by=author, key=uuid4())
    client.force_login(other_author)

    assert client.post(reverse("writing:sharing", args=[story.pk]), {"key": uuid4()}).status_code == 404
    assert client.post(reverse("writing:end_link", args=[story.pk, link.pk])).status_code == 404
    assert client.post(reverse("writing:end_link", args=[theirs.pk, link.pk])).status_code == 404
    for refused in (
        lambda: make_link(story, by=editor, key=uuid4()),
        lambda: end_link(link, by=other_author),
        lambda: make_link(theirs, by=other_author, key=link.key),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert PreviewLink.objects.live(timezone.now()).get() == link


def test_links_are_few(desk, author):
    story = make_draft(author)
    links = [make_link(story, by=author, key=uuid4()) for _ in range(MOST)]

    with pytest.raises(WrongState):
        make_link(story, by=author, key=uuid4())
    end_link(links[0], by=author)
    make_link(story, by=author, key=uuid4())

    assert (
        "End one to make another." in desk.get(reverse("writing:sharing", args=[story.pk])).content.decode()
    )


def test_removed_and_deleted_stories_are_not_shared(author, editor, chief_editor):
    removed, deleted = make_published(author, editor=editor), make_draft(author)
    remove(removed, by=chief_editor, reason=Reason.objects.first(), note="Why.")
    put_in_bin(deleted, by=author)

    for story in (removed, deleted):
        with pytest.raises(WrongState):
            make_link(story, by=author, key=uuid4())


def test_shared_page_is_only_looked_at(friend, author):
    link = make_link(make_draft(author), by=author, key=uuid4())

    assert friend.post(address(link)).status_code == 405
