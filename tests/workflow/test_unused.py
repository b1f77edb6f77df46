"""Pictures that nobody uses go after 30 days; each place of use keeps its pictures."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.profiles import set_picture
from stories.models import Draft, Picture
from stories.models.written import Written
from stories.pictures.accept import AcceptedPicture
from stories.workflow import unused
from stories.workflow.picturing import keep_accepted
from stories.workflow.unused import KEPT_UNUSED, look_for_unused_pictures, throw_unused_pictures_away
from tests.stories import change_draft, make_draft, make_picture, make_published, make_waiting

NOW = timezone.now()
# Columns that look like a use and are none: what is shown of a revision is a use of the revision.
NO_USES = {"stories.Rendering"}


def stored(by, *, number=1, **fields):
    """A picture with its files, never looked at."""
    picture = make_picture(by, number=number)
    ago = NOW - timedelta(days=90)
    fields = {"created_at": ago, "looked_at": ago, "widths": [240], "kinds": ["webp", "jpg"], **fields}
    Picture.objects.filter(pk=picture.pk).update(recipe=1, **fields)
    picture.refresh_from_db()
    for name in [picture.name, *picture.variant_names]:
        default_storage.save(name, ContentFile(b"x"))
    return picture


def days_later(days):
    look_for_unused_pictures(at=NOW + timedelta(days=days))
    return throw_unused_pictures_away(at=NOW + timedelta(days=days))


def figure(picture):
    return f'<p>Words.</p><figure><img src="{picture.address}" alt="A loaf"></figure>'


def test_picture_that_nobody_uses_goes_after_thirty_days_with_its_files(
    author, django_capture_on_commit_callbacks
):
    picture = stored(author)
    files = [picture.name, *picture.variant_names]
    assert [days_later(day) for day in (0, 1, 29)] == [0, 0, 0]
    assert Client().get(picture.address).status_code == 200

    with django_capture_on_commit_callbacks() as after_commit:
        assert days_later(30) == 1

    assert not Picture.objects.exists()
    assert [default_storage.exists(name) for name in files] == [True, True, True]
    for delete in after_commit:
        delete()
    assert [default_storage.exists(name) for name in files] == [False, False, False]
    assert Client().get(picture.address).status_code == 404


def use_in_body_of_draft(picture, author, editor):
    make_draft(author, body=figure(picture))


def use_as_cover_of_draft(picture, author, editor):
    make_draft(author, cover=picture.address, cover_alt="A loaf")


def use_in_revision_alone(picture, author, editor):
    story = make_published(author, editor=editor, body=figure(picture))
    change_draft(story, body="<p>Without it.</p>")


def use_as_cover_of_revision_alone(picture, author, editor):
    waiting = make_waiting(author, cover=picture.address, cover_alt="A loaf")
    change_draft(waiting.story, cover="", cover_alt="")


def use_beside_a_name(picture, author, editor):
    set_picture(author, name=picture.name, by=author)


@pytest.mark.parametrize(
    "use",
    [
        use_in_body_of_draft,
        use_as_cover_of_draft,
        use_in_revision_alone,
        use_as_cover_of_revision_alone,
        use_beside_a_name,
    ],
)
def test_picture_that_somebody_uses_stays(author, editor, use):
    picture = stored(author)
    stored(author, number=2)
    use(picture, author, editor)
    days_later(0)

    assert days_later(40) == 1

    assert list(Picture.objects.all()) == [picture]


def test_every_kind_of_text_is_a_place_of_use_and_no_column_is_forgotten():
    listed = {place.model for place in unused.uses(["pictures/x.webp"])}

    texts = {model for model in apps.get_models() if issubclass(model, Written)}
    looks_like_one = {
        model
        for model in apps.get_models()
        if {"body", "cover", "picture", "html"} & {field.name for field in model._meta.get_fields()}
        and model._meta.label not in NO_USES
        and model._meta.app_label in {"stories", "accounts"}
    }
    assert Draft in texts
    assert texts | looks_like_one == listed


def test_picture_used_again_has_thirty_days_anew(author):
    picture = stored(author)
    days_later(0)
    story = make_draft(author, body=figure(picture))
    picture.refresh_from_db()
    assert picture.unused_since is None

    change_draft(story, body="<p>Without it.</p>")
    # A history may keep the earlier text and with it the picture: this test is of a story that has none.
    getattr(story, "saved_texts", Draft.objects.none()).all().delete()

    assert [days_later(day) for day in (20, 31, 49)] == [0, 0, 0]
    assert days_later(50) == 1


def test_picture_sent_again_is_kept_again(author):
    picture = stored(author, unused_since=NOW - timedelta(days=29))
    same = AcceptedPicture(b"x", "webp", "image/webp", 1600, 900, picture.sha256, "#aa8866")

    assert keep_accepted(same, by=author) == picture

    picture.refresh_from_db()
    assert picture.unused_since is None


def test_picture_is_looked_at_once_more_before_it_goes(author):
    picture = stored(author, unused_since=NOW - KEPT_UNUSED)
    story = make_draft(author)
    Draft.objects.filter(story=story).update(body=figure(picture))  # past all verbs, and not looked at since

    assert throw_unused_pictures_away(at=NOW) == 0

    picture.refresh_from_db()
    assert picture.unused_since is None


@pytest.mark.parametrize("others", [1, 40])
def test_looking_takes_the_same_queries_for_one_and_for_many(author, others, django_assert_num_queries):
    for number in range(others):
        stored(author, number=number)

    with django_assert_num_queries(5):
        assert look_for_unused_pictures(at=NOW) == others
    with django_assert_num_queries(1):
        assert look_for_unused_pictures(at=NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_save_that_begins_to_use_a_picture_at_the_same_instant_keeps_it(author):
    picture = stored(author, unused_since=NOW - KEPT_UNUSED)
    story = make_draft(author)
    began, thrown = threading.Event(), []

    def throw_away():
        began.wait(10)
        thrown.append(throw_unused_pictures_away(at=NOW))
        connection.close()

    thrower = threading.Thread(target=throw_away)
    thrower.start()
    with transaction.atomic():
        change_draft(story, body=figure(picture))
        began.set()  # the save is not committed while the other looks
        thrower.join(10)

    assert thrown == [0]
    assert throw_unused_pictures_away(at=NOW) == 0
    assert default_storage.exists(picture.name)


@pytest.mark.django_db(transaction=True)
def test_save_waits_for_a_picture_that_is_just_thrown_away(author):
    """It then names a picture that is gone, which its author is told when the story is sent in."""
    picture = stored(author, unused_since=NOW - KEPT_UNUSED)
    story = make_draft(author)
    saved = threading.Event()

    def save():
        change_draft(story, body=figure(picture))
        saved.set()
        connection.close()

    saver = threading.Thread(target=save)
    with transaction.atomic():
        assert throw_unused_pictures_away(at=NOW) == 1
        saver.start()
        assert not saved.wait(0.3)
    saver.join(10)

    assert saved.is_set()
    assert not default_storage.exists(picture.name)
