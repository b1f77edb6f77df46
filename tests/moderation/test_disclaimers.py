"""Disclaimers: editors see them, chief editors write versions, a published story changes its own by an event."""

import pytest

from stories.models import Disclaimer, DisclaimerVersion, Event, Notice, Story, Topic
from stories.status import StoryState
from stories.workflow.disclaiming import begin_disclaimer, offered_versions
from tests.stories import make_claimed, make_published

WORDS = {
    "language": "en",
    "label": "Community story",
    "text": "Written for {site} by a member of {publisher}.",
}


def test_list_shows_the_words_with_the_names_filled_in(desk):
    html = desk.get("disclaimers").content.decode()

    assert "This is a user generated content for MyStory, a YourStory initiative" in html
    assert "Write a new disclaimer" not in html


def test_edit_makes_a_new_version_and_leaves_published_stories_alone(chief_desk, author, editor):
    story = make_published(author, editor=editor)

    chief_desk.post("write_disclaimer", "community", **WORDS)

    versions = DisclaimerVersion.objects.filter(disclaimer__key="community")
    assert [(v.number, v.text) for v in versions.order_by("number")][1] == (2, WORDS["text"])
    assert story.disclaimers.get().text.startswith("This is a user generated content")
    assert (
        "Written for MyStory by a member of YourStory."
        in chief_desk.get("disclaimer", "community").content.decode()
    )


def test_edit_sent_twice_makes_one_version(chief_desk):
    chief_desk.post("write_disclaimer", "community", **WORDS)
    chief_desk.post("write_disclaimer", "community", **WORDS)

    assert DisclaimerVersion.objects.filter(disclaimer__key="community").count() == 2


@pytest.mark.parametrize(
    ("field", "value"), [("text", " "), ("label", ""), ("language", "xx"), ("text", "x" * 2001)]
)
def test_edit_that_lacks_something_keeps_what_was_typed(chief_desk, field, value):
    answer = chief_desk.post("write_disclaimer", "community", **{**WORDS, field: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert DisclaimerVersion.objects.filter(disclaimer__key="community").count() == 1


def test_new_disclaimer_is_offered_and_its_key_is_taken_once(chief_desk):
    sent = {**WORDS, "name": "Travel", "key": "travel"}

    first, again = chief_desk.post("new_disclaimer", **sent), chief_desk.post("new_disclaimer", **sent)

    assert first.url == "/moderation/disclaimers/travel/"
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["key"])
    assert Disclaimer.objects.get(key="travel").is_open


def test_new_disclaimer_does_not_take_the_key_of_a_page(chief_desk):
    answer = chief_desk.post("new_disclaimer", **{**WORDS, "name": "New", "key": "new"})

    assert list(answer.context["form"].errors) == ["key"]


def test_another_default_takes_the_place_of_the_first(chief_desk):
    chief_desk.post("offer_disclaimer", "opinion", is_open="on", is_default="on")

    assert Disclaimer.objects.get(is_default=True).key == "opinion"
    refused = chief_desk.post("offer_disclaimer", "opinion", is_open="on")
    assert list(refused.context["offer"].errors) == ["is_default"]
    assert Disclaimer.objects.get(is_default=True).key == "opinion"


@pytest.mark.parametrize("versions", [1, 3, 30])
def test_disclaimer_pages_ask_the_same_queries(chief_desk, django_assert_num_queries, versions):
    for number in range(versions):
        chief_desk.post("write_disclaimer", "community", **{**WORDS, "text": f"Words {number}"})
    chief_desk.get("disclaimers")

    with django_assert_num_queries(7):
        chief_desk.get("disclaimers")
    with django_assert_num_queries(8):
        chief_desk.get("disclaimer", "community")


def test_published_story_gets_another_disclaimer_with_a_reason_once(desk, author, other_editor):
    story = make_published(author, editor=other_editor)
    opinion = DisclaimerVersion.objects.get(disclaimer__key="opinion")
    sent = {"disclaimer": opinion.pk, "note": "It argues a case."}

    desk.post("published_disclaimer", story.pk, **sent)
    desk.post("published_disclaimer", story.pk, **sent)

    assert story.disclaimers.get().label == "Opinion"
    event = Event.objects.get(action="change_disclaimer")
    assert event.note == "It argues a case."
    assert event.data["before"][0]["text"].startswith("This is a user generated content")
    assert "It argues a case." in Notice.objects.get(event=event).text


@pytest.mark.parametrize("missing", ["disclaimer", "note"])
def test_published_story_keeps_its_disclaimer_without_a_reason(desk, author, other_editor, missing):
    story = make_published(author, editor=other_editor)
    opinion = DisclaimerVersion.objects.get(disclaimer__key="opinion")

    answer = desk.post(
        "published_disclaimer", story.pk, **{"disclaimer": opinion.pk, "note": "Why.", missing: ""}
    )

    assert answer.status_code == 422
    assert list(answer.context["disclaimer_form"].errors) == [missing]
    assert story.disclaimers.get().label == "Community story"


def test_removed_story_is_put_back_with_the_very_text(desk, author, other_editor, reason):
    story = make_published(author, editor=other_editor)
    revision = story.published_revision

    desk.post("remove", story.pk, reason=reason.pk, note="It advertises a shop.")
    desk.post("remove", story.pk, reason=reason.pk, note="It advertises a shop.")
    assert Story.objects.get().state == StoryState.REMOVED
    assert "Put it back" in desk.get("published", story.pk).content.decode()
    desk.post("restore", story.pk, note="The shop is closed.")
    desk.post("restore", story.pk, note="The shop is closed.")

    story = Story.objects.published().get()
    assert story.published_revision == revision
    assert list(Event.objects.filter(action__in=["remove", "restore"]).values_list("action", flat=True)) == [
        "remove",
        "restore",
    ]


def test_removal_needs_reason_and_note(desk, author, other_editor, reason):
    story = make_published(author, editor=other_editor)

    answer = desk.post("remove", story.pk, reason="", note="")

    assert (answer.status_code, set(answer.context["removal_form"].errors)) == (422, {"reason", "note"})
    assert Story.objects.published().exists()


def test_ones_own_published_story_is_not_found(desk, editor, other_editor, reason):
    story = make_published(editor, editor=other_editor)

    assert desk.get("published", story.pk).status_code == 404
    assert desk.post("remove", story.pk, reason=reason.pk, note="Mine.").status_code == 404
    assert desk.post("published_disclaimer", story.pk, note="Mine.").status_code == 404


@pytest.mark.parametrize(
    ("disclosed", "first", "answering"),
    [
        ((), "community", []),
        (("ai=",), "community", []),
        (("company=Acme",), "own-business", ["own-business"]),
        (("company=Acme", "paid=Acme"), "paid", ["paid", "own-business"]),
    ],
)
def test_editor_is_offered_first_all_that_answers_a_disclosure(
    desk, author, editor, disclosed, first, answering
):
    held = make_claimed(author, editor=editor, disclosures=disclosed)

    page = desk.get("review", held.submission_id)

    form = page.context["form"]
    assert DisclaimerVersion.objects.get(pk=form["disclaimer"].value()).disclaimer.key == first
    labels = dict(DisclaimerVersion.objects.values_list("disclaimer__key", "label"))
    assert [shown.label for shown in page.context["body"].disclaimers] == [
        labels[key] for key in answering or [first]
    ]
    assert ("Disclosed with this story" in page.content.decode()) is bool(disclosed)
    apart = dict(form["disclaimer"].field.choices).get("Answers what is disclosed", [])
    keys = dict(DisclaimerVersion.objects.values_list("pk", "disclaimer__key"))
    assert [keys[pk] for pk, _ in apart] == answering


def test_chief_editor_says_which_disclosure_a_disclaimer_answers(chief_desk, desk, author, editor):
    held = make_claimed(author, editor=editor, disclosures=("ai=",))

    chief_desk.post("offer_disclaimer", "opinion", is_open="on", answers="ai")
    refused = chief_desk.post("offer_disclaimer", "opinion", is_open="on", answers="nonsense")
    nobody = desk.post("offer_disclaimer", "opinion", is_open="on", answers="")

    assert desk.get("review", held.submission_id).context["offered"][0][0].disclaimer.key == "opinion"
    assert (refused.status_code, nobody.status_code) == (422, 404)
    assert Disclaimer.objects.get(key="opinion").answers == "ai"


def test_story_is_published_under_several_disclaimers_and_they_travel_with_it(
    desk, author, editor, other_editor, client
):
    held = make_claimed(author, editor=editor)
    offered = {version.disclaimer.key: version.pk for version in offered_versions("en")}
    sent = {
        "disclaimer": offered["community"],
        "added": [offered["opinion"], offered["community"], offered["advice"]],
    }

    desk.decide(held, "approve", **sent)

    story = Story.objects.published().get()
    labels = ["Community story", "Not professional advice", "Opinion"]
    assert sorted(story.disclaimers.values_list("label", flat=True)) == labels
    assert story.disclaimers.earliest("position").label == "Community story"
    page, feed = (client.get(path).content.decode() for path in (story.path, "/feed/"))
    told = Notice.objects.get(recipient=author, kind="approve").text
    for words in story.disclaimers.all():
        assert words.text[:60].replace("'", "&#x27;") in page
        assert words.text[:30] in feed.replace("&amp;#x27;", "'")
        assert words.text in told


def test_added_disclaimers_stay_ticked_and_unticked_as_they_were(desk, author, editor):
    held = make_claimed(author, editor=editor, disclosures=("company=My bakery", "paid=A mill"))
    desk_form = desk.get("review", held.submission_id).context["form"]
    ticked = [str(pk) for pk in desk_form["added"].value()]
    offered = {version.disclaimer.key: version.pk for version in offered_versions("en")}

    refused = desk.decide(held, "return", added=[offered["opinion"]])
    again = desk.get("review", held.submission_id).context["form"]
    gone = desk.decide(held, "approve", added=["999999"])

    assert ticked == [str(offered["own-business"])]
    assert refused.status_code == 422
    assert [str(pk) for pk in again["added"].value()] == [str(offered["opinion"])]
    assert (gone.status_code, list(gone.context["form"].errors)) == (422, ["added"])


def test_published_story_is_given_others_besides(desk, author, other_editor):
    story = make_published(author, editor=other_editor)
    offered = {version.disclaimer.key: version.pk for version in offered_versions("en")}

    desk.post(
        "published_disclaimer",
        story.pk,
        disclaimer=offered["community"],
        added=[offered["advice"]],
        note="It is about medicine.",
    )

    assert list(story.disclaimers.values_list("version", flat=True)) == [
        offered["community"],
        offered["advice"],
    ]
    assert len(Event.objects.get(action="change_disclaimer").data["after"]) == 2


def test_disclaimer_for_a_topic_is_ticked_besides_the_one_that_says_whose_words_it_is(
    chief_desk, chief_editor, desk, author, editor
):
    Topic.objects.get_or_create(slug="health", defaults={"name": "Health"})
    begin_disclaimer(
        by=chief_editor,
        key="first-aid",
        name="Advice",
        language="en",
        label="No advice",
        text="Ask a doctor.",
    )

    wrong = chief_desk.post("offer_disclaimer", "first-aid", is_open="on", topics=["nowhere"])
    right = chief_desk.post("offer_disclaimer", "first-aid", is_open="on", topics=["health"])

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert "ticked for" in chief_desk.get("disclaimer", "first-aid").content.decode()
    advice = Disclaimer.objects.get(key="first-aid")
    assert advice.topics == ["health"]
    for topics, ticked in (("health", "work"), [advice.versions.get().pk]), (("work",), []):
        held = make_claimed(author, editor=editor, topics=topics)
        form = desk.get("review", held.submission_id).context["form"]
        assert form["added"].value() == ticked
        assert form["disclaimer"].value() == offered_versions("en")[0].pk
        assert offered_versions("en")[0].disclaimer.key == "community"
