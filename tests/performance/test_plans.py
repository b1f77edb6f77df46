"""On 100,000 stories every list is read from its index, and a deep page costs what the first one costs."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from bench.fill import vocabulary
from stories.models import Story
from stories.models.keyset import _number
from stories.notices.delivering import deliver_due
from stories.workflow.claiming import claim_next, expire_claims
from stories.workflow.freezing import renew_renderings
from stories.workflow.inviting import end_old_invitations
from stories.workflow.measuring import measure_waits
from stories.workflow.publishing import publish_due

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

LISTS = [
    ("/latest/", "story_newest", 90_000),
    ("/topics/topic-3/", "topic_page", 90_002),
    ("/tags/tag-3/", "tag_page", 90_002),
    ("/authors/writer-7/", "author_page", 90_006),
]


def get(path: str):
    def run():
        response = Client().get(path)
        assert response.status_code == 200
        return response

    return run


@pytest.mark.parametrize(("path", "index", "deep"), LISTS)
def test_list_is_read_from_its_index_however_deep(plan_of, path, index, deep):
    story = Story.objects.get(pk=deep)
    cursor = f"o{_number(story.first_published_at):x}.{story.pk:x}"

    first = plan_of(get(path))
    later = plan_of(get(f"{path}?cursor={cursor}"))

    for plan in (first, later):
        assert plan.read_whole == set()
        assert index in plan.indexes
    assert later.buffers <= first.buffers * 1.3 + 20


@pytest.mark.parametrize(
    ("path", "index"),
    [
        ("/", "story_newest"),
        ("/feed/", "story_newest"),
        ("/topics/topic-3/feed/", "topic_page"),
        ("/tags/tag-3/feed/", "tag_page"),
        ("/authors/writer-7/feed/", "author_page"),
        ("/sitemap.xml", "stories_story_pkey"),
        ("/sitemap-3.xml", "stories_story_pkey"),
    ],
)
def test_page_reads_no_table_whole(plan_of, path, index):
    plan = plan_of(get(path))

    assert plan.read_whole == set()
    assert index in plan.indexes


def test_story_page_is_found_by_its_slug(plan_of):
    plan = plan_of(get("/stories/story-50000/"))

    assert plan.read_whole == set()
    assert plan.buffers < 60


@pytest.mark.parametrize(
    "query", ["amber lantern", "+".join(vocabulary(10)[:2]), "nowhere", "zzzz -of", "lantren"]
)
def test_search_is_read_from_the_index_of_words(plan_of, query):
    plan = plan_of(get(f"/search/?q={query}"))

    assert plan.read_whole == set()
    assert "search_words_english" in plan.indexes


def test_next_claim_is_read_from_the_index_of_those_who_wait(plan_of):
    editor = User.objects.get(username="esther-thomas")

    plan = plan_of(lambda: claim_next(by=editor, key=uuid4()))

    assert plan.read_whole == set()
    assert plan.indexes & {"submission_waiting", "submission_with_editors"}
    assert plan.buffers < 500


def test_queue_page_is_read_from_its_index(plan_of):
    client = Client()
    client.force_login(User.objects.get(username="esther-thomas"))

    plan = plan_of(lambda: client.get("/moderation/"))

    assert plan.read_whole == set()


@pytest.mark.parametrize(
    "due", [publish_due, expire_claims, deliver_due, renew_renderings, end_old_invitations, measure_waits]
)
def test_clock_reads_no_table_whole(plan_of, due):
    plan = plan_of(due)

    assert plan.read_whole == set()
    assert plan.buffers < 100
