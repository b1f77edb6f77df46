"""`manage.py fill_demo` on an empty site: only where it may, and whole or not at all."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from stories.demo import filling
from stories.demo.filling import fill
from tests.demo.conftest import DEMO


@pytest.fixture
def demo(settings, few_stories):
    for name, value in DEMO.items():
        setattr(settings, name, value)


def test_fill_refuses_a_real_site(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="not a demo"):
        call_command("fill_demo", "--reset")

    assert not User.objects.exists()


def test_fill_that_is_stopped_leaves_an_empty_site(db, demo, monkeypatch):
    def stop(now):
        raise KeyboardInterrupt

    monkeypatch.setattr(filling, "_put_old_mail_away", stop)

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        fill(var=settings.VAR_DIR, said=lambda _: None)

    assert filling.is_empty()


def test_command_says_what_there_is_now(db, demo):
    said = StringIO()

    call_command("fill_demo", stdout=said)

    assert said.getvalue() == "The demo has 17 stories now. Everybody's password is mystory-demo.\n"
