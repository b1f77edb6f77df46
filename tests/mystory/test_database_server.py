"""The throw-away server that the tests themselves run on."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


def test_server_is_at_least_fifteen_and_speaks_utf8(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        (ctype,) = cursor.fetchone()

    assert connection.pg_version >= 150000
    assert ctype == "C.UTF-8"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_transactional_tests_keep_what_migrations_made(time):
    assert ContentType.objects.filter(app_label="accounts").exists()
    Session.objects.create(session_key="x", session_data="", expire_date=timezone.now())
    assert Session.objects.count() == 1
