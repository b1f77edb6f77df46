"""Every address of the desk: not found by anybody but editors, moved by POST alone, kept by nobody."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import Claim, Event, Reason, SecondReading
from stories.moderation.urls import urlpatterns
from stories.workflow.appealing import appeal
from stories.workflow.proposing import propose_removal
from stories.workflow.sanctioning import warn
from tests.cast import one_of_the_cast
from tests.redress.reports import make_claimed_reports
from tests.stories import (
    make_batch,
    make_declined,
    make_published,
    make_reply,
    make_small_change,
    make_view,
    make_waiting,
)

MOVES = {"next", "claim", "renew", "release", "settle", "decide", "write_disclaimer", "offer_disclaimer"}
MOVES |= {"published_disclaimer", "remove", "restore", "note", "note_message", "end_note", "fix_note"}
MOVES |= {"claim_appeal", "release_appeal", "renew_appeal", "take_over_appeal"}
MOVES |= {"sanction"}
MOVES |= {"judge_look", "read_again", "answer_proposal", "take_back_proposal"}
MOVES |= {"answer_appeal", "claim_reports", "renew_reports", "release_reports", "decide_reports"}
MOVES |= {
    "private_note",
    "write_reason",
    "offer_reason",
    "insert_reply",
    "preview_decision",
    "retire_reply",
    "take_back",
    "stop_rewording",
    "correct",
}
MOVES |= {"presence", "keep", "share_saved_view", "delete_saved_view", "run_batch", "undo_batch"}
FORMS = {"take_over", "new_disclaimer", "new_reason", "new_reply", "reply", "new_saved_view", "saved_view"}
FORMS |= {"reword", "new_batch", "feature"}
BACK = {"new_batch"}  # to the queue, while nothing is ticked there
CHIEFS = {
    "agreement",
    "new_disclaimer",
    "new_reason",
    "write_disclaimer",
    "offer_disclaimer",
    "write_reason",
    "offer_reason",
    "reword",
    "stop_rewording",
}
NAMES = sorted(pattern.name for pattern in urlpatterns)


@pytest.fixture(scope="module")
def parts(standing):
    """What fills the gaps of the addresses; made once for all tests of this file."""
    author, other_editor = one_of_the_cast("author"), one_of_the_cast("other_editor")
    chief_editor = one_of_the_cast("chief_editor")
    submission = make_waiting(author)
    story = make_published(author, editor=other_editor, title="Published")
    parts = {
        "submission_id": submission.pk,
        "story_id": story.pk,
        "key": "community",
        "note_id": 1,
        "language": "en",
    }
    parts["code"] = "advertising"
    parts["reply_id"] = make_reply(chief_editor).pk
    parts["batch_id"] = make_batch(chief_editor).pk
    parts["view_id"] = make_view(chief_editor).pk
    parts["group_id"] = make_claimed_reports(story, editor=chief_editor).group_id

    declined = make_declined(author, editor=other_editor, reason=Reason.objects.get(code="too-thin"))
    doubted = make_published(author, editor=other_editor, title="In doubt")
    parts["proposal_id"] = propose_removal(
        doubted, by=other_editor, reason=Reason.objects.latest("pk"), note="Why."
    ).pk
    parts["username"] = author.username
    parts["sanction_id"] = warn(
        author, story, by=chief_editor, reason=Reason.objects.latest("pk"), note="Why.", key=uuid4()
    ).pk
    parts["reading_id"] = SecondReading.objects.create(
        decision=declined.decisions.get(), chosen_at=timezone.now()
    ).pk
    parts["look_id"] = make_small_change(author, editor=other_editor, title="A word more").pk
    parts["appeal_id"] = appeal(declined.story, declined.decisions.get(), "Why.", by=author, key=uuid4()).pk
    return parts


@pytest.fixture
def address(parts, db):
    def find(name: str) -> str:
        pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
        wanted = pattern.pattern.converters
        return reverse(f"moderation:{name}", kwargs={part: parts[part] for part in wanted})

    return find


@pytest.mark.parametrize("name", NAMES)
def test_strangers_members_and_authors_find_nothing(name, address, author, reader):
    events = Event.objects.count()
    for person in (None, author, reader):
        client = Client()
        if person is not None:
            client.force_login(person)
        for answer in (client.get(address(name)), client.post(address(name), {"key": uuid4()})):
            assert answer.status_code == 404
            assert "no-store" in answer["Cache-Control"]

    assert Event.objects.count() == events
    assert not Claim.objects.live().exists()


@pytest.mark.parametrize("name", NAMES)
def test_get_changes_nothing(name, address, chief_editor):
    events = Event.objects.count()
    client = Client()
    client.force_login(chief_editor)

    answer = client.get(address(name))

    assert answer.status_code == (405 if name in MOVES else 302 if name in BACK else 200)
    assert "no-store" in answer["Cache-Control"]
    assert Event.objects.count() == events
    assert not Claim.objects.live().exists()


@pytest.mark.parametrize("name", sorted(set(NAMES) - MOVES - FORMS))
def test_pages_that_only_show_refuse_post(name, address, chief_editor):
    client = Client()
    client.force_login(chief_editor)

    assert client.post(address(name)).status_code == 405


@pytest.mark.parametrize("name", sorted(CHIEFS))
def test_writing_the_house_words_is_not_found_by_editors(name, address, editor):
    client = Client()
    client.force_login(editor)

    assert client.get(address(name)).status_code == 404
    assert client.post(address(name), {"text": "Mine."}).status_code == 404


def test_editor_who_was_dismissed_finds_nothing(address, editor):
    client = Client()
    client.force_login(editor)
    assert client.get(address("queue")).status_code == 200

    editor.groups.clear()

    assert client.get(address("queue")).status_code == 404


def test_moves_ask_for_the_token_of_the_page(address, editor):
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(address("next"), {"key": uuid4()}).status_code == 403
    assert not Claim.objects.live().exists()
