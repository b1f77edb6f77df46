"""What authors are told: what happened first, the reason, what to do, how to appeal; safe in any script."""

from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.conf import settings
from django.utils import timezone

from stories.models import Notice, Reason
from stories.notices.delivering import compose
from stories.workflow.disclaiming import change_published_disclaimer, offered_versions
from stories.workflow.publishing import publish_due, remove, restore
from tests.stories import approve_claimed, make_claimed, make_declined, make_published, make_returned

SENTENCE = (
    "This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute "
    "and have their voices heard. The views and writings here reflect that of the author and not of YourStory."
)


def texts_of(notice: Notice) -> tuple[str, str]:
    mail = compose(notice)
    (html, kind) = mail.alternatives[0]
    assert kind == "text/html"
    return mail.body, str(html)


def only(kind: str) -> Notice:
    return Notice.objects.get(kind=kind)


def test_published_story_travels_with_its_disclaimer_and_its_address(author, editor):
    story = make_published(author, editor=editor)

    for text in texts_of(only("approve")):
        assert SENTENCE in text
        assert f"{settings.SITE_URL}{story.path}" in text
    assert only("approve").subject == "Your story “The bakery that would not grow” is published"


def test_scheduled_story_is_told_its_time_and_again_when_it_comes(author, editor, settings):
    settings.TIME_ZONE = "Asia/Kolkata"
    due = timezone.now() + timedelta(days=1)
    approve_claimed(make_claimed(author, editor=editor), publish_at=due)
    when = timezone.localtime(due)

    assert f"{when:%H:%M}" in only("approve").subject
    assert "Asia/Kolkata" in only("approve").text
    publish_due(at=due)
    assert SENTENCE in only("publish").text


def test_returned_story_is_told_what_to_change_and_where_to_answer(author, editor):
    submission = make_returned(author, editor=editor, note="Say more\nabout the oven.")

    notice = only("return")
    assert "Say more\nabout the oven." in notice.text
    assert settings.EDITORS_MAIL in notice.text
    assert notice.link == f"/writing/{submission.story_id}/submissions/{submission.pk}/"
    assert "about the oven." in texts_of(notice)[1]


def test_declined_story_is_told_the_reason_the_note_and_how_to_appeal(author, editor):
    reason = Reason.objects.get(code="advertising")
    make_declined(author, editor=editor, reason=reason, note="The third link sells shoes.")

    for text in texts_of(only("decline")):
        assert text.index(reason.label) < text.index("The third link sells shoes.")
        assert settings.EDITORS_MAIL in text
    assert compose(only("decline")).reply_to == [settings.EDITORS_MAIL]


def test_removed_and_restored_story_is_told_both_times(author, editor):
    story = make_published(author, editor=editor)
    reason = Reason.objects.get(code="copied")
    remove(story, by=editor, reason=reason, note="Page 12 of a book.")
    restore(story, by=editor, note="The author wrote the book.")

    assert "Page 12 of a book." in only("remove").text
    assert reason.versions.get().text in only("remove").text
    assert SENTENCE in only("restore").text


def test_changed_disclaimer_is_told_in_its_words(author, editor):
    story = make_published(author, editor=editor)
    opinion = [version for version in offered_versions("en") if version.disclaimer.key == "opinion"]
    change_published_disclaimer(story, opinion, by=editor, note="It argues a case.")

    assert "It argues a case." in only("change_disclaimer").text
    assert "This is the author's own opinion, written for MyStory" in only("change_disclaimer").text


@pytest.mark.parametrize(
    "title",
    [
        "Bread\r\nBcc: everybody@elsewhere.example",
        "Bread\x0bBcc: everybody@elsewhere.example",
        "Bread\u2028Bcc: everybody@elsewhere.example",
        "=?utf-8?q?Bcc=3A?= everybody",
        "माँ की सिलाई मशीन",
        "پرانی کتابوں کی دکان",
        "<img src=x onerror=alert(1)> & “quotes”",
        "x" * 200,
    ],
)
def test_title_is_a_subject_and_nothing_else(author, editor, title):
    make_returned(author, editor=editor, title=title, note="</p><script>alert(1)</script>")
    notice = only("return")

    mail = compose(notice)
    parsed = BytesParser(policy=policy.default).parsebytes(mail.message().as_bytes())

    assert parsed["Bcc"] is None
    assert mail.recipients() == [author.email]
    assert " ".join(parsed["Subject"].split()) == " ".join(notice.subject.split())
    html = texts_of(notice)[1]
    assert "<script" not in html
    assert "<img" not in html


def test_note_in_another_script_reads_in_its_own_direction(author, editor):
    make_returned(author, editor=editor, note="براہِ کرم تندور کے بارے میں مزید لکھیے۔")

    body, html = texts_of(only("return"))

    assert "براہِ کرم" in body
    assert '<span dir="auto" style="display:block">براہِ کرم' in html


def test_who_did_it_is_not_told(author, editor, other_editor):
    make_published(author, editor=editor)

    assert set(Notice.objects.values_list("recipient", flat=True)) == {author.pk}


def test_returned_story_lists_what_to_change_in_subject_and_text(author, editor):
    make_returned(author, editor=editor, note="", requests=["Name the year.", "Take the link out."])
    notice = only("return")

    body, html = texts_of(notice)

    assert notice.subject.endswith("came back with 2 requests")
    assert "What to change:\n1. Name the year.\n2. Take the link out." in body
    assert "2. Take the link out." in html
    assert "The editor wrote" not in body
