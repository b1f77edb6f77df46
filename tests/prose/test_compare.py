"""Two texts compared: nothing is lost on either side, what moved is a move, and what words do not show is said."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.content import Content
from stories.prose.clean import clean
from stories.prose.compare import MOST_FOLDED, MOST_ROWS, MOST_UNCHANGED, Comparison, compare
from stories.prose.compare_pieces import pieces_in
from stories.prose.compare_rows import Row
from stories.prose.compare_segments import ADDED, REMOVED, SAME, plain_segments
from stories.prose.compare_words import common, rising

WORDS_OF = {
    "en": "oven bread night don't", "hi": "तंदूर रोटी रात कहानी", "bn": "চুলা রুটি রাত গল্প", "te": "పొయ్యి రొట్టె రాత్రి కథ",
    "ta": "அடுப்பு ரொட்டி இரவு கதை", "kn": "ಒಲೆ ರೊಟ್ಟಿ ರಾತ್ರಿ ಕಥೆ", "mr": "भट्टी भाकरी रात्र गोष्ट",
    "ml": "അടുപ്പ് അപ്പം രാത്രി കഥ", "or": "ଚୁଲି ରୁଟି ରାତି ଗପ", "gu": "ભઠ્ઠી રોટલી રાત વાર્તા", "pa": "ਤੰਦੂਰ ਰੋਟੀ ਰਾਤ ਕਹਾਣੀ",
    "as": "চৌকা ৰুটি ৰাতি কাহিনী", "ur": "تنور روٹی رات کہانی",
}  # fmt: skip
ADDRESS = f"/media/pictures/{'a' * 22}.webp"
FEW_WORDS = ("oven", "bread", "the", "the", "of", "night,", "आग", "की", "روٹی", "اور", "—", "don't")
SENTENCES = st.lists(st.sampled_from(FEW_WORDS), min_size=1, max_size=14).map(" ".join)
PIECES = st.one_of(
    SENTENCES.map("<p>{}</p>".format),
    SENTENCES.map("<p>A <a href='https://example.com/a'>link</a> {} <strong>end</strong></p>".format),
    SENTENCES.map("<h2>{}</h2>".format),
    st.lists(SENTENCES, min_size=1, max_size=3).map(lambda items: f"<ul><li>{'</li><li>'.join(items)}</li></ul>"),
    SENTENCES.map("<blockquote><p>{0}</p><p>{0} again</p></blockquote>".format),
    SENTENCES.map(f"<figure><img src='{ADDRESS}' alt='x'><figcaption>{{}}</figcaption></figure>".format),
    SENTENCES.map("<table><tr><td>{0}</td><td>{0}</td></tr></table>".format),
    st.just("<hr>"),
)  # fmt: skip
BODIES = st.lists(PIECES, max_size=9).map("".join).map(clean)


def compared(before: str, after: str) -> Comparison:
    return compare(Content(body=before), Content(body=after))


def text_of(row: Row, gone: str) -> str:
    return "".join(segment.text for segment in row.segments if segment.change != gone)


def changes(found: Comparison) -> list[str]:
    return [row.change for row in found.rows]


@settings(max_examples=60, deadline=None)
@given(BODIES, BODIES)
def test_both_texts_come_back_from_the_comparison(before, after):
    rows = compared(before, after).rows

    newer = [text_of(row, REMOVED) for row in rows if row.change in {"same", "edited", "moved", "added"}]
    older = [
        row.piece.text if row.change == "left" else text_of(row, ADDED)
        for row in rows
        if row.change in {"same", "edited", "removed", "left"}
    ]
    moved = [(text_of(row, ADDED), row.was.text) for row in rows if row.change == "moved"]

    assert newer == [piece.text for piece in pieces_in(after)]
    assert older == [piece.text for piece in pieces_in(before)]
    assert [one for one, _ in moved] == [other for _, other in moved]


@settings(max_examples=30, deadline=None)
@given(BODIES)
def test_text_is_the_same_as_itself(body):
    assert compared(body, body).is_same


@settings(max_examples=30, deadline=None)
@given(
    st.lists(SENTENCES, unique=True, max_size=9).flatmap(
        lambda each: st.tuples(st.just(each), st.permutations(each))
    )
)
def test_shuffled_paragraphs_are_moves_and_nothing_else(texts):
    before, after = ("".join(f"<p>{each}</p>" for each in text) for text in texts)

    found = compared(before, after)

    assert set(changes(found)) <= {"same", "moved", "left"}
    assert (found.words_added, found.words_removed) == (0, 0)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=14), st.lists(st.integers(0, 4), max_size=14))
def test_common_series_is_the_longest(before, after):
    table = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, one in enumerate(before):
        for j, other in enumerate(after):
            table[i + 1][j + 1] = table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])

    pairs = common(before, after)

    assert len(pairs) == table[-1][-1]
    assert all(before[i] == after[j] for i, j in pairs)
    assert pairs == sorted(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)


def test_heaviest_rising_series_is_found():
    assert rising([(0, 3), (1, 1), (2, 2), (3, 0)], [5, 2, 2, 1]) == [(0, 3)]
    assert rising([(0, 3), (1, 1), (2, 2), (3, 0)], [3, 2, 2, 1]) == [(1, 1), (2, 2)]


@pytest.mark.parametrize("language", WORDS_OF)
def test_words_that_come_and_go_are_found_in_every_language(language):
    first, second, third, fourth = WORDS_OF[language].split()
    before = f"<p>{first} {second} {third}, {first} {first}।</p>"
    after = f"<p>{first} {fourth} {third}, {first} {first}।</p>"

    (row,) = compared(before, after).rows

    assert [(part.change, part.text) for part in row.segments] == [
        (SAME, f"{first} "), (REMOVED, second), (ADDED, fourth), (SAME, f" {third}, {first} {first}।"),
    ]  # fmt: skip


def test_letters_are_never_parted_from_their_signs():
    assert [(part.change, part.text) for part in plain_segments("वह कि आया था कल", "वह की आया था कल")] == [
        (SAME, "वह "), (REMOVED, "कि"), (ADDED, "की"), (SAME, " आया था कल"),
    ]  # fmt: skip


def test_paragraph_that_moved_is_one_move_with_its_change():
    texts = [
        f"Paragraph {name} has enough words of its own to be known again: {name * 3}." for name in "abcdef"
    ]
    before = "".join(f"<p>{text}</p>" for text in texts)
    after = "".join(f"<p>{text}</p>" for text in [*texts[1:], texts[0].replace("enough", "many")])

    found = compared(before, after)

    assert changes(found) == ["left", *["same"] * 5, "moved"]
    assert (found.edited, found.moved, found.added, found.removed) == (1, 1, 0, 0)
    assert found.rows[-1].label == "Moved down and changed"
    assert found.counted == "1 passage changed, 1 moved; 1 word added, 1 removed"


def test_pieces_moved_together_are_one_move():
    before = "".join(f"<p>{name * 6} {name * 7}</p>" for name in "abcdefgh")
    after = "".join(
        f"<p>{name * 6} {name * 7}</p>" for name in "efghwbacd".replace("w", "").replace("ba", "ab")
    )

    found = compared(before, after)

    assert found.moved == 1
    assert sum(row.is_first for row in found.rows if row.change == "moved") == 1


def test_rules_do_not_move():
    found = compared("<p>One</p><p>Two</p><hr>", "<hr><p>One</p><p>Two</p>")

    assert changes(found) == ["added", "same", "same", "removed"]


def test_paragraph_that_became_a_heading_says_so():
    words = "The oven is lit at two in the night"

    (row,) = compared(f"<p>{words}</p>", f"<h2>{words}</h2>").rows

    assert (row.change, row.became) == ("edited", "Paragraph before, heading now")


def test_text_written_anew_is_shown_whole():
    (row,) = compared("<p>Nothing of this stays</p>", "<p>Another thing was put here instead of it</p>").rows

    assert [part.change for part in row.segments] == [REMOVED, ADDED]


def test_changed_look_is_a_change_without_words():
    found = compared("<p>One two three</p>", "<p>One <strong>two</strong> three</p>")

    assert (found.edited, found.words_added, found.words_removed) == (1, 0, 0)
    assert [part.text for part in found.rows[0].segments if part.restyled] == ["two"]


def lines(found: Comparison, name: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    (fact,) = [fact for fact in found.facts if fact.name == name]
    return [
        (line.note, line.about, [(part.change, part.text) for part in line.segments]) for line in fact.lines
    ]


def test_link_that_leads_elsewhere_is_said_though_no_word_changed():
    found = compared(
        "<p>See <a href='https://a.example/'>our tool</a>.</p>",
        "<p>See <a href='https://b.example/'>our tool</a>.</p>",
    )

    assert lines(found, "links") == [
        ("Leads elsewhere now:", "our tool", [(REMOVED, "https://a.example/"), (ADDED, "https://b.example/")])
    ]
    assert not found.is_same


def test_picture_its_words_and_its_caption_are_said():
    def figure(source: str, alt: str, caption: str) -> str:
        address = ADDRESS.replace("a.webp", f"{source}.webp")
        return f"<figure><img src='{address}' alt='{alt}'><figcaption>{caption}</figcaption></figure>"

    found = compared(
        clean(figure("a", "An oven", "Mine") + figure("b", "A cat", "")),
        clean(figure("a", "My oven", "Ours") + figure("c", "A dog", "")),
    )

    assert lines(found, "pictures") == [
        ("Taken away:", "", [(REMOVED, "A cat")]),
        ("Its words for those who cannot see it:", "", [(REMOVED, "An"), (ADDED, "My"), (SAME, " oven")]),
        ("Its caption:", "", [(REMOVED, "Mine"), (ADDED, "Ours")]),
        ("New:", "", [(ADDED, "A dog")]),
    ]  # fmt: skip


def test_everything_beside_the_text_is_said():
    before = Content(
        title="Bread at four",
        language="en",
        topics=("work", "home"),
        tags=("oven",),
        cover="/media/a",
        cover_alt="An oven",
    )
    after = Content(
        title="Bread at five",
        summary="Short.",
        language="ur",
        topics=("home", "work"),
        tags=("night",),
        cover="/media/b",
        cover_alt="A cat",
        disclosures=("ai=It found a title.",),
    )

    found = compare(before, after, topic_names={"work": "Work"})

    assert [fact.name for fact in found.facts] == [
        "title",
        "summary",
        "language",
        "topics",
        "tags",
        "cover",
        "cover_alt",
        "disclosures",
    ]
    assert lines(found, "title") == [("", "", [(SAME, "Bread at "), (REMOVED, "four"), (ADDED, "five")])]
    assert lines(found, "language") == [("", "", [(REMOVED, "English"), (ADDED, "Urdu")])]
    assert lines(found, "topics") == [("In another order:", "", [(SAME, "home, Work")])]
    assert lines(found, "tags") == [("", "", [(REMOVED, "oven")]), ("", "", [(ADDED, "night")])]
    assert lines(found, "disclosures") == [
        ("", "", [(ADDED, "Written with AI assistance: It found a title.")])
    ]
    assert (found.direction, found.former_direction) == ("rtl", "ltr")


def test_long_series_without_a_change_are_put_away():
    body = "".join(f"<p>Paragraph number {number} stays</p>" for number in range(12))

    found = compared(body, body + "<p>And more</p>")

    assert [(part.number, part.is_folded) for part in found.parts] == [
        (1, False),
        (10, True),
        (1, False),
        (1, False),
    ]


SHORT = [f"<p>{number} and {number * 7}</p>" for number in range(4000)]
ONE = [random.Random(number).choice(FEW_WORDS) for number in range(30_000)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("".join(SHORT), "".join(reversed(SHORT))),
        ("".join(SHORT), "".join(f"<p>{number} or {number * 9}!</p>" for number in range(4000))),
        ("<p>x y z</p>" * 6000, "<p>x y z</p>" * 3000 + "<p>a</p>" + "<p>x y z</p>" * 2000),
        (f"<p>{' '.join(ONE)}</p>", f"<p>{' '.join(reversed(ONE))}</p>"),
        ("<p>" + "'-" * 100_000 + "</p>", "<p>" + "-'_" * 70_000 + "</p>"),
    ],
    ids=["reversed", "all others", "all alike", "one enormous", "signs alone"],
)  # fmt: skip
def test_no_text_makes_the_comparison_take_long(before, after):
    """What grew with the square of such a text would not come to an end; and a page has to bear what is shown."""
    found = compared(before, after)

    shown = sum(len(part.rows) for part in found.parts)
    assert shown <= MOST_ROWS + 2 * MOST_FOLDED + 10
    assert sum(len(row.segments) for part in found.parts for row in part.rows) < 20_000


def test_what_is_put_away_between_many_changes_is_not_all_on_the_page():
    before = [f"<p>Paragraph {number} about flour.</p>" for number in range(3000)]
    after = [f"<p>Changed {place}.</p>" if place % 30 == 0 else text for place, text in enumerate(before)]

    found = compared("".join(before), "".join(after))

    folds = [part for part in found.parts if part.is_folded]
    assert sum(len(part.rows) for part in folds) == MOST_UNCHANGED
    assert {part.number for part in folds} == {27}
    assert not found.is_cut


def test_comparison_is_the_same_each_time():
    before, after = "".join(SHORT[:300]), "".join(random.Random(4).sample(SHORT[:400], 300))

    assert compared(before, after) == compared(before, after)
