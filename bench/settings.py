"""The site's own settings, as on a real machine, and beside its addresses the two yardsticks."""

from mystory.settings import *  # noqa: F403
from mystory.settings import BASE_DIR, TEMPLATES

ROOT_URLCONF = "bench.yard"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
