"""The typefaces: what is committed is what the manifest says, small enough, and there for every language."""

import hashlib
import json
import re

from stories.prose.languages import LANGUAGES
from tests.look.sheets import STATIC, sheet

FONTS = STATIC / "fonts"
MANIFEST = json.loads((FONTS / "manifest.json").read_text(encoding="utf-8"))
KB = 1024


def test_typefaces_are_the_ones_of_the_manifest() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.woff2")}

    assert found == {name: entry["sha256"] for name, entry in MANIFEST.items()}


def test_every_typeface_has_its_licence() -> None:
    packages = {entry["package"].split("/")[1] for entry in MANIFEST.values()}

    assert {path.name for path in FONTS.glob("OFL-*.txt")} == {f"OFL-{package}.txt" for package in packages}


def test_every_typeface_is_used_and_swaps_in() -> None:
    tokens = sheet("tokens.css")

    assert set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', tokens)) == set(MANIFEST)
    assert tokens.count("font-display: swap") == len(MANIFEST)


def test_a_page_in_latin_letters_loads_little() -> None:
    size = sum(
        MANIFEST[f"{name}.woff2"]["bytes"]
        for name in ("literata-latin", "literata-latin-italic", "inter-latin")
    )

    assert size <= 120 * KB


def test_a_page_in_one_indian_script_loads_little() -> None:
    latin = MANIFEST["inter-latin.woff2"]["bytes"]
    scripts = [entry["bytes"] for name, entry in MANIFEST.items() if name.startswith("noto-")]

    assert max(scripts) + latin <= 150 * KB


def test_every_language_has_its_script_first() -> None:
    tokens = sheet("tokens.css")
    families = set(re.findall(r'@font-face \{ font-family: "(Noto [^"]+)"', tokens))

    for language in LANGUAGES:
        if language.code == "en":
            continue
        rule = re.search(rf'[^{{}}]*:lang\({language.code}\)[^{{}}]*\{{ --script: "([^"]+)"', tokens)
        assert rule, language.code
        assert rule.group(1) in families, language.code
