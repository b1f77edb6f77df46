"""Values that break careless programs, one or two of each class, and how they are put into a request."""

from collections.abc import Iterable
from urllib.parse import quote_plus

LONG = 100_000
VALUES: dict[str, str] = {
    "empty": "",
    "blank": " \t\u00a0\u3000",
    "sql": "' OR 1=1; DROP TABLE stories_story; --",
    "sql_time": "1' AND (SELECT pg_sleep(5)) IS NULL--",
    "like": "%_%\\%",
    "order_filter": "author__password__startswith",
    "template": "{{7*7}}{% debug %}${7*7}<%= 7*7 %>#{7*7}",
    "format": "%s%d%n{0}{0.__class__}{site.__init__.__globals__}%(x)s{",
    "script": '"><script>alert(1)</script><img src=x onerror=alert(1)>',
    "closing": "</textarea></title></script><script>alert(1)</script>",
    "header": "x\r\nSet-Cookie: owned=1\r\n\r\n<html>",
    "log": "x\n2026-01-01 00:00:00 ERROR mystory.security: forged",
    "nul": "a\x00b",
    "controls": "a\x01\x08\x0b\x0c\x1b[31m\x7f\x85b",
    "surrogate": "a\ud800b\udfff",
    "noncharacter": "a\ufffe\uffff\U0010ffffb",
    "bidi": "\u202eexe.txt\u2066\u202d",
    "invisible": "\u200b\u200b\ufeff\u2060",
    "tags": "flag\U000e0067\U000e0062\U000e007f",
    "zwj": "👩‍👩‍👧‍👦🏳️‍🌈🇮🇳",
    "rtl": "مرحبا שלום",
    "marks": "Z" + "\u0351\u0352" * 400,
    "case": "ﬃİıſßŉΐ\u1e9e",
    "unicode_digits": "１２３",
    "arabic_digits": "١٢",
    "superscript": "²",
    "huge_number": "9" * 40,
    "very_huge_number": "9" * 5000,
    "negative": "-1",
    "over_bigint": str(2**63),
    "float": "1e400",
    "nan": "NaN",
    "hex": "0x10",
    "underscored": "1_000",
    "path": "../../../../etc/passwd\x00.png",
    "backslashes": "..\\..\\windows\\win.ini",
    "redirect": "//evil.example/%2f..",
    "scheme": "javascript:alert(1)//https://",
    "csv": "=HYPERLINK(\"http://evil.example\";\"x\")",
    "date": "9999-12-31T23:59",
    "date_first": "0001-01-01T00:00",
    "date_none": "2026-02-30T25:61",
    "json": '{"$ne": null, "a": [1]}',
    "list": "[1,2,3]",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "deep_html": "<div>" * 3000 + "x",
    "deep_lists": "<ul><li>" * 1500,
    "deep_quotes": "<blockquote>" * 200 + "x",
    "attributes": "<a " + " ".join(f"a{n}=1" for n in range(5000)) + ">x</a>",
    "open_tags": "<" * 50_000,
    "open_comments": "<!--" * 20_000,
    "entities": "&" * 50_000,
    "long": "a" * LONG,
    "long_words": "ab " * (LONG // 3),
    "long_spaces": " " * LONG + "x",
    "long_commas": "," * LONG,
    "long_dots": "." * LONG,
    "long_at": "a@" * (LONG // 2),
    "long_digits": "1" * LONG,
    "long_marks": "क्ष" * (LONG // 3),
    "long_lines": "\n \n" * (LONG // 3),
    "long_pre": "<pre>" * (LONG // 5),
    "long_quotes": '"' * LONG,
    "long_not": "-(" * (LONG // 2),
}  # fmt: skip
SHORT = {name: value for name, value in VALUES.items() if len(value) < 2000}

FORM = "application/x-www-form-urlencoded"
Pairs = Iterable[tuple[str, str]]


def encoded(pairs: Pairs) -> str:
    """As a browser would send it; a lone surrogate as the bytes that no browser sends."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))
