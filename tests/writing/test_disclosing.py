"""What authors say beside a story: asked in the form, kept with the draft, wanted whole at the submission."""

import pytest
from django.urls import reverse

from stories.content import content_sha256
from stories.models import Revision, SavedText, Story
from stories.status import Incomplete
from stories.workflow.submitting import submit
from tests.stories import change_draft, make_draft, make_waiting
from tests.writing.test_saving import JSON, sent

SAID = {
    "disclosed": ["paid", "before"],
    "disclosed_paid": "Acme",
    "disclosed_before": "HTTPS://Old.example/one",
}
LINES = ["paid=Acme", "before=https://old.example/one"]


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def saved(story: Story) -> list[str]:
    story.draft.refresh_from_db()
    return story.draft.disclosures


def test_save_keeps_what_is_ticked_with_its_answers(desk, story):
    address = reverse("writing:edit", args=[story.pk])

    desk.post(address, sent(story, **SAID, disclosed_company="Not ticked"))

    assert saved(story) == LINES
    page = desk.get(address).content.decode()
    assert page.count(" checked>") >= 2
    assert 'value="https://old.example/one"' in page


def test_quiet_save_takes_half_an_address_and_submission_wants_it_whole(desk, story):
    address = reverse("writing:edit", args=[story.pk])
    half = {"disclosed": ["before"], "disclosed_before": "https://"}

    answer = desk.post(address, sent(story, **half), **JSON)
    refused = desk.post(address, sent(story, **half, version=answer.json()["version"], action="submit"))

    assert answer.status_code == 200
    assert saved(story) == ["before=https://"]
    assert refused.status_code == 400
    assert "Give the whole address" in str(refused.context["form"].errors["disclosed_before"])
    assert not Revision.objects.exists()


@pytest.mark.parametrize("key", ["company", "paid", "before", "relation"])
def test_submission_without_an_answer_is_refused_at_its_field(author, key):
    story = make_draft(author, disclosures=(f"{key}=",))

    with pytest.raises(Incomplete) as refused:
        submit(story, by=author)

    assert refused.value.field == f"disclosed_{key}"


def test_revision_keeps_them_in_its_fingerprint(author):
    first = make_waiting(author, disclosures=("paid=Acme",)).revision
    other = make_waiting(author).revision

    assert first.disclosures == ["paid=Acme"]
    assert first.sha256 == content_sha256(first.content) != other.sha256


def test_disclosing_anew_makes_a_new_revision(author):
    story = make_draft(author)
    first = submit(story, by=author).revision_id
    change_draft(story, disclosures=("ai=",))

    assert submit(story, by=author).revision_id != first


def test_conflict_keeps_what_was_disclosed_in_the_other_tab(desk, story):
    address = reverse("writing:edit", args=[story.pk])
    form = sent(story, title="Second", **SAID)
    change_draft(story, title="First")

    page = desk.post(address, form).content.decode()

    assert "What readers should know" in page
    kept = SavedText.objects.get(story=story, title="Second")
    assert kept.disclosures == ["paid=Acme", "before=https://old.example/one"]


def test_preview_shows_the_disclaimer_that_it_asks_for(desk, author):
    story = make_draft(
        author, disclosures=("paid=Acme",), body='<p><a href="https://acme.example/">A</a></p>'
    )

    page = desk.get(reverse("writing:preview", args=[story.pk])).content.decode()

    assert "Somebody paid for this story" in page
    assert "Paid for, or written in exchange: <bdi>Acme</bdi>" in page
    assert 'rel="ugc nofollow noopener sponsored"' in page
