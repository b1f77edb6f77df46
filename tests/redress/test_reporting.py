"""A reader reports a story, with an account or without, and has a receipt that needs no login."""

import re
from dataclasses import replace

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from stories.models import Event, Notice, Report, ReportGroup
from stories.notices.delivering import deliver_due
from stories.reading import report_forms, reporting
from stories.status import Incomplete, NotAllowed, WrongState
from stories.workflow.publishing import unlist
from stories.workflow.reporting import address_of
from tests.redress.reports import ILLEGAL, make_report
from tests.stories import BODY, make_published, make_waiting


@pytest.fixture
def story(author, editor):
    cache.clear()
    return make_published(author, editor=editor)


def filled(client: Client, story, *, passage: str = "", **data: object) -> dict[str, object]:
    """The form as the page gives it, opened a minute ago."""
    page = client.get(f"{story.path}report/", {"passage": passage} if passage else {}).content.decode()
    sent = dict(re.findall(r'<input type="hidden" name="(key|opened)" value="([^"]+)"', page))
    assert set(sent) == {"key", "opened"}
    return {**sent, "kind": "copied", "explanation": "It stands in my book.", "passage": passage, **data}


@pytest.fixture
def later(monkeypatch):
    """Readers of these tests are quicker than people."""
    monkeypatch.setattr(report_forms, "QUICKEST", 0)


def test_stranger_reports_a_passage_and_has_a_receipt_without_login(story, later):
    client = Client(enforce_csrf_checks=True)
    asked = client.get(f"{story.path}report/", {"passage": "It took  me two winters."})
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', asked.content.decode())[1]
    sent = dict(
        re.findall(r'<input type="hidden" name="(key|opened)" value="([^"]+)"', asked.content.decode())
    )

    assert "It took me two winters." in asked.content.decode()
    answer = client.post(
        f"{story.path}report/",
        {**sent, "csrfmiddlewaretoken": token, "kind": "copied", "explanation": "It stands in my book.",
         "passage": "It took me two winters.", "email": "greta@secret.example"},
    )  # fmt: skip
    page = Client().get(answer["Location"])

    report = Report.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == report.status_path
    assert (report.reporter, report.passage) == (None, "It took me two winters.")
    assert report.address.endswith(f"{story.path}#:~:text=It%20took%20me%20two%20winters.")
    assert page.status_code == 200
    assert "It waits for an editor" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store, max-age=0"
    assert "noindex" in page["X-Robots-Tag"]
    token = report.status_path.split("/")[2]
    assert len(token) == 43
    assert not Report.objects.filter(token_sha256=token).exists()
    assert Client().get(f"/reports/{token[:-1]}x/").status_code == 404


def test_receipt_is_mailed_at_once_and_its_link_is_in_no_table(story, later):
    report = make_report(story, email="greta@secret.example")

    notice = Notice.objects.get(kind="report")
    assert (notice.address, notice.recipient) == ("greta@secret.example", None)
    assert report.status_path not in notice.link + notice.text
    deliver_due()
    (sent,) = [each for each in mail.outbox if each.to == ["greta@secret.example"]]
    assert report.status_path in sent.body
    assert "my book" not in sent.body


def test_public_page_leads_to_the_form_and_stays_free_of_cookies(story):
    page = Client().get(story.path)
    form = Client().get(f"{story.path}report/")

    assert f'href="{story.path}report/" rel="nofollow"' in page.content.decode()
    assert not page.cookies
    assert b"csrf" not in page.content
    assert "no-store" in form["Cache-Control"]
    assert "noindex" in form["X-Robots-Tag"]


def test_form_sent_twice_reports_once(story, later, client):
    sent = filled(client, story)

    first, second = (client.post(f"{story.path}report/", sent) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Report.objects.count() == Event.objects.filter(action="report").count() == 1


@pytest.mark.parametrize("trap", [{"website": "https://pills.example"}, {"opened": "forged"}, {"opened": ""}])
def test_machine_is_asked_again_and_a_person_loses_nothing(story, later, client, trap):
    sent = filled(client, story, explanation="Kept words")

    refused = client.post(f"{story.path}report/", {**sent, **trap})

    assert refused.status_code == 422
    assert "Kept words" in refused.content.decode()
    assert "pills" not in refused.content.decode()
    assert not Report.objects.exists()
    assert client.post(f"{story.path}report/", sent).status_code == 302


def test_form_filled_in_within_a_blink_is_asked_again(story, client):
    sent = filled(client, story)

    assert client.post(f"{story.path}report/", sent).status_code == 422
    assert not Report.objects.exists()


def test_flood_is_limited_kindly_and_per_mail_address(story, later, client, monkeypatch):
    monkeypatch.setattr(reporting, "REPORTS_AN_HOUR", 3)
    monkeypatch.setattr(reporting, "MAILS_TO_ONE_A_DAY", 1)
    path = f"{story.path}report/"

    first = client.post(path, filled(client, story, email="victim@other.example"))
    mailed_again = client.post(path, filled(client, story, email="Victim@other.example", explanation="Kept"))
    third = client.post(path, filled(client, story))
    flooded = client.post(path, filled(client, story, explanation="Kept words"))
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post(path, filled(client, story))

    assert [first.status_code, mailed_again.status_code, third.status_code] == [302, 429, 302]
    assert flooded.status_code == 429
    assert int(flooded["Retry-After"]) > 0
    assert "Kept words" in flooded.content.decode()
    assert elsewhere.status_code == 302
    assert Report.objects.count() == 3


def test_report_of_something_illegal_is_whole(story):
    for missing in ({"explanation": ""}, {"name": ""}, {"email": ""}, {"in_good_faith": False}):
        with pytest.raises(Incomplete) as refused:
            make_report(story, told=replace(ILLEGAL, **missing))
        assert refused.value.field == next(iter(missing))
    about_minors = make_report(story, told=replace(ILLEGAL, name="", email="", is_about_minors=True))
    whole = make_report(story, told=ILLEGAL)

    assert (about_minors.name, whole.name) == ("", "Greta Quiet")


def test_member_needs_no_name_and_finds_the_receipt_among_the_notices(story, reader):
    report = make_report(story, reader, told=replace(ILLEGAL, name="", email=""))
    client = Client()
    client.force_login(reader)

    notice = Notice.objects.get(recipient=reader)
    assert (report.name, report.email) == (reader.name, reader.email)
    assert client.get(notice.link)["Location"] == report.status_path
    assert Client().get(notice.link).status_code == 404


def test_only_public_stories_of_others_are_reported(story, author, editor):
    with pytest.raises(NotAllowed):
        make_report(story, author)
    unlist(story, by=author)
    waiting = make_waiting(author).story

    with pytest.raises(WrongState):
        make_report(story)
    assert Client().get(f"{story.path}report/").status_code == 404
    assert Client().get("/stories/none/report/").status_code == 404
    assert waiting.slug is None


def test_hostile_words_are_plain_text(story, client, later):
    said = "<script>alert(1)</script>\u202e<b>x</b>\"'><img src=x>\x07"

    answer = client.post(f"{story.path}report/", filled(client, story, explanation=said, passage=said))
    page = client.get(answer["Location"]).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page


def test_reports_of_one_story_wait_together_and_weigh_what_they_are_worth(story, reader, other_author):
    first = make_report(story)
    group = first.group
    early = ReportGroup.objects.get().look_by
    for by in (None, None, reader, reader, other_author):
        make_report(story, by)

    group.refresh_from_db()
    assert ReportGroup.objects.count() == 1
    assert group.weight == pytest.approx(0.8 * (1 - 0.5**3) + 2 * 0.4)
    assert group.look_by < early < group.due_at
    assert Event.objects.filter(action="report", actor__isnull=False).count() == 0


def test_address_leads_to_the_passage_even_when_it_is_long(story):
    words = BODY.replace("<", " ").split() * 5

    address = address_of(story, " ".join(words))

    assert address.count("#:~:text=") == 1
    assert address.split("#")[1].count(",") == 1
    assert "%2D" in address_of(story, "a self-made, man")
