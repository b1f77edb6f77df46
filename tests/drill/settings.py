"""For the web server of a drill: the tests' own settings, on the database of the test that runs it."""

import os

from tests.settings import *
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["MYSTORY_DRILL_DATABASE"]
WHITENOISE_USE_FINDERS = True  # nothing is gathered for it
