"""Saving from the page: by a person, by the page itself, from two tabs, and with what cannot be kept."""

from uuid import uuid4

import pytest
from django.urls import reverse

from stories.models import Story
from stories.workflow.claiming import claim
from tests.stories import BODY, change_draft, make_draft, make_waiting

JSON = {"HTTP_ACCEPT": "application/json"}


def sent(story: Story, **changes: object) -> dict[str, object]:
    """What the page sends for a draft as it is, but for `changes`."""
    draft = story.draft
    fields = {
        "version": draft.version, "markup": "html", "title": draft.title, "summary": draft.summary,
        "body": draft.body, "language": draft.language, "topics": draft.topics, "tags": ", ".join(draft.tags),
        "cover": draft.cover, "cover_alt": draft.cover_alt,
    }  # fmt: skip
    return fields | changes


@pytest.fixture
def address(story) -> str:
    return reverse("writing:edit", args=[story.pk])


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def test_new_page_begins_nothing_when_it_is_looked_at(desk):
    assert desk.get(reverse("writing:new")).status_code == 200
    assert Story.objects.count() == 0


def test_form_sent_twice_begins_one_story(desk, author):
    form = {"key": str(uuid4()), "title": "Bread", "language": "hi"}

    first = desk.post(reverse("writing:new"), form)
    second = desk.post(reverse("writing:new"), form)

    story = Story.objects.get()
    assert first.url == second.url == reverse("writing:edit", args=[story.pk])
    assert (story.author, story.draft.title, story.draft.language) == (author, "Bread", "hi")


def test_form_sent_again_later_leaves_what_was_written(desk):
    form = {"key": str(uuid4()), "title": "Bread", "language": "en"}
    desk.post(reverse("writing:new"), form)
    story = Story.objects.get()
    change_draft(story, title="Bread at four", body=BODY)

    desk.post(reverse("writing:new"), form)

    story.draft.refresh_from_db()
    assert story.draft.title == "Bread at four"


def test_key_of_somebody_elses_story_opens_nothing(desk, other_author):
    theirs = make_draft(other_author)

    answer = desk.post(reverse("writing:new"), {"key": str(theirs.key), "title": "Mine", "language": "en"})

    assert answer.url == reverse("writing:new")
    theirs.draft.refresh_from_db()
    assert theirs.draft.title != "Mine"


def test_save_keeps_every_field(desk, story, address, topics):
    answer = desk.post(
        address,
        sent(story, title="  Bread \n at four ", summary="Short.", topics=["places", "work"],
             tags="Bread, #night ، bread", language="ur", body="<p>One</p><script>alert(1)</script>"),
    )  # fmt: skip

    assert answer.url == address
    story.draft.refresh_from_db()
    draft = story.draft
    assert (draft.title, draft.summary, draft.language) == ("Bread at four", "Short.", "ur")
    assert (draft.topics, draft.tags, draft.body) == (["work", "places"], ["Bread", "night"], "<p>One</p>")


def test_quiet_save_answers_with_the_next_version(desk, story, address):
    answer = desk.post(address, sent(story, title="Newer"), **JSON)

    assert answer.status_code == 200
    assert answer.json()["version"] == story.draft.version + 1
    assert answer.json()["changed"] is True


def test_save_sent_twice_changes_nothing_more(desk, story, address):
    form = sent(story, title="Newer")

    first = desk.post(address, form, **JSON).json()
    second = desk.post(address, form, **JSON).json()

    assert second["version"] == first["version"]
    assert second["changed"] is False


def test_quiet_save_from_a_second_tab_is_told_of_the_conflict(desk, story, address):
    form = sent(story, title="Second")
    change_draft(story, title="First")

    answer = desk.post(address, form, **JSON)

    assert answer.status_code == 409
    assert answer.json()["reason"] == "conflict"


def test_plain_text_becomes_paragraphs_without_scripts(desk, story, address):
    desk.post(address, sent(story, markup="text", body="One < two\r\n\r\nA line\r\nand another"))

    story.draft.refresh_from_db()
    assert story.draft.body == "<p>One &lt; two</p><p>A line<br>and another</p>"


def test_text_area_shown_and_sent_back_changes_nothing(desk, story, address):
    body = "<p>One</p><ul><li>a</li><li>b</li></ul><pre><code>x\n\n\ny</code></pre><h2>H</h2><p>End</p>"
    change_draft(story, body=body)
    story.draft.refresh_from_db()
    shown = desk.get(address).context["form"]["body"].value()

    desk.post(address, sent(story, markup="text", body=shown + "\r\n\r\nMore\r\n\r\nand more"))

    story.draft.refresh_from_db()
    assert story.draft.body == body + "<p>More</p><p>and more</p>"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "t" * 201, "A title has at most 200 characters; this one has 201."),
        ("summary", "s" * 401, "A summary has at most 400 characters; this one has 401."),
        ("body", "<p>" + "b" * 500_001, "longer than 500 KB"),
        ("body", "<blockquote>" * 150 + "x", "more than 100 layers"),
        ("topics", ["work", "places", "people", "money"], "Choose at most 3 topics."),
        ("topics", ["cars"], "One of the topics is not offered any more."),
        ("tags", "a,b,c,d,e,f,g,h,i", "A story has at most 8 tags; these are 9."),
        ("tags", "t" * 41, "A tag has at most 40 characters; this one has 41."),
        ("language", "xx", "Choose one of the languages."),
        ("cover", "https://example.com/a.png", "The cover picture has to be uploaded here."),
        ("cover_alt", "a" * 301, "A description has at most 300 characters; this one has 301."),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else None,
)
def test_what_cannot_be_kept_is_said_at_its_field(desk, story, address, topics, field, value, sentence):
    form = sent(story, title="Everything typed is still there") | {field: value}

    page = desk.post(address, form)
    quiet = desk.post(address, form, **JSON)

    assert (page.status_code, quiet.status_code) == (400, 400)
    assert sentence in " ".join(page.context["form"].errors[field])
    assert sentence in " ".join(quiet.json()["errors"][field])
    shown = page.context["form"]
    assert shown[field].value() == value
    assert field == "title" or shown["title"].value() == "Everything typed is still there"
    story.draft.refresh_from_db()
    assert story.draft.version == form["version"]


def test_submission_without_topic_is_saved_and_says_what_is_missing(desk, story, address):
    page = desk.post(address, sent(story, title="Newer", topics=[], action="submit"))

    assert page.status_code == 400
    assert page.context["form"].errors["topics"] == [
        "Choose at least one topic, so that readers find the story."
    ]
    story.draft.refresh_from_db()
    assert story.draft.title == "Newer"
    assert page.context["version"] == story.draft.version
    assert not story.submissions.exists()


def test_submission_saves_and_hands_in(desk, story, address):
    answer = desk.post(address, sent(story, title="Newer", action="submit"))

    assert answer.url == address
    assert story.submissions.get().revision.title == "Newer"


def test_submission_sent_twice_hands_in_once(desk, story, address):
    form = sent(story, title="Newer", action="submit")

    desk.post(address, form)
    second = desk.post(address, form, follow=True)

    assert second.status_code == 200
    assert story.submissions.count() == 1
    assert story.events.filter(action="submit").count() == 1


def test_story_being_read_is_shown_but_not_changed(desk, author, editor):
    submission = make_waiting(author)
    held = claim(submission, by=editor, key=uuid4())
    story = submission.story
    address = reverse("writing:edit", args=[story.pk])

    page = desk.get(address)
    refused = desk.post(address, sent(story, title="Too late", body="<p>Typed words</p>"))
    quiet = desk.post(address, sent(story, title="Too late"), **JSON)

    assert held.ended_at is None
    assert "Esther Thomas has been reading it since" in page.content.decode()
    assert "<form id=" not in page.content.decode()
    assert (refused.status_code, quiet.status_code) == (409, 409)
    assert "Typed words" in refused.content.decode()
    assert story.saved_texts.get().title == "Too late"
    assert quiet.json()["reason"] == "reading"
    story.draft.refresh_from_db()
    assert story.draft.title != "Too late"


def test_anonymous_quiet_save_is_told_so_and_others_sign_in(client, story, address):
    quiet = client.post(address, sent(story, title="x"), **JSON)
    plain = client.post(address, sent(story, title="x"))

    assert quiet.status_code == 401
    assert plain.url == f"/accounts/login/?next={address}"
    story.draft.refresh_from_db()
    assert story.draft.title != "x"


def test_stranger_finds_nothing_and_changes_nothing(client, other_author, story, address):
    client.force_login(other_author)

    assert client.get(address).status_code == 404
    assert client.post(address, sent(story, title="x")).status_code == 404
    story.draft.refresh_from_db()
    assert story.draft.title != "x"


def test_editor_page_is_kept_by_nobody(desk, address):
    assert "no-store" in desk.get(address)["Cache-Control"]
    assert "private" in desk.get(address)["Cache-Control"]
