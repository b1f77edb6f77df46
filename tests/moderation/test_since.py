"""What changed since a decision, or from what readers see: beside the text, and never in place of it."""

from uuid import uuid4

import pytest

from stories.models import Decision, Story
from stories.workflow.claiming import claim
from stories.workflow.deciding import decline, return_to_author
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_claimed, make_published, make_returned, make_waiting, read

LINKED = '<p>Words of before. <a href="https://one.example/">Here</a></p>'
RELINKED = '<p>Words of today. <a href="https://two.example/">Here</a></p>'


def again(submission, *, by, editor, note="More.", **fields):
    """The next round, sent back again by `editor`."""
    change_draft(submission.story, **fields)
    submit(submission.story, by=by)
    return return_to_author(read(claim(submission, by=editor, key=uuid4())), by=editor, note=note).submission


def test_first_reading_has_nothing_to_compare(desk, author):
    page = desk.get("review", make_waiting(author).pk)

    assert page.context["since"] is None
    assert "Since " not in page.content.decode()


def test_text_stands_whole_below_what_changed_since_my_decision(desk, author, editor, other_editor):
    submission = make_returned(author, editor=editor, body="<p>One two three four five.</p>")
    again(submission, by=author, editor=other_editor, body="<p>One two three four six.</p>")
    change_draft(submission.story, title="A better title", body="<p>One two three four seven.</p>")
    submit(submission.story, by=author)

    page = desk.get("review", submission.pk)

    since, html = page.context["since"], page.content.decode()
    assert [base.key for base in since.bases] == ["mine", "last"]
    assert since.words.startswith("Since you sent it back on ")
    assert [fact.name for fact in since.comparison.facts] == ["title"]
    assert (since.comparison.words_added, since.comparison.words_removed) == (1, 1)
    assert html.index("[removed: </span><span>five") < html.index("A better title</h1>")
    other = desk.get("review", submission.pk, against="last").context["since"]
    assert other.words.startswith("Since Farid Ahmed sent it back on ")
    assert other.comparison.facts == since.comparison.facts


def test_change_of_a_published_story_is_compared_with_what_readers_see_links_first(
    desk, author, editor, other_editor
):
    story = make_published(author, editor=other_editor, body=LINKED)
    change_draft(story, title="Another title", body=RELINKED, disclosures=("paid=Acme",))
    submit(story, by=author)

    page = desk.get("review", story.submissions.latest("id").pk)

    since = page.context["since"]
    assert (since.chosen, since.words) == ("published", "Against what readers see now")
    assert [base.key for base in since.bases] == ["published"]
    assert [fact.name for fact in since.comparison.facts] == ["links", "title", "disclosures", "disclaimer"]
    assert "https://two.example/" in page.content.decode()


def test_choice_that_is_not_there_is_the_first_one(desk, author, editor):
    submission = make_returned(author, editor=editor)
    submit(submission.story, by=author)

    for against in ("published", "last", "x" * 100, "\x00"):
        since = desk.get("review", submission.pk, against=against).context["since"]
        assert since.chosen == "mine"
        assert since.comparison.is_same


def test_earlier_submissions_are_told_with_their_decisions_and_what_they_left_open(
    desk, author, editor, reason
):
    held = make_claimed(author, editor=editor)
    return_to_author(read(held), by=editor, requests=["Name the year."])
    submission, story = held.submission, held.submission.story
    submit(story, by=author)
    decline(
        read(claim(submission, by=editor, key=uuid4())), by=editor, reason=reason, note="It sells an oven."
    )
    change_draft(story, title="The same oven")
    anew = submit(story, by=author)

    page = desk.get("review", anew.pk)

    (trip,) = page.context["earlier"]
    assert (trip.submission, trip.state, trip.left_open) == (submission, "declined", 1)
    assert [decision.kind for decision in trip.decisions] == ["decline", "return"]
    html = page.content.decode()
    for words in ("It sells an oven.", reason.label, "1 request left open", "Since you declined it on"):
        assert words in html


@pytest.mark.parametrize("rounds", [1, 4])
def test_comparing_takes_the_same_queries_after_any_number_of_rounds(
    desk, author, editor, other_editor, rounds, django_assert_num_queries
):
    submission = make_returned(author, editor=editor, note="", requests=["Name the year."])
    for number in range(rounds):
        again(submission, by=author, editor=other_editor, title=f"Title {number}")
    change_draft(submission.story, title="The last title")
    submit(submission.story, by=author)
    assert Decision.objects.count() == rounds + 1
    assert Story.objects.get().submissions.get().round == rounds + 2

    desk.get("review", submission.pk)
    with django_assert_num_queries(24):
        desk.get("review", submission.pk)
