"""Small changes that went live by the policy: what their author is told, and what an editor says of them afterwards."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from stories.models import Event, LaterLook, Notice, Reason, Story
from stories.workflow.correcting import correct
from stories.workflow.reporting import Told, report
from stories.workflow.sanctioning import suspend
from stories.workflow.trusting import ready_for_small_changes
from tests.stories import change_draft, make_coauthor, make_published, make_small_change

NOTE = "It says another year than the archive."


@pytest.fixture
def signed_in(author) -> Client:
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def look(author, editor) -> LaterLook:
    return make_small_change(author, editor=editor)


def test_author_is_told_before_and_after_that_it_goes_live_and_why(author, editor, signed_in, settings):
    settings.TRUSTED_AFTER = 2
    story = make_published(author, editor=editor)
    change_draft(story, body=story.published_revision.body.replace("two winters", "two long winters"))
    address = reverse("writing:edit", args=[story.pk])

    mine, compared = reverse("writing:stories"), reverse("writing:compare", args=[story.pk])

    def read(page: str) -> str:
        return signed_in.get(page).content.decode()

    early, listed_early = read(address), read(mine)
    other = make_published(author, editor=editor, title="Another")
    before, listed, change = read(address), read(mine), read(compared)
    unchanged = read(reverse("writing:edit", args=[other.pk]))
    sent = signed_in.post(reverse("writing:submit", args=[story.pk]), follow=True).content.decode()

    assert "because you have 1 of 2 approvals in a row" in early
    assert "From 2 on, changes of fewer than 50 words" in early
    assert "it goes live at once when you submit it" in before
    assert "until you submit it" in before
    assert "until an editor has read" not in before
    assert "2 of your texts were approved in a row" in before
    assert "small change goes live at once" not in listed_early
    assert "Readers keep the approved text until an editor has read the new one." in listed_early
    assert "until you submit it: a small change goes live at once then" in listed
    assert "a small change goes live at once when you submit it" in unchanged
    assert "until an editor" not in listed + change + unchanged
    assert "Readers keep the published text until you submit the new one" in change
    assert "As it is saved now, this is a small change" in change
    assert "readers see it now" in sent
    assert "It went live at once when it was submitted" in sent
    assert "two long winters" in signed_in.get(Story.objects.get(pk=story.pk).path).content.decode()
    history = signed_in.get(reverse("writing:history", args=[story.pk])).content.decode()
    assert "the policy for small changes" in history


def test_change_that_is_not_small_says_what_it_touches(author, editor, signed_in, settings):
    settings.TRUSTED_AFTER = 1
    story = make_published(author, editor=editor)
    change_draft(story, title="Another")

    because = "It waits for an editor when you submit it, because it changes the title"
    assert because in signed_in.get(reverse("writing:edit", args=[story.pk])).content.decode()
    page = signed_in.get(reverse("writing:compare", args=[story.pk])).content.decode()
    assert because in page
    assert "until an editor has approved the new one" in page


def test_stories_in_question_and_of_others_not_trusted_are_not_ready(
    author, other_author, editor, signed_in, settings, django_assert_num_queries
):
    settings.TRUSTED_AFTER = 1
    ready = make_published(author, editor=editor)
    reported, corrected, joined = (make_published(author, editor=editor, title=f"No {n}") for n in range(3))
    report(reported, Told(kind="spam", explanation="It sells."), by=None, key=uuid4())
    correct(corrected, by=editor, text="It was 1962.", key=uuid4())
    make_coauthor(joined, other_author)
    stories = Story.objects.all()

    assert ready_for_small_changes(stories, at=timezone.now()) == {ready.pk}
    with django_assert_num_queries(17):  # two more than where no change goes live by itself
        signed_in.get(reverse("writing:stories"))
    suspend(author, ready, by=editor, reason=Reason.objects.first(), note=NOTE, days=1, key=uuid4())
    assert ready_for_small_changes(stories, at=timezone.now()) == frozenset()


def test_editor_finds_it_in_the_list_compares_and_says_it_is_fine(look, desk, settings):
    settings.TRUSTED_AFTER = 1
    listed = desk.get("second_looks").content.decode()
    page = desk.get("second_look", look.pk).content.decode()
    unsaid = desk.post("judge_look", look.pk)
    said = desk.post("judge_look", look.pk, verdict="fine")
    again = desk.post("judge_look", look.pk, verdict="fine")

    assert look.decision.revision.title in listed
    assert "1 passage changed; 1 word added" in page
    assert "1 approved in a row: small changes go live at once. 1 went live by policy" in page
    assert (unsaid.status_code, said.status_code, again.status_code) == (422, 302, 302)
    look.refresh_from_db()
    assert (look.verdict, Event.objects.filter(action="find_fine").count()) == ("fine", 1)
    assert look.decision.revision.title not in desk.get("second_looks").content.decode()
    assert "Found fine" in desk.get("second_look", look.pk).content.decode()


def test_editor_puts_the_former_text_back_with_a_reason_and_a_note(look, author, desk, reason, signed_in):
    Notice.objects.all().delete()
    missing = desk.post("judge_look", look.pk, verdict="put_back", note=NOTE)
    put = desk.post("judge_look", look.pk, verdict="put_back", note=NOTE, reason=reason.pk)

    assert (missing.status_code, put.status_code) == (422, 302)
    assert NOTE in missing.content.decode()
    story = Story.objects.get(submissions__decisions=look.decision_id)
    assert story.published_revision_id == look.before_id
    assert [notice.recipient for notice in Notice.objects.all()] == [author]
    assert "very" not in desk.client.get(story.path).content.decode()
    page = reverse("writing:submission", args=[story.pk, look.decision.submission_id])
    told = signed_in.get(page).content.decode()
    assert "put the former text back" in told
    assert NOTE in told
    log = desk.get("log").content.decode()
    assert "put back the former text of" in log
    assert "The site, by policy," in log
    assert "by policy" in desk.get("review", look.decision.submission_id).content.decode()


def test_log_as_a_file_names_the_policy(look, chief_desk):
    assert "the site, by policy" in b"".join(chief_desk.get("export_log").streaming_content).decode()


def test_what_one_wrote_is_not_found_and_what_is_past_is_said(editor, other_editor, look, desk):
    own = make_small_change(editor, editor=other_editor, title="By an editor")
    assert desk.get("second_look", own.pk).status_code == 404
    assert desk.post("judge_look", own.pk, verdict="fine").status_code == 404
    assert "By an editor" not in desk.get("second_looks").content.decode()
    Story.objects.filter(submissions__decisions=look.decision_id).update(published_revision=look.before)

    assert "Nothing more is asked" in desk.get("second_look", look.pk).content.decode()
    assert desk.post("judge_look", look.pk, verdict="fine").status_code == 409
    assert "No small change waits" in desk.get("second_looks").content.decode()


def test_list_asks_the_same_for_one_and_for_three(
    look, author, editor, desk, django_assert_num_queries, settings
):
    desk.get("second_looks")
    with django_assert_num_queries(6):
        desk.get("second_looks")
    for title in ("Two", "Three"):
        make_small_change(author, editor=editor, title=title)
    with django_assert_num_queries(6):
        page = desk.get("second_looks").content.decode()
    assert page.count('class="queue-row"') == 3
