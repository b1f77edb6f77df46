"""The command that makes a draft of a file."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from stories.models import Revision, Story
from stories.prose.blocks import walk
from stories.prose.parse import parse
from tests.stories import make_topic

SAMPLE = Path(__file__).parents[1] / "data" / "sample-story.txt"

# A published page as somebody copies it: disclaimer, title, date, reading time, then the text.
PAGE = """This is a user generated content for MyStory, a YourStory initiative to enable its community to contribute \
and have their voices heard. The views and writings here reflect that of the author and not of YourStory.

Six things a night shift taught me

Monday February 11, 2019

6 min Read

I worked nights for eleven years before I wrote a word about it.

What I carried:

• a torch
• a flask of tea
• my father's watch

1. The building talks

Pipes knock, lifts sigh.

2. Nobody looks up

They look at their phones.

3. Bread is warm at four

The bakery opens its back door.

4. The dogs know you

They wait at the corner.

5. Rain is company

It drums on the roof.

6. Morning is an answer

Then I go home.
"""


def run(path, **options):
    call_command("import_story", str(path), author="asha-rao", **options)
    return Story.objects.get()


def write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def kinds(body):
    return [block.kind for block in walk(parse(body))]


def test_published_page_becomes_a_draft_without_what_stood_around_it(author, tmp_path):
    story = run(write(tmp_path, "night.txt", PAGE))

    draft = story.draft
    assert draft.title == "Six things a night shift taught me"
    assert draft.body.count("<h2>") == 6
    assert "<ul><li>a torch</li><li>a flask of tea</li><li>my father's watch</li></ul>" in draft.body
    assert draft.body.startswith("<p>I worked nights")
    for outside in ("user generated", "February 11", "min Read"):
        assert outside not in draft.body
    assert not story.submissions.exists()


def test_sample_becomes_a_draft_with_headings_and_list(author):
    story = run(SAMPLE)

    draft = story.draft
    found = kinds(draft.body)
    assert draft.title
    assert sum(kind in {"h2", "h3", "h4"} for kind in found) >= 6
    assert "ul" in found
    for outside in ("user generated content for MyStory", "Monday February 11, 2019", "min Read"):
        assert outside not in draft.body


def test_markdown_keeps_its_settings_and_shape(author, tmp_path):
    text = "---\ntitle: Bread\nsummary: At four.\nlanguage: en\n---\n\n## Flour\n\n- one\n- two\n\n**Bold** [link](https://example.com/)\n"

    draft = run(write(tmp_path, "bread.md", text)).draft

    assert (draft.title, draft.summary) == ("Bread", "At four.")
    assert draft.body == (
        "<h2>Flour</h2><ul><li>one</li><li>two</li></ul>"
        '<p><strong>Bold</strong> <a href="https://example.com/">link</a></p>'
    )


@pytest.mark.parametrize(
    "data",
    [
        "A café at four\n\nIt’s warm.".encode("utf-8-sig"),
        "A café at four\n\nIt’s warm.".encode("utf-16"),
        "A café at four\n\nIt’s warm.".encode("cp1252"),
    ],
    ids=["utf-8 with mark", "utf-16", "windows"],
)
def test_bytes_of_several_encodings_give_the_same_text(author, tmp_path, data):
    draft = run(write(tmp_path, "cafe.txt", data)).draft

    assert (draft.title, draft.body) == ("A café at four", "<p>It’s warm.</p>")


def test_submitted_import_waits_under_the_topic_that_was_named(author, tmp_path):
    make_topic("places", "Places")
    make_topic("work", "Work")

    story = run(write(tmp_path, "night.txt", PAGE), submit=True, topic="work")

    assert story.submissions.get().state == "queued"
    assert Revision.objects.get().topics == ["work"]


def test_submitted_import_without_a_topic_takes_the_first_and_says_so(author, tmp_path, capsys):
    make_topic("places", "Places")

    run(write(tmp_path, "night.txt", PAGE), submit=True)

    assert "it is put under 'places'" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "data", "options", "sentence"),
    [
        ("a.docx", "x", {}, "it is another kind of file"),
        ("a.txt", "x" * 600_000, {}, "longer than 500 KB"),
        ("a.txt", "Title\n\nText.", {"submit": True}, "the site has none yet"),
        ("a.txt", "Title\n\nText.", {"topic": "cars"}, "There is no topic 'cars'"),
        ("a.md", "---\nsummary: " + "s" * 500 + "\n---\n\n# T\n\nText.", {}, "The summary is longer"),
    ],
    ids=["kind", "length", "no topic", "unknown topic", "summary"],
)
def test_refused_import_says_why_and_leaves_nothing(author, tmp_path, name, data, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(write(tmp_path, name, data), **options)

    assert not Story.objects.exists()


def test_import_without_file_or_member_says_so(author, tmp_path):
    with pytest.raises(CommandError, match=r"cannot be read: No such file or directory\."):
        run(tmp_path / "none.txt")
    with pytest.raises(CommandError, match="no active member with the user name 'nobody'"):
        call_command("import_story", str(write(tmp_path, "a.txt", "T\n\nx")), author="nobody")
