"""What an author says beside a story: the lines it is kept as."""

import pytest

from stories.prose.disclosures import earlier_address, is_sponsored, read_disclosures, web_address

LONG = "https://example.com/" + "x" * 1000


def lines(*given: str) -> list[str]:
    return [said.line for said in read_disclosures(given)]


def test_lines_come_back_once_each_and_in_one_order():
    given = (
        "relation=My \n aunt",
        "paid=A",
        "paid=B = C",
        "company=Acme\u202e",
        "nonsense",
        "state=published",
        "ai=",
    )

    assert lines(*given) == ["company=Acme", "paid=B = C", "ai=", "relation=My aunt"]


def test_links_are_sponsored_with_a_business_and_not_else():
    assert is_sponsored(["paid=Acme"])
    assert is_sponsored(["company=Acme"])
    assert not is_sponsored(["ai=", "before=https://example.com/", "relation=An aunt"])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" HTTPS://Example.com/A b ", "https://example.com/A%20b"),
        ("http://example.com", "http://example.com"),
        ("example.com", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@b.example", ""),
        ("https://us:er@bank.example/", ""),
        (LONG, ""),
    ],
)
def test_earlier_address_is_one_of_the_web(typed, kept):
    assert web_address(typed) == kept
    assert earlier_address([f"before={typed}"]) == kept


def test_what_is_no_address_is_kept_as_typed_and_still_wanted():
    (said,) = read_disclosures(["before=my old blog"])

    assert (said.line, said.address) == ("before=my old blog", "")
    assert said.lacks.startswith("Give the whole address")


def test_only_assistance_needs_no_answer():
    lacking = [
        said.kind.key
        for said in read_disclosures(["company=", "paid=", "ai=", "before=", "relation="])
        if said.lacks
    ]

    assert lacking == ["company", "paid", "before", "relation"]
