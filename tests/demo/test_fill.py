"""`manage.py fill_demo`: through the verbs, once, and only where it may."""

from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role, role_of
from stories.demo.filling import fill
from stories.models import Claim, Decision, Event, LaterLook, Notice, Statement, Story, Submission, Topic
from stories.status import StoryState, SubmissionState
from tests.demo.conftest import DEMO


@pytest.fixture(scope="module")
def town(standing, few_stories, tmp_path_factory):
    """Filled once, for all the tests here."""
    with override_settings(**DEMO, MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        fill(var=settings.VAR_DIR, said=lambda _: None)


@pytest.fixture
def filled(db, town, few_stories):
    return {story.name: Story.objects.get(draft__title=story.title) for story in few_stories}


def test_fill_leaves_stories_in_every_state(filled):
    assert Counter(Story.objects.values_list("state", flat=True)) == {
        StoryState.PUBLISHED: 6, StoryState.UNLISTED: 1, StoryState.REMOVED: 1, StoryState.DRAFT: 9,
    }  # fmt: skip
    assert set(Submission.objects.values_list("state", flat=True)) == set(SubmissionState)
    assert filled["week-the-oven-died"].is_scheduled


def test_fill_publishes_only_what_a_decision_approved(filled):
    for story in Story.objects.exclude(published_revision=None):
        approval = Decision.objects.get(revision=story.published_revision, kind=Decision.Kind.APPROVE)
        assert approval.sha256 == story.published_revision.sha256
        assert approval.decided_by_id != story.author_id
        assert bool(approval.policy) is (story == filled["bread-at-four"])
        assert story.disclaimers.exists()


def test_fill_shows_a_small_change_that_waits_for_a_second_look_and_one_that_was_put_back(filled):
    waiting = LaterLook.objects.waiting().get()
    judged = LaterLook.objects.get(verdict="put_back")

    assert waiting.decision.submission.story == filled["bread-at-four"]
    assert "In twelve years" in filled["bread-at-four"].published_revision.body
    assert judged.before == filled["tyres"].published_revision
    assert Statement.objects.get(restriction="put_back").facts == judged.note


def test_fill_writes_the_record_in_the_order_of_time(filled):
    times = list(Event.objects.order_by("id").values_list("at", flat=True))

    assert times == sorted(times)


def test_fill_gives_a_story_the_disclaimer_of_its_language(filled):
    carried = filled["mazhaikkaala-vaguppu"].disclaimers.get()

    assert carried.language == "ta"
    assert "MyStory" in carried.text
    assert "YourStory" in carried.text


def test_fill_sends_some_stories_round_twice(filled):
    assert filled["sitting-with-the-dying"].submissions.get().round == 2
    assert filled["homework-i-no-longer-set"].submissions.get().round == 2


def test_fill_leaves_a_changed_text_waiting_behind_the_published_one(filled):
    story = filled["read-a-timetable"]

    waiting = story.submissions.waiting().get()

    assert story.is_public
    assert waiting.revision_id != story.published_revision_id


def test_fill_shows_two_stories_being_read(filled):
    held = Claim.objects.live()

    assert {claim.editor.username for claim in held} == {"demo-editor", "demo-other-editor"}


def test_fill_makes_the_cast_and_their_password(filled):
    member = User.objects.get(email="author@demo.example")

    assert User.objects.count() == 16
    assert Topic.objects.count() == 8
    assert member.username == "demo-author"
    assert member.emailaddress_set.get().verified
    assert check_password("mystory-demo", member.password)
    assert role_of(User.objects.get(username="demo-chief-editor")) is Role.CHIEF_EDITOR


def test_fill_mails_no_old_news(filled):
    old = timezone.now() - timedelta(days=3)

    assert Notice.objects.filter(created_at__lt=old).exists()
    assert not Notice.objects.to_mail().filter(created_at__lt=old).exists()
    assert not Notice.objects.unread().filter(created_at__lt=old).exists()


def test_fill_refuses_a_site_in_use(filled):
    with override_settings(**DEMO), pytest.raises(CommandError) as refusal:
        call_command("fill_demo")

    assert str(refusal.value) == (
        "Somebody uses this site already, so nothing was changed. "
        "To throw all of it away and begin anew, run this with --reset."
    )
    assert User.objects.count() == 16
