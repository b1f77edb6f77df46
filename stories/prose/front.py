"""What a published page puts around a story: disclaimer, date, reading time, the title in quotation marks."""

import re

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DATE = re.compile(
    rf"{_WEEKDAY}(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH},?\s+\d{{4}}|\d{{4}}-\d\d-\d\d),?",
    re.IGNORECASE,
)
_READING_TIME = re.compile(r"\d{1,3}\s*-?\s*min(?:ute)?s?\.?\s+(?:to\s+)?read,?", re.IGNORECASE)
_DISCLAIMER = re.compile(
    r"(?:disclaimer\b.{0,3}:|this is an? user[- ]generated (?:content|story|post))", re.IGNORECASE
)
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“"}


def is_front_line(line: str) -> bool:
    """Whether a line says a date, a reading time or a disclaimer and nothing else."""
    if _DISCLAIMER.match(line):
        return True
    return len(line) < 60 and bool(_DATE.fullmatch(line) or _READING_TIME.fullmatch(line))


def unquote(line: str) -> str:
    """The line without the quotation marks that stand around the whole of it."""
    while len(line) > 2 and _QUOTES.get(line[0]) == line[-1] and line[0] not in line[1:-1]:
        line = line[1:-1].strip()
    return line
