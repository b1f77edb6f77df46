"""The settings of working hours: what is taken, and the sentence that refuses the rest."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from mystory import working

NAME = "MYSTORY_TRIED_OUT"


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (lambda: working.days(NAME, "Mon-Fri"), "", {0, 1, 2, 3, 4}),
        (lambda: working.days(NAME, "Mon-Fri"), "Sun-Thu", {6, 0, 1, 2, 3}),
        (lambda: working.days(NAME, "Mon-Fri"), "mon, wed Sat", {0, 2, 5}),
        (lambda: working.spans(NAME, "09:00-18:00"), "", ((540, 1080),)),
        (lambda: working.spans(NAME, "09:00-18:00"), "22:00-24:00 00:00-06:30", ((0, 390), (1320, 1440))),
        (lambda: working.zone(NAME, "Asia/Kolkata"), "Europe/Berlin", "Europe/Berlin"),
        (lambda: working.holidays(NAME), "2027-03-22, 01-26 02-29", ({date(2027, 3, 22)}, {(1, 26), (2, 29)})),
    ],
)  # fmt: skip
def test_working_hours_are_read(monkeypatch, read, value, found):
    monkeypatch.setenv(NAME, value)

    assert read() == found


@pytest.mark.parametrize(
    ("read", "value", "said"),
    [
        (lambda: working.days(NAME, "Mon-Fri"), "Monday", "write the working days as Mon-Fri"),
        (lambda: working.days(NAME, "Mon-Fri"), "Mon-Wed-Fri", "write the working days as Mon-Fri"),
        (lambda: working.days(NAME, "Mon-Fri"), ",", "names no working day"),
        (lambda: working.spans(NAME, "09:00-18:00"), "9-18", "write the working hours as 09:00-18:00"),
        (lambda: working.spans(NAME, "09:00-18:00"), "18:00-09:00", "begin before they end"),
        (lambda: working.spans(NAME, "09:00-18:00"), "20:00-24:30", "begin before they end"),
        (lambda: working.spans(NAME, "09:00-18:00"), "09:00-13:00 12:00-18:00", "overlap"),
        (lambda: working.zone(NAME, "Asia/Kolkata"), "Kolkata", "write a time zone"),
        (lambda: working.zone(NAME, "Asia/Kolkata"), "../etc/passwd", "write a time zone"),
        (lambda: working.holidays(NAME), "2027-02-30", "write a holiday as"),
        (lambda: working.holidays(NAME), "13-40", "write a holiday as"),
    ],
)  # fmt: skip
def test_working_hours_that_are_none_are_refused_by_name(monkeypatch, read, value, said):
    monkeypatch.setenv(NAME, value)

    with pytest.raises(ImproperlyConfigured, match=rf"^{NAME} .*{said}"):
        read()
