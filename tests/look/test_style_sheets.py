"""What the style sheets promise: tokens only, logical properties only, nothing fetched from elsewhere."""

import re

from tests.look.sheets import CSS, declarations, sheets

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
    r"|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
)
SIDES = re.compile(r"(?:text-align|float|clear)\s*:\s*(?:left|right)\b")


def rules_only(text: str) -> str:
    """Without the conditions of media queries, which are physical by nature."""
    return re.sub(r"@(?:media|page|container)[^{]*", "", text)


def test_style_sheets_use_logical_properties_only() -> None:
    found = {
        name: PHYSICAL.findall(rules_only(text)) + SIDES.findall(rules_only(text))
        for name, text in sheets().items()
    }

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_style_sheets_use_only_properties_that_the_tokens_define() -> None:
    defined = set(declarations((CSS / "tokens.css").read_text(encoding="utf-8")))

    unknown = {name: set(re.findall(r"var\((--[\w-]+)", text)) - defined for name, text in sheets().items()}

    assert {name: names for name, names in unknown.items() if names} == {}


def test_every_token_is_used() -> None:
    everything = "\n".join(sheets().values())
    defined = set(declarations(sheets()["tokens.css"]))

    assert {token for token in defined if f"var({token}" not in everything} == set()


def test_colours_are_named_in_the_tokens_alone() -> None:
    """Print goes to white paper, so its black and white stand in story.css; pictures bring their own colours."""
    found = {
        name: re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", text.split("@media print")[0])
        for name, text in sheets().items()
        if name not in {"tokens.css", "tones.css"}
    }

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_style_sheets_fetch_nothing_from_elsewhere() -> None:
    for name, text in sheets().items():
        assert "@import" not in text, name
        for address in re.findall(r"url\(([^)]+)\)", text):
            assert (CSS / address.strip("\"'")).resolve().is_file(), (name, address)
