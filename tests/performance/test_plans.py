"""On 100,000 stories every list is read from its index, and a deep page costs what the first one costs."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from bench.fill import vocabulary
from stories.models import Draft, SavedText, Story
from stories.models.keyset import _number
from stories.notices.delivering import deliver_due
from stories.workflow.claiming import claim_next, expire_claims
from stories.workflow.escalating import escalate_overdue, warn_of_due
from stories.workflow.freezing import renew_renderings
from stories.workflow.inviting import end_old_invitations
from stories.workflow.keeping import thin_saved_texts
from stories.workflow.measuring import measure_waits
from stories.workflow.publishing import publish_due
from stories.writing.versions import versions_of

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
    ("narrowed", "indexes"),
    [
        ("topic=topic-3", {"submission_on_topic", "submission_with_editors"}),
        ("language=en", {"submission_in_language", "submission_with_editors"}),
        ("language=ur", {"submission_in_language"}),
        ("record=declined", {"submission_by_record", "submission_with_editors"}),
        ("due=soon", {"submission_with_editors"}),
        ("state=returned", {"submission_returned"}),
        ("waiting=1", {"submission_waiting_since", "submission_with_editors"}),
    ],
)
def test_narrowed_queue_is_read_from_an_index(plan_of, narrowed, indexes):
    client = Client()
    client.force_login(User.objects.get(username="esther-thomas"))

    plan = plan_of(lambda: client.get(f"/moderation/?{narrowed}"))

    assert plan.read_whole == set()
    assert plan.indexes & indexes


@pytest.mark.parametrize(
    "due", [publish_due, expire_claims, deliver_due, renew_renderings, end_old_invitations, measure_waits]
)
def test_clock_reads_no_table_whole(plan_of, due):
    plan = plan_of(due)

    assert plan.read_whole == set()
    assert plan.buffers < 100


@pytest.mark.parametrize("due", [warn_of_due, escalate_overdue])
def test_answers_that_are_due_are_found_by_an_index(plan_of, due):
    """Of those whose time comes first: while nobody was told of any, that of the whole queue is as good."""
    plan = plan_of(due)

    assert plan.read_whole == set()
    assert plan.indexes & {"submission_to_warn_of", "submission_to_escalate", "submission_with_editors"}


@pytest.fixture
def many_saved_texts() -> None:
    """Fifty of each of 1,200 stories, one an hour, and none due yet but a few hundred."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO stories_savedtext (story_id, why, sha256, words, size, saved_at, due_at, title, summary,"
            " body, language, topics, tags, cover, cover_alt, disclosures)"
            " SELECT story.id, 'writing', md5(story.id || ' ' || turn), 2, 100, now() - turn * interval '1 hour',"
            " now() + (random() * 1000 - 5) * interval '1 hour', 'Text', '', '<p>Two words</p>', 'en', '{}', '{}',"
            " '', '', '{}' FROM stories_story story, generate_series(1, 50) turn WHERE story.id % 90 = 0"
        )
        cursor.execute("ANALYZE stories_savedtext")


def test_history_is_read_from_its_index_however_deep(plan_of, many_saved_texts):
    Draft.objects.create(story_id=90_000, saved_at=timezone.now())
    story = Story.objects.select_related("draft").get(pk=90_000)

    first = plan_of(lambda: versions_of(story))
    deep = plan_of(lambda: versions_of(story, cursor=versions_of(story).next_cursor))

    for plan in (first, deep):
        assert plan.read_whole == set()
        assert "saved_text_of_story" in plan.indexes
        assert plan.buffers < 250


def test_thinning_reads_what_is_due_and_no_more(plan_of, many_saved_texts):
    plan = plan_of(thin_saved_texts)

    assert plan.read_whole == set()
    assert "saved_text_due" in plan.indexes
    assert SavedText.objects.filter(due_at__lte=timezone.now()).count() == 0
