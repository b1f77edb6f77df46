"""What an author says beside a story: its kinds, what is asked of each, and the `key=answer` lines they are kept as."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stories.prose.addresses import safe_href
from stories.prose.plain import clean_line

ANSWER_CHARACTERS = 300
ADDRESS_CHARACTERS = 1000


@dataclass(frozen=True)
class Kind:
    """`claim` is what an author ticks, `question` what is asked then, `label` what readers are told.

    `missing` is said when a story is submitted without the answer; "" when none is needed.
    """

    key: str
    claim: str
    question: str
    label: str
    missing: str = ""
    is_sponsored: bool = False
    is_address: bool = False

    @property
    def most_characters(self) -> int:
        return ADDRESS_CHARACTERS if self.is_address else ANSWER_CHARACTERS


# In the order in which they are asked, kept and shown.
KINDS = (
    Kind(
        "company",
        "It is about my own company or product, or that of somebody close to me",
        "Which company or product?",
        "About the author’s own company or product",
        missing="Say which company or product the story is about.",
        is_sponsored=True,
    ),
    Kind(
        "paid",
        "I was paid for it, or got something in exchange",
        "By whom, and what?",
        "Paid for, or written in exchange",
        missing="Say who paid for the story or gave something for it.",
        is_sponsored=True,
    ),
    Kind("ai", "I wrote it with AI assistance", "What did it do?", "Written with AI assistance"),
    Kind(
        "before",
        "It was published before",
        "At which address?",
        "Published before at",
        missing="Give the whole address where it was published before. It begins with https:// or http://.",
        is_address=True,
    ),
    Kind(
        "relation",
        "I have a relation to a person in the story",
        "To whom, and which?",
        "Relation to a person in the story",
        missing="Say to whom in the story you have a relation, and which.",
    ),
)
BY_KEY: Mapping[str, Kind] = {kind.key: kind for kind in KINDS}
# What readers have to know before anything else stands first.
LEADING = ("paid", "company", "relation", "before", "ai")


@dataclass(frozen=True)
class Disclosure:
    kind: Kind
    answer: str

    @property
    def line(self) -> str:
        return f"{self.kind.key}={self.answer}"

    @property
    def address(self) -> str:
        """Where it leads, or ""."""
        return web_address(self.answer) if self.kind.is_address else ""

    @property
    def lacks(self) -> str:
        """What a submission with it still wants, as a sentence, or ""."""
        answer = self.address if self.kind.is_address else self.answer
        return "" if answer else self.kind.missing

    @property
    def words(self) -> str:
        return f"{self.kind.label}: {self.answer}" if self.answer else self.kind.label


def read_disclosures(lines: Iterable[str]) -> tuple[Disclosure, ...]:
    """Those that `lines` hold, each kind once and in the order of KINDS; what is no disclosure is left out."""
    said: dict[str, str] = {}
    for line in lines:
        key, mark, answer = line.partition("=")
        if mark and key in BY_KEY:
            said[key] = _tidy(BY_KEY[key], answer)
    return tuple(Disclosure(kind, said[kind.key]) for kind in KINDS if kind.key in said)


def _tidy(kind: Kind, answer: str) -> str:
    answer = clean_line(answer)
    return (web_address(answer) or answer) if kind.is_address else answer


def web_address(typed: str) -> str:
    """The address of a page on the web in one spelling, or "". Nobody goes there to look."""
    address = safe_href(typed) or ""
    return (
        address if address.startswith(("https://", "http://")) and len(address) <= ADDRESS_CHARACTERS else ""
    )


def leading_keys(lines: Iterable[str]) -> list[str]:
    """The kinds that are disclosed, the one that matters most to readers first."""
    said = {disclosure.kind.key for disclosure in read_disclosures(lines)}
    return [key for key in LEADING if key in said]


def is_sponsored(lines: Iterable[str]) -> bool:
    """Whether links in the story are somebody's business."""
    return any(disclosure.kind.is_sponsored for disclosure in read_disclosures(lines))


def earlier_address(lines: Iterable[str]) -> str:
    """Where the story was published before, or ""."""
    return next((found.address for found in read_disclosures(lines) if found.address), "")
