"""The site's own settings, but for leases and held decisions of seconds, so that many run out in a minute."""

import os

from mystory.settings import *  # noqa: F403

CLAIM_MINUTES = float(os.environ["MYSTORY_BENCH_LEASE"]) / 60
# A removal takes two editors; a decline one, so that most of what is taken comes to its end.
SECOND_AGREEMENT = frozenset({"removals"})
TRUSTED_AFTER = 1  # nobody writes ten stories in a minute
TAKE_BACK_SECONDS = 1
