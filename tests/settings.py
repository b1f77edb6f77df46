"""The site's settings for the tests: the same, but for what has to be quick, quiet or thrown away."""

import os
from pathlib import Path

from mystory.database.addresses import SUPERUSER, address

TEST_DIR = Path(__file__).resolve().parent.parent / "var" / "test"
TEST_DIR.joinpath("static").mkdir(mode=0o700, parents=True, exist_ok=True)
os.environ["MYSTORY_VAR"] = str(TEST_DIR)
os.environ["MYSTORY_SECRET_KEY"] = "for tests only: " + "0123456789abcdef" * 3
os.environ["MYSTORY_DEBUG"] = "0"
os.environ["MYSTORY_DEMO"] = "0"
os.environ["MYSTORY_SITE_URL"] = "http://testserver"
if os.environ.get("MYSTORY_TEST_EMBEDDED") or not os.environ.get("DATABASE_URL"):
    # The workers and programs that a test command starts find the same server by the same rule.
    os.environ["MYSTORY_TEST_EMBEDDED"] = "1"
    os.environ["DATABASE_URL"] = address(TEST_DIR, user=SUPERUSER)
os.environ["DATABASE_OWNER_URL"] = os.environ["DATABASE_URL"]

from mystory.settings import *
from mystory.settings import DATABASES, STORAGES

# One name for each test command, so that two of them can run in one tree; its workers inherit it.
DATABASES["default"]["TEST"] = {
    "NAME": os.environ.setdefault("MYSTORY_TEST_DATABASE", f"test_mystory_{os.getpid()}")
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
ALLOWED_HOSTS = ["*"]
STORIES_BEFORE_FIRST = 1000  # a test that is about the limit sets its own
TAKE_BACK_SECONDS = 0  # a decision is carried out at once; tests of taking one back set their own
SECOND_AGREEMENT = frozenset()  # the same
SECOND_READING_PERCENT = 0  # the same
TRUSTED_AFTER = 0  # the same
# A team that works round the clock: what was sent in first is due first. Tests of working hours set their own.
WORKING_DAYS, WORKING_SPANS = frozenset(range(7)), ((0, 24 * 60),)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
