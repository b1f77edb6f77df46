"""The site's own settings, but for leases of seconds, so that many of them run out in a minute, and decisions held as briefly."""

import os

from mystory.settings import *  # noqa: F403

CLAIM_MINUTES = float(os.environ["MYSTORY_BENCH_LEASE"]) / 60
TAKE_BACK_SECONDS = 1
