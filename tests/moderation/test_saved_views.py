"""Views of the queue under a name: one's own and shared ones, counted, renamed, deleted, and no longer whole."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from stories.models import SavedView, Topic
from stories.models.saved_view import MOST
from stories.status import AlreadyThere, NoRoom, NotAllowed
from stories.workflow.keeping_views import delete_view, keep_view, rename_view, share_view
from tests.stories import make_topic, make_waiting


@pytest.fixture
def garden(author) -> None:
    make_topic("garden", "Gardens")
    make_waiting(author, title="On plants", topics=("garden",))
    make_waiting(author, title="On work")


def tabs(desk, **view: str) -> list[tuple[str, str, bool]]:
    page = desk.get("queue", **view)
    return [(tab.name, tab.count.words, tab.is_here) for tab in page.context["saved_tabs"]]


def test_what_the_queue_shows_is_kept_under_a_name_and_counted(desk, other_desk, garden):
    assert (
        'action="/moderation/views/new/?topic=garden"' in desk.get("queue", topic="garden").content.decode()
    )
    answer = desk.client.post("/moderation/views/new/?topic=garden", {"name": " Green  things "})

    assert answer.url == "/moderation/?topic=garden"
    assert tabs(desk) == [("Green things", "1", False)]
    page = desk.get("queue", topic="garden").content.decode()
    assert "Green things" in page
    assert "Keep this view" not in page
    assert tabs(other_desk) == []
    assert "Topic: Gardens" in desk.get("saved_views").content.decode()


def test_queue_asks_the_same_queries_for_any_number_of_saved_views(
    desk, editor, garden, django_assert_num_queries
):
    for languages in ((), ("hi", "ta", "ur")):
        for language in languages:
            keep_view(by=editor, query=f"language={language}", name=language)
        with django_assert_num_queries(16):
            desk.get("queue")

    assert len(tabs(desk)) == 3


def test_chief_editor_shares_a_view_and_others_do_not(desk, other_desk, chief_desk, editor, chief_editor):
    form = {"name": "Late", "is_shared": "on"}
    chief_desk.client.post("/moderation/views/new/?due=late", form)
    desk.client.post("/moderation/views/new/?due=soon", form)

    assert [tab[0] for tab in tabs(desk)] == ["Late", "Late"]
    assert [tab[0] for tab in tabs(other_desk)] == ["Late"]
    shared = SavedView.objects.get(owner=None)
    assert shared.query == "due=late"
    assert desk.get("saved_view", shared.pk).status_code == 404
    assert desk.post("delete_saved_view", shared.pk).status_code == 404
    own = SavedView.objects.get(owner=editor)
    assert chief_desk.get("saved_view", own.pk).status_code == 404
    with pytest.raises(NotAllowed, match="Only chief editors"):
        share_view(own, by=editor)

    mine = keep_view(by=chief_editor, query="language=ur", name="Urdu")
    chief_desk.post("share_saved_view", mine.pk)
    assert [tab[0] for tab in tabs(other_desk)] == ["Late", "Urdu"]


def test_view_is_renamed_and_deleted(desk, editor):
    kept = keep_view(by=editor, query="due=late", name="Late")
    keep_view(by=editor, query="due=soon", name="Soon")

    assert desk.post("saved_view", kept.pk, name="Too late").url == "/moderation/views/"
    again = desk.post("saved_view", kept.pk, name="SOON")
    assert again.status_code == 422
    assert "There is a view of this name already." in again.content.decode()
    assert [tab[0] for tab in tabs(desk)] == ["Too late", "Soon"]
    assert "Delete it for good" in desk.get("saved_view", kept.pk).content.decode()
    desk.post("delete_saved_view", kept.pk)
    assert [tab[0] for tab in tabs(desk)] == ["Soon"]
    assert desk.post("delete_saved_view", kept.pk).status_code == 404
    for verb in (lambda: delete_view(kept, by=editor), lambda: rename_view(kept, by=editor, name="Y")):
        with pytest.raises(AlreadyThere, match="deleted in the meantime"):
            verb()


def test_there_is_room_for_a_few_views_and_each_once(desk, editor):
    for place in range(MOST):
        keep_view(by=editor, query=f"topic=topic-{place}", name=f"Topic {place}")

    full = desk.client.post("/moderation/views/new/?due=late", {"name": "Late"})
    assert full.status_code == 422
    assert "You have 8 views, which is as many as fit." in full.content.decode()
    with pytest.raises(NoRoom):
        keep_view(by=editor, query="due=late", name="Late")
    with pytest.raises(AlreadyThere, match="kept already, as “Topic 1”"):
        keep_view(by=editor, query="topic=topic-1", name="Another")
    delete_view(SavedView.objects.get(place=3), by=editor)
    assert keep_view(by=editor, query="due=late", name="Late").place == 3
    nothing = desk.client.post("/moderation/views/new/?due=never", {"name": "Never"})
    assert "Narrow the queue first" in nothing.content.decode()


def test_view_of_what_is_gone_says_so_kindly(desk, editor, garden):
    keep_view(by=editor, query="topic=garden", name="Green")
    keep_view(by=editor, query="language=tlh&due=late", name="Klingon")
    Topic.objects.filter(slug="garden").delete()

    page = desk.get("queue", topic="garden").content.decode()
    assert "The topic “garden” is not there any more. Only stories that were sent in under it before" in page
    assert page.count("not whole") == 2
    assert "A part of this view is not known any more" in desk.get("saved_views").content.decode()
    assert [tab[1] for tab in tabs(desk)] == ["1", "0"]


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"name": ""}, "saved_view_is_whole"),
        ({"query": ""}, "saved_view_is_whole"),
        ({"place": 0}, "saved_view_has_its_place"),
        ({"place": MOST + 1}, "saved_view_has_its_place"),
        ({"query": "due=soon", "name": "Other"}, "one_saved_view_a_place"),
        ({"place": 2, "name": "Other"}, "saved_view_kept_once"),
        ({"place": 2, "query": "due=soon", "name": "LATE"}, "saved_view_name_once"),
    ],
)
def test_database_refuses_what_no_verb_writes(chief_editor, broken, constraint):
    whole = {"owner": None, "name": "Late", "query": "due=late", "place": 1}
    said = {"changed_by": chief_editor, "changed_at": timezone.now()}
    SavedView.objects.create(**whole, **said)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SavedView.objects.create(**{**whole, **broken}, **said)
