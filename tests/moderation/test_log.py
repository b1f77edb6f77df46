"""The record in words: narrowed, by pages, for those who may read it."""

import pytest

from stories.moderation import record_log
from tests.stories import make_claimed, make_published, make_returned, make_waiting


def said(response) -> list[tuple[str, str]]:
    return [
        (entry.event.actor.username if entry.event.actor else "", entry.event.action)
        for entry in response.context["entries"]
    ]


def test_log_says_who_did_what_newest_first(desk, author, other_editor):
    make_returned(author, editor=other_editor, note="Say more about the oven.")

    page = desk.get("log")

    assert said(page) == [("farid-ahmed", "return"), ("farid-ahmed", "claim"), ("asha-rao", "submit")]
    assert "Say more about the oven." in page.content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"action": "publish"}, ["publish"]),
        ({"editor": "Farid-Ahmed"}, ["publish", "approve", "claim"]),
        ({"author": "bilal-khan"}, ["submit"]),
        (
            {"action": "no-such", "editor": "", "page": "x"},
            ["submit", "publish", "approve", "claim", "submit"],
        ),
        ({"story": "nonsense"}, ["submit", "publish", "approve", "claim", "submit"]),
        ({"story": str(2**63)}, ["submit", "publish", "approve", "claim", "submit"]),
        ({"editor": "nobody-here"}, []),
        ({"editor": "nobody\x00"}, ["submit", "publish", "approve", "claim", "submit"]),
    ],
)
def test_log_is_narrowed(desk, author, other_author, other_editor, query, expected):
    make_published(author, editor=other_editor)
    make_waiting(other_author)

    assert [action for _, action in said(desk.get("log", **query))] == expected


def test_log_of_one_story(desk, author, other_author):
    make_waiting(author)
    story = make_waiting(other_author).story

    assert said(desk.get("log", story=story.pk)) == [("bilal-khan", "submit")]


def test_log_leaves_out_ones_own_stories(desk, other_desk, editor):
    make_waiting(editor)

    assert said(desk.get("log")) == []
    assert said(other_desk.get("log")) == [("esther-thomas", "submit")]


def test_log_is_not_found_without_the_permission(desk, editor):
    group = editor.groups.get()
    group.permissions.remove(group.permissions.get(codename="read_log"))

    assert desk.get("log").status_code == 404


def test_log_pages_hold_every_event_once(desk, author, editor, monkeypatch):
    monkeypatch.setattr(record_log, "ROWS", 2)
    for number in range(3):
        make_claimed(author, editor=editor, title=f"Story {number}")
    seen, cursor = [], ""

    while True:
        page = desk.get("log", page=cursor, author="asha-rao")
        seen += [entry.event.pk for entry in page.context["entries"]]
        cursor = page.context["page"].next_cursor
        if not cursor:
            break

    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 6


@pytest.mark.parametrize("stories", [1, 3, 30])
def test_log_asks_the_same_queries(desk, author, django_assert_num_queries, stories):
    for number in range(stories):
        make_waiting(author, title=f"Story {number}")
    desk.get("log")

    with django_assert_num_queries(6):
        desk.get("log")
