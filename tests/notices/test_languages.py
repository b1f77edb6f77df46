"""Mails in the language of who gets them: whole in English and Hindi, and steady round words from right to left."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import F
from django.utils import translation

from accounts.languages import MAIL_LANGUAGES, choose_mail_language, mail_language
from stories.models import Notice, Reason, statement
from stories.notices.delivering import compose
from stories.notices.saying import isolated, say, say_many
from stories.workflow.publishing import remove
from tests.stories import make_coauthor, make_declined, make_draft, make_published, make_returned

ROOT = Path(settings.BASE_DIR)
DEVANAGARI = re.compile("[\u0900-\u097f]")
BLANK = re.compile(r"%\((\w+)\)s")
TRANSLATED = re.compile(
    r"{% translate \"([^\"]+)\" %}|{% blocktranslate trimmed[^%]*%}(.+?){% endblocktranslate %}"
)


def said_in_code() -> set[tuple[str, ...]]:
    """What `say` and `say_many` are given anywhere in the room of notices."""
    found: set[tuple[str, ...]] = set()
    for path in (ROOT / "stories/notices").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                number = {"say": 1, "say_many": 2}.get(node.func.id, 0)
                words = [each.value for each in node.args[:number] if isinstance(each, ast.Constant)]
                if words:
                    assert len(words) == number, f"{path.name}:{node.lineno} says what no catalogue can hold"
                    found.add(tuple(words))
    return found


def said_in_templates() -> set[str]:
    found = set()
    folders = ("stories/mail", "account/email", "mfa/email")
    for path in (path for folder in folders for path in (ROOT / "templates" / folder).glob("*")):
        for one, block in TRANSLATED.findall(path.read_text(encoding="utf-8")):
            found.add(one or re.sub(r"{{ (\w+) }}", r"%(\1)s", block))
    return found


def said_in_statements() -> set[str]:
    made = statement.Statement
    scopes = {made(restriction=restriction).scope for restriction in made.Restriction}
    return {
        *statement._GROUNDS.values(), *statement._ORIGINS.values(), *statement._DECIDERS.values(), *scopes
    }  # fmt: skip


@pytest.mark.parametrize("language", sorted(set(MAIL_LANGUAGES) - {"en"}))
def test_every_sentence_of_a_mail_is_there_in_each_language(language):
    sentences = {*said_in_code(), *((words,) for words in said_in_templates() | said_in_statements())}
    assert len(sentences) > 200

    with translation.override(language):
        for words in sentences:
            for count in (1, 2):
                said = translation.ngettext(*words, count) if len(words) == 2 else translation.gettext(*words)
                asked = set(BLANK.findall("".join(words)))
                assert DEVANAGARI.search(said), words
                assert set(BLANK.findall(said)) <= asked, words
            if len(words) == 1:
                assert set(BLANK.findall(said)) == asked, words


@pytest.mark.parametrize("language", sorted(set(MAIL_LANGUAGES) - {"en"}))
def test_catalogue_that_is_read_is_the_one_that_is_written(language):
    folder = ROOT / "locale" / language / "LC_MESSAGES"
    written = re.findall(
        r'^msgstr(?:\[\d\])? "(.+)"$', (folder / "django.po").read_text("utf-8"), re.MULTILINE
    )
    read = (folder / "django.mo").read_bytes().decode("utf-8", "replace")

    assert len(written) > 200
    assert [words for words in written if words.replace('\\"', '"') not in read] == []


@pytest.fixture
def told(author, other_author, editor, other_editor):
    """One of most kinds, to an author who reads Hindi and one who reads English."""
    choose_mail_language(author, "hi")
    reason = Reason.objects.get(code="advertising")
    shared = make_draft(author, title="Bread at four")
    make_coauthor(shared, other_author)
    make_published(author, editor=editor)
    make_returned(author, editor=editor, note="Say more.", requests=["Name the year.", "Name the oven."])
    make_declined(author, editor=editor, reason=reason)
    remove(make_published(author, editor=editor), by=editor, reason=reason, note="It sells.")
    return Notice.objects.all()


def test_each_gets_the_mail_in_their_own_language(told, author):
    for notice in told.filter(recipient=author):
        written = compose(notice)
        (html, _) = written.alternatives[0]
        assert notice.language == "hi"
        assert DEVANAGARI.search(written.subject), written.subject
        assert '<html lang="hi" dir="ltr">' in html
        assert "आपको कौन-सी मेल मिलें" in html
        assert "आपको कौन-सी मेल मिलें" in written.body
        for english in ("An editor", "The reason", "Read it", "Open your", "You get this mail"):
            assert english not in html, (notice.kind, english)
    assert "2 अनुरोधों के साथ" in told.get(kind="return").subject
    (joined,) = told.filter(kind="join")
    invited = told.get(kind="invite")
    assert (joined.language, invited.language) == ("hi", "en")
    assert '<html lang="en" dir="ltr">' in compose(invited).alternatives[0][0]


def test_nobody_is_told_what_they_did_themselves(told):
    assert told.exists()
    assert not told.filter(recipient=F("event__actor")).exists()


@pytest.mark.parametrize(
    ("chosen", "profile", "language"),
    [
        ("", [], "en"), ("hi", ["en"], "hi"), ("", ["hi", "en"], "hi"), ("", ["ur", "hi"], "hi"),
        ("", ["ur"], "en"), ("en", ["hi"], "en"),
    ],
)  # fmt: skip
def test_language_is_chosen_or_follows_from_the_profile(author, chosen, profile, language):
    author.languages = profile
    choose_mail_language(author, chosen)

    assert mail_language(author) == language
    assert mail_language(None) == "en"


def test_reader_of_urdu_gets_english_with_titles_that_turn_nothing_round(author, editor):
    author.languages = ["ur"]
    author.save()
    make_declined(
        author, editor=editor, reason=Reason.objects.get(code="advertising"), title="میرے دادا کا قلم"
    )

    written = compose(Notice.objects.get())

    assert written.subject == "Your story “\u2068میرے دادا کا قلم\u2069” was declined"
    assert '<html lang="en" dir="ltr">' in written.alternatives[0][0]


def test_words_are_those_of_the_moment_they_are_told():
    lazy = say("Your story “%(title)s” is published", title=say("A story without a title"))
    many = say_many("%(count)s story waits for an editor.", "%(count)s stories wait for an editor.", 2)

    assert (str(lazy), str(many)) == (
        "Your story “A story without a title” is published", "2 stories wait for an editor.",
    )  # fmt: skip
    with translation.override("hi"):
        assert "बिना शीर्षक की कहानी" in str(lazy)
    assert isolated("100 %") == "100 %"
    assert isolated("قلم\nand") == "قلم\nand"
