"""Reasons in versions, the statement of reasons that an author gets, and the line that anybody may read."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from stories.models import Event, Notice, PublicLine, Reason, ReasonVersion, Statement
from stories.models.record import RECORD_TABLES
from stories.status import NotAllowed
from stories.workflow.deciding import decline, return_to_author
from stories.workflow.publishing import remove, restore
from stories.workflow.reasoning import begin_reason, write_reason_version
from tests.stories import make_claimed, make_declined, make_published, read

WORDS = {
    "language": "en",
    "label": "Advertising",
    "text": "It sells something.",
    "remedy": "Take the shop out.",
}


def test_one_decline_makes_everything_at_once(author, editor, reason):
    held = make_claimed(author, editor=editor)

    decision = decline(read(held), by=editor, reason=reason, note="The second section sells.", led_by="check")

    event = Event.objects.get(action="decline")
    stated = decision.statement
    assert (stated.event, stated.restriction, stated.led_by) == (event, "not_published", "check")
    assert (stated.ground.reason, stated.facts) == (reason, "The second section sells.")
    line = PublicLine.objects.get()
    assert (line.event, line.decision, line.kind) == (event, decision, "decline")
    assert (line.family, line.reason, line.led_by, line.language) == ("rules", "advertising", "check", "en")
    assert line.topics == ["work"]
    assert line.waited is not None
    assert Notice.objects.get(event=event).recipient == author


def test_statement_says_all_that_it_has_to_in_the_mail_and_on_the_page(author, editor, reason):
    submission = make_declined(author, editor=editor, reason=reason, note="The second section sells.")
    client = Client()
    client.force_login(author)

    page = client.get(reverse("writing:submission", args=[submission.story_id, submission.pk]))

    stated = Statement.objects.get()
    said = [stated.scope, stated.family, stated.origin, stated.facts, stated.redress]
    said += [stated.ground.text, stated.ground.remedy]
    mail = Notice.objects.get().text
    assert [part for part in said if part not in mail] == []
    html = page.content.decode().replace("&#x27;", "'")
    assert [part for part in said if part not in html] == []


def test_removed_story_has_its_statement_on_the_page_of_its_submission(author, editor, other_editor, reason):
    story = make_published(author, editor=editor)
    remove(story, by=other_editor, reason=reason, note="It advertises a shop.", led_by="notice")
    client = Client()
    client.force_login(author)

    page = client.get(reverse("writing:submission", args=[story.pk, story.submissions.get().pk]))

    stated = Statement.objects.get(restriction="removed")
    assert "A notice that somebody sent us led to it" in page.content.decode()
    assert stated.scope in page.content.decode()
    restore(story, by=other_editor, note="The author has shown that it was not paid for.")
    assert list(PublicLine.objects.order_by("id").values_list("kind", "led_by")) == [
        ("approve", "own"),
        ("remove", "notice"),
        ("restore", "own"),
    ]


def test_approval_and_return_need_no_statement_and_have_their_line(author, editor):
    make_published(author, editor=editor)
    return_to_author(read(make_claimed(author, editor=editor)), by=editor, note="Name the year.")

    assert not Statement.objects.exists()
    assert set(PublicLine.objects.values_list("kind", "family")) == {("approve", ""), ("return", "")}


def test_author_is_told_in_the_language_of_the_story_where_the_reason_has_words_in_it(
    author, editor, chief_editor, reason
):
    hindi = {"label": "विज्ञापन", "text": "यह कुछ बेचता है।", "remedy": "दुकान हटाइए।"}
    write_reason_version(reason, by=chief_editor, language="hi", **hindi)

    in_hindi = make_declined(author, editor=editor, reason=reason, language="hi").decisions.get()
    in_urdu = make_declined(author, editor=editor, reason=reason, language="ur").decisions.get()

    assert in_hindi.statement.ground.text == "यह कुछ बेचता है।"
    assert in_urdu.statement.ground.language == "en"


def test_new_words_leave_what_an_author_was_given_as_it_was(chief_desk, author, editor, reason):
    decision = make_declined(author, editor=editor, reason=reason).decisions.get()
    given = decision.reason_given

    assert chief_desk.post("write_reason", "advertising", **WORDS).status_code == 302
    chief_desk.post("write_reason", "advertising", **WORDS)

    assert ReasonVersion.objects.filter(reason=reason).count() == 2
    assert type(decision).objects.get().reason_given == given
    assert "It sells something." in chief_desk.get("reason", "advertising").content.decode()
    assert make_declined(author, editor=editor, reason=reason).decisions.get().reason_given == (
        "Advertising. It sells something."
    )


@pytest.mark.parametrize(
    ("field", "value"), [("label", ""), ("text", " "), ("remedy", ""), ("language", "xx")]
)
def test_words_that_lack_something_are_named_and_kept(chief_desk, field, value):
    answer = chief_desk.post("write_reason", "advertising", **{**WORDS, field: value})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert ReasonVersion.objects.filter(reason__code="advertising").count() == 1


def test_new_reason_is_offered_until_it_is_not(chief_desk, desk, author, editor):
    sent = {**WORDS, "code": "poetry", "family": "editorial", "label": "Poetry"}

    assert chief_desk.post("new_reason", **sent).url == "/moderation/reasons/poetry/"
    again = chief_desk.post("new_reason", **sent)
    elsewhere = chief_desk.post("new_reason", **{**sent, "code": "verse", "language": "hi"})
    held = make_claimed(author, editor=editor)
    offered = "Poetry" in desk.get("review", held.submission_id).content.decode()
    chief_desk.post("offer_reason", "poetry", label="Poetry")

    assert list(again.context["form"].errors) == ["code"]
    assert list(elsewhere.context["form"].errors) == ["language"]
    assert offered
    assert not Reason.objects.get(code="poetry").is_open
    assert "Poetry" not in desk.get("review", held.submission_id).content.decode()


def test_editors_read_reasons_and_do_not_write_them(desk, editor):
    assert "You can take the advertising and its links out" in desk.get("reasons").content.decode()
    assert desk.get("new_reason").status_code == 404
    assert desk.post("write_reason", "advertising", **WORDS).status_code == 404
    with pytest.raises(NotAllowed):
        begin_reason(by=editor, code="mine", family="rules", **WORDS)


@pytest.mark.parametrize("model", [Statement, PublicLine, ReasonVersion])
def test_what_was_stated_is_never_changed(author, editor, reason, model):
    make_declined(author, editor=editor, reason=reason)

    assert model._meta.db_table in RECORD_TABLES
    for change in (lambda: model.objects.update(id=1), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
