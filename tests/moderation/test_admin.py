"""The admin site is no way round the workflow: a superuser looks at everything and changes none of it."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from stories.models import Topic
from tests.stories import make_published, make_returned, make_waiting

CHANGEABLE = {Topic}
ADMINS = {model: here for model, here in admin.site._registry.items() if model._meta.app_label == "stories"}
BY_NAME = {"ids": lambda model: model.__name__}


@pytest.fixture
def superuser(db) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root-user", "root@mystory.example", "x"))
    return client


@pytest.fixture
def town(author, other_author, editor):
    make_published(author, editor=editor)
    make_returned(other_author, editor=editor, title="Sent back")
    make_waiting(author, title="Waiting")


def address(model, page: str, *args: object) -> str:
    return reverse(f"admin:stories_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", ADMINS, **BY_NAME)
def test_lists_are_found(town, superuser, model):
    assert superuser.get(address(model, "changelist"), {"q": "a"}).status_code == 200


@pytest.mark.parametrize("model", sorted(set(ADMINS) - CHANGEABLE, key=lambda m: m.__name__), **BY_NAME)
def test_rows_are_read_and_neither_added_changed_nor_deleted(town, superuser, model):
    row = model.objects.first()
    before = list(model.objects.order_by("pk").values())

    assert superuser.get(address(model, "add")).status_code == 403
    assert superuser.post(address(model, "add"), {}).status_code == 403
    if row is not None:
        page = superuser.get(address(model, "change", row.pk))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert superuser.post(address(model, "change", row.pk), {"state": "published"}).status_code == 403
        assert superuser.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [row.pk if row else 1], "post": "yes"}
    superuser.post(address(model, "changelist"), sent)

    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("model", sorted(CHANGEABLE, key=lambda m: m.__name__), **BY_NAME)
def test_house_words_are_kept_but_never_deleted(town, superuser, model):
    row = model.objects.first()

    page = superuser.get(address(model, "change", row.pk))

    assert 'name="_save"' in page.content.decode()
    assert superuser.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()


def test_topic_is_added_and_renamed_and_keeps_its_slug(superuser):
    words = {"name": "Gardens", "slug": "gardens", "description": "", "position": 9, "is_open": "on"}
    superuser.post(address(Topic, "add"), words)
    topic = Topic.objects.get(slug="gardens")

    superuser.post(address(Topic, "change", topic.pk), {**words, "name": "Gardening", "slug": "elsewhere"})

    topic.refresh_from_db()
    assert (topic.name, topic.slug) == ("Gardening", "gardens")


def test_editors_do_not_open_the_admin_site(chief_editor, client):
    client.force_login(chief_editor)

    assert client.get(reverse("admin:index")).status_code == 302
