"""The site's own settings, but for leases of seconds, so that many of them run out in a minute."""

import os

from mystory.settings import *  # noqa: F403

CLAIM_MINUTES = float(os.environ["MYSTORY_BENCH_LEASE"]) / 60
