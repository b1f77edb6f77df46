"""Which tests go to one worker together: those of a file that sets up something dear once for all of them."""

import pytest
from xdist.scheduler import LoadScopeScheduling

# By the beginning of their names: 100,000 stories, a site that is started and stopped, a town in every state.
TOGETHER = (
    "tests/performance/",
    "tests/mystory/test_run.py",
    "tests/demo/test_fill.py",
    "tests/security/test_nothing_leaks.py",
    "tests/security/test_walls.py",
    "tests/security/test_hostile_values.py",
    "tests/security/test_forms_take_no_more.py",
    "tests/house/test_addresses.py",
    "tests/reading/test_public_pages.py",
    "tests/moderation/test_doors.py",
)


class ByTown(LoadScopeScheduling):
    """The others go one by one to whichever worker is free, in their order: the quick ones first.

    Asked by name, because the groups of `--dist loadgroup` are without effect from pytest 9.2 on
    (pytest-xdist, issue 1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((begins for begins in TOGETHER if nodeid.startswith(begins)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByTown:
    config.option.loadscopereorder = False
    return ByTown(config, log)
