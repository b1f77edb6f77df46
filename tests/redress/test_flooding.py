"""Whoever floods the editors with reports or appeals is asked to wait, and loses no word by it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from stories import flooding
from stories.models import Appeal, Reason, Report
from stories.reading import report_forms, reporting
from stories.workflow.appealing import appealable
from stories.writing import limits
from tests.stories import make_declined, make_published


@pytest.fixture(autouse=True)
def clock(db, monkeypatch, settings):
    """At the beginning of tomorrow, so that no limit begins anew in the middle of a test."""
    cache.clear()
    now = [(timezone.now().timestamp() // flooding.DAY + 1) * flooding.DAY]
    monkeypatch.setattr(flooding.time, "time", lambda: now[0])
    monkeypatch.setattr(report_forms, "QUICKEST", -(10**9))
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    return now


def send(client: Client, story, *, address: str = "198.51.100.7"):
    page = client.get(f"{story.path}report/", headers={"X-Forwarded-For": address})
    form = page.context["form"]
    sent = {"key": uuid4(), "opened": form.initial["opened"], "kind": "copied", "explanation": "Kept words"}
    return client.post(f"{story.path}report/", sent, headers={"X-Forwarded-For": address})


def test_reports_are_limited_by_network_and_by_account(author, editor, reader, clock, monkeypatch):
    monkeypatch.setattr(reporting, "REPORTS_AN_HOUR", 2)
    story = make_published(author, editor=editor)
    member = Client()
    member.force_login(reader)

    statuses = [send(Client(), story).status_code for _ in range(3)]
    elsewhere = send(Client(), story, address="203.0.113.9").status_code
    household = [send(Client(), story, address=f"2001:db8::{n}").status_code for n in range(1, 4)]
    travelling = [send(member, story, address=f"192.0.2.{n}") for n in range(1, 4)]

    assert (statuses, elsewhere) == ([302, 302, 429], 302)
    assert household == [302, 302, 429]
    assert [answer.status_code for answer in travelling] == [302, 302, 429]
    assert "Kept words" in travelling[-1].content.decode()
    assert int(travelling[-1]["Retry-After"]) == flooding.HOUR
    assert Report.objects.count() == 7
    clock[0] += flooding.HOUR
    assert send(Client(), story).status_code == 302


def test_appeals_are_limited_by_the_day_and_by_author(author, other_author, editor, clock, monkeypatch):
    monkeypatch.setattr(limits, "APPEALS_A_DAY", 2)
    reason = Reason.objects.get(code="copied")

    def appeal(by) -> object:
        story = make_declined(by, editor=editor, reason=reason).story
        client = Client()
        client.force_login(by)
        sent = {"key": uuid4(), "target": appealable(story)[0].target, "text": "Kept words"}
        return client.post(f"/writing/{story.pk}/appeals/", sent)

    answers = [appeal(author) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Kept words" in answers[-1].content.decode()
    assert int(answers[-1]["Retry-After"]) == timedelta(days=1).total_seconds()
    assert appeal(other_author).status_code == 302
    assert Appeal.objects.count() == 3
    clock[0] += flooding.DAY
    assert appeal(author).status_code == 302
