"""What the tests of attacks share: the small town of the house's rules, and limits that begin anew."""

import pytest
from django.core.cache import cache

from tests.house.conftest import state, things, town  # noqa: F401 - fixtures


@pytest.fixture
def fresh_limits(db) -> None:
    cache.clear()
