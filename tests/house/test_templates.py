"""Rules about templates: each compiles, and nothing in them is inline, for the content policy would block it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

FOLDER = Path(settings.BASE_DIR) / "templates"
NAMES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file())
# Blocks of data are not scripts: a browser runs none of them.
DATA = r"application/(ld\+)?json"
INLINE = {
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "script": re.compile(rf"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"{DATA}\")", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
}
# A mail has no content policy, and mail programs know no style sheets.
MAILS = ("mail/", "email/")


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert engines["django"].get_template(name).template.name == name


@pytest.mark.parametrize("name", [name for name in NAMES if not any(mail in name for mail in MAILS)])
def test_template_has_nothing_inline(name):
    source = (FOLDER / name).read_text(encoding="utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(source)] == []


@pytest.mark.parametrize(
    "bad",
    [
        "<style>p{}</style>", '<p class="a" style="x">', "<p onclick='x()'>", "<script>x()</script>",
        '<script type="module">x()</script>', '<a href="javascript:x()">',
    ],
)  # fmt: skip
def test_what_is_inline_is_noticed(bad):
    assert any(pattern.search(bad) for pattern in INLINE.values())


@pytest.mark.parametrize(
    "good", ['<script src="/x.js"></script>', '<script type="application/ld+json">{}</script>']
)
def test_what_is_not_inline_is_let_be(good):
    assert not any(pattern.search(good) for pattern in INLINE.values())
