"""What keeps the site from starting is said by its first cause in the database."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError, InternalError, OperationalError

from mystory.problem import plainly


def test_first_that_the_database_said_is_the_cause():
    """As when a row was looked for in vain, found no room, and its transaction took no more statements."""
    sought = ObjectDoesNotExist("Reason matching query does not exist.")
    full = OperationalError('could not extend file "base/5/1": No space left on device')
    refused = InternalError("current transaction is aborted")
    full.__context__, refused.__context__ = sought, full

    with pytest.raises(SystemExit) as ended, plainly():
        raise refused

    assert ended.value.code == (
        "The disk that holds the database is full. Free some space and run the command again."
    )


def test_own_fault_stays_a_trace_back():
    with pytest.raises(DataError), plainly():
        raise DataError("value too long")
