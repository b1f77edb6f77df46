"""What a member says of themselves, and the verbs that change it."""

import unicodedata
from collections.abc import Iterable
from typing import TypedDict
from urllib.parse import urlsplit

import regex
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator

from accounts.models import BIO_LENGTH, User

NAME_GRAPHEMES = 40
LINKS = 5
LABEL_LENGTH = 40
URL_LENGTH = 300

# A name starts with a letter, in any script; marks belong to the letters of most scripts of India, and
# the two joiners decide how some of those letters look.
_NAME = regex.compile(r"\p{L}[\p{L}\p{M}\p{Nd}\u200c\u200d .'’_-]*")
# A combining mark stacked on another, again and again, climbs over the lines of the page.
_STACK = regex.compile(r"\p{Mn}{5}")
# Controls, bidirectional overrides, invisible letters; the joiners stay.
_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}--[\u200c\u200d\t\n\r]]", regex.V1)
_JOINERS_AT_EDGE = regex.compile(r"(?<![\p{L}\p{M}])[\u200c\u200d]+|[\u200c\u200d]+(?![\p{L}\p{M}])")
SCRIPTS = (
    "Latin Greek Cyrillic Armenian Hebrew Arabic Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu "
    "Kannada Malayalam Sinhala Thai Georgian Hangul Han Hiragana Katakana Cherokee Ethiopic"
)
_SCRIPT_LETTERS = {name: regex.compile(rf"\p{{Script={name}}}") for name in SCRIPTS.split()}
# Scripts whose letters pass for Latin ones: together with Latin in one name they are a disguise.
_LOOK_LATIN = {"Greek", "Cyrillic", "Armenian", "Cherokee"}

_is_url = URLValidator(schemes=["https"], message="Write a whole address that begins with https://.")


class Link(TypedDict):
    label: str
    url: str


def clean_line(text: str) -> str:
    """One line: NFC, hidden characters out, white space folded."""
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_JOINERS_AT_EDGE.sub("", text).split())


def clean_display_name(text: str) -> str:
    """Gives the name to keep ("" is none), or says in a ValidationError what is wrong with it."""
    name = clean_line(text)
    if not name:
        return ""
    if not _NAME.fullmatch(name) or _STACK.search(name):
        raise ValidationError(
            "A name begins with a letter and has only letters, digits, spaces, full stops, apostrophes, "
            "hyphens and underscores.",
            code="letters",
        )
    if len(regex.findall(r"\X", name)) > NAME_GRAPHEMES or len(name) > 200:
        raise ValidationError(f"A name has at most {NAME_GRAPHEMES} letters.", code="long")
    scripts = {script for script, letters in _SCRIPT_LETTERS.items() if letters.search(name)}
    if len(scripts) > 1 and scripts & _LOOK_LATIN:
        raise ValidationError(
            "Letters that look alike from several alphabets stand in this name. Use one alphabet.",
            code="mixed",
        )
    return name


def clean_bio(text: str) -> str:
    bio = clean_line(text)
    if len(bio) > BIO_LENGTH:
        raise ValidationError(f"This has {len(bio)} characters; {BIO_LENGTH} fit.", code="long")
    return bio


def clean_links(links: Iterable[Link]) -> list[Link]:
    cleaned = [_clean_link(link) for link in links if link["label"].strip() or link["url"].strip()]
    if len(cleaned) > LINKS:
        raise ValidationError(f"At most {LINKS} links fit.", code="many")
    return cleaned


def change(
    member: User, *, display_name: str, bio: str, links: Iterable[Link], languages: Iterable[str], by: User
) -> None:
    _must_be_own(member, by)
    member.display_name = clean_display_name(display_name)
    member.bio = clean_bio(bio)
    member.links = clean_links(links)
    member.languages = list(languages)
    member.save(update_fields=["display_name", "bio", "links", "languages"])


def set_picture(member: User, *, name: str, by: User) -> None:
    """`name` is where the storage keeps a picture that was decoded and written anew; "" takes it away."""
    _must_be_own(member, by)
    member.picture = name
    member.save(update_fields=["picture"])


def _clean_link(link: Link) -> Link:
    url = clean_line(link["url"])
    if not url:
        raise ValidationError("Write the address of the link, or empty both fields.", code="no_url")
    if len(url) > URL_LENGTH:
        raise ValidationError(f"An address has at most {URL_LENGTH} characters.", code="long")
    _is_url(url)
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise ValidationError("Leave the user name and password out of the address.", code="credentials")
    label = clean_line(link["label"]) or (parts.hostname or url)
    return {"label": label[:LABEL_LENGTH], "url": url}


def _must_be_own(member: User, by: User) -> None:
    if by.pk != member.pk and not by.has_perm("accounts.change_user"):
        raise PermissionDenied
