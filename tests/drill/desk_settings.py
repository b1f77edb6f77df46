"""The same for the desk's drill: with leases that run out while it lasts, behind a proxy that names its visitors."""

from tests.drill.settings import *

CLAIM_MINUTES = 2 / 60
ALLAUTH_TRUSTED_PROXY_COUNT = 1
