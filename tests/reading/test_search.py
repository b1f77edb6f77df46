"""Search: in every language, ranked, marked, and an answer to anything."""

import pytest
from django.test import Client

from stories.reading import finding
from stories.workflow.publishing import publish_again, unlist
from tests.stories import make_published


def search(**query):
    return Client().get("/search/", query)


def titles(**query):
    return [result.story.published_revision.title for result in search(**query).context["results"]]


@pytest.fixture
def publish(author, editor):
    def publish(title: str, body: str = "<p>Nothing of note.</p>", **fields):
        return make_published(author, editor=editor, title=title, body=body, **fields)

    return publish


def test_search_finds_all_words_in_any_form(publish):
    publish("Two ovens", "<p>She told stories while baking breads.</p>")
    publish("One oven", "<p>She told a joke.</p>")

    assert titles(q="story bread") == ["Two ovens"]
    assert titles(q="oven") == ["One oven", "Two ovens"]


def test_title_outranks_text(publish):
    publish("The monsoon")
    publish("The market", "<p>It was closed for the monsoon.</p>")

    assert titles(q="monsoon") == ["The monsoon", "The market"]


@pytest.mark.parametrize(
    ("language", "title", "query"),
    [
        ("hi", "पुरानी कहानियाँ", "कहानी"),
        ("hi", "हिन्दी की किताब", "हिंदी"),
        ("hi", "क़लम और दवात", "कलम"),
        ("mr", "गोष्टींची वही", "गोष्ट"),
        ("ur", "دادا کی کہانیاں", "كهاني"),
        ("ta", "மழைக்காலக் கதைகள்", "கதை"),
        ("bn", "গল্পটি পুরোনো", "গল্প"),
        ("ml", "മരത്തിൽ ഒരു കൂട്", "മരം"),
        ("te", "పుస్తకాలు", "పుస్తకం"),
        ("en", "Chapter १२३", "123"),
    ],
)
def test_search_knows_the_spellings_and_forms_of_a_language(publish, language, title, query):
    publish(title, language=language)
    publish("Something else")

    assert titles(q=query) == [title]
    assert titles(q=query, language=language) == [title]
    assert titles(q=query, language="gu") == []


def test_search_marks_the_hits_and_escapes_the_rest(publish):
    publish("Bread", "<p>A loaf &lt;script&gt; of Bread &amp; butter.</p>")

    text = search(q="bread").content.decode()

    assert "A loaf &lt;script&gt; of <mark>Bread</mark> &amp; butter." in text


def test_misspelt_title_is_offered_as_close(publish):
    publish("The lighthouse keeper")

    response = search(q="lighthuose keper")

    assert [r.story.published_revision.title for r in response.context["results"]] == [
        "The lighthouse keeper"
    ]
    assert "These titles come close" in response.content.decode()


def test_search_pages_by_cursor_both_ways(publish):
    made = [publish(f"Oven {n}").published_revision.title for n in range(13)]

    first = search(q="oven")
    second = Client().get(first.context["next"])
    back = Client().get(second.context["previous"])

    shown = [
        [r.story.published_revision.title for r in page.context["results"]] for page in (first, second, back)
    ]
    assert shown[0] + shown[1] == made[::-1]
    assert shown[2] == shown[0]
    assert first.context["previous"] == second.context["next"] == ""


@pytest.mark.parametrize(
    "q",
    ["", " ", "a", "?", "'", '"', '"a b', "-", "-oven", "a -", "& | ! ( ) :* <->", "oven:*", "\x00", "o\x00ven", "🎉",
     "x" * 10_000, "oven " * 2000, "\u202eoven", "'; DROP TABLE stories_story; --", "%", "\\", "है", "ی", "<b>"],
)  # fmt: skip
def test_search_answers_anything(publish, q):
    publish("The oven")

    response = search(q=q)

    assert response.status_code == 200
    assert "<h1>Search</h1>" in response.content.decode()


@pytest.mark.parametrize("cursor", ["x", "o1", "o1.2.3", "b0.0", "o999999999999.1", "o0.1\n"])
def test_cursor_nobody_gave_out_gives_the_first_results(publish, cursor):
    publish("The oven")

    assert titles(q="oven", cursor=cursor) == ["The oven"]


def test_search_forgets_a_story_that_was_taken_off(publish, author):
    story = publish("The oven")
    unlist(story, by=author)
    assert titles(q="oven") == []

    publish_again(story, by=author)
    assert titles(q="oven") == ["The oven"]


def test_search_that_takes_too_long_says_so(publish, monkeypatch):
    publish("The oven")
    monkeypatch.setattr(finding, "MILLISECONDS", 1)
    monkeypatch.setattr(
        finding, "_matches", lambda *_: finding.connection.cursor().execute("SELECT pg_sleep(1)")
    )

    response = search(q="oven")

    assert response.status_code == 503
    assert response.headers["Cache-Control"] == "no-store"
    assert "This search took too long" in response.content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_search_takes_six_statements(publish, django_assert_num_queries, count):
    for n in range(count):
        publish(f"Oven {n}")

    with django_assert_num_queries(6):  # with the beginning and end of its transaction
        search(q="oven")
