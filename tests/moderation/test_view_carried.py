"""The view of the queue that one came with stands in every address, up to the next story of this view."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from stories.models import Claim
from tests.moderation.conftest import Desk
from tests.stories import make_claimed, make_topic, make_waiting

VIEW = "topic=garden&due=late"
QUEUE = f"/moderation/?{VIEW}"


@pytest.fixture
def garden(author) -> list[int]:
    """Two in the view, and one due before both that is not."""
    make_topic("garden", "Gardens")
    long_ago = timezone.now() - timedelta(days=20)
    make_waiting(author, title="On work", at=long_ago)
    later = [long_ago + timedelta(days=day) for day in (1, 2)]
    return [make_waiting(author, title="On plants", topics=("garden",), at=at).pk for at in later]


def sent(desk: Desk, path: str, **data: object) -> str:
    return desk.client.post(f"{path}?{VIEW}", data).url


def test_every_link_and_form_of_the_review_page_holds_the_view(desk, other_desk, author, editor, garden):
    held = make_claimed(author, editor=editor)
    pages = [
        desk.client.get(f"/moderation/{held.submission_id}/?{VIEW}"),
        other_desk.client.get(f"/moderation/{held.submission_id}/?{VIEW}"),
        other_desk.client.get(f"/moderation/{held.submission_id}/take-over/?{VIEW}"),
        other_desk.client.get(f"/moderation/{garden[0]}/?{VIEW}"),
    ]

    for page in pages:
        html = page.content.decode().replace("&amp;", "&")
        ways = re.findall(r'(?:action|href)="/moderation/(\d+/[^"#]*|\?[^"]*)"', html)
        assert len(ways) > 1
        assert [way for way in ways if not way.endswith(VIEW)] == []


def test_view_stays_through_claim_release_and_decision_to_the_next_of_it(desk, garden):
    first, second = garden
    taken = sent(desk, "/moderation/next/", key=uuid4())
    assert taken == f"/moderation/{first}/?{VIEW}"
    held = Claim.objects.get()
    assert sent(desk, f"/moderation/{first}/lease/", claim=held.pk) == taken
    assert sent(desk, f"/moderation/{first}/release/", claim=held.pk) == QUEUE
    assert sent(desk, f"/moderation/{first}/claim/", key=uuid4()) == taken

    held = Claim.objects.live().get()
    revision = held.submission.revision
    said = {"claim": held.pk, "revision": revision.pk, "sha256": revision.sha256, "decision": "return"}
    assert sent(desk, f"/moderation/{first}/decision/reply/", **said) == f"{taken}#id_note"
    refused = desk.client.post(f"/moderation/{first}/decision/?{VIEW}", said)
    assert refused.status_code == 422
    assert f"/moderation/{first}/decision/?{VIEW}".replace("&", "&amp;") in refused.content.decode()
    assert sent(desk, f"/moderation/{first}/decision/", **said, note="More.") == f"{QUEUE}&decided"

    assert sent(desk, "/moderation/next/", key=uuid4()) == f"/moderation/{second}/?{VIEW}"
    assert sent(desk, "/moderation/next/", key=uuid4()) == QUEUE


def test_what_is_no_view_is_not_carried_on(desk, garden):
    answer = desk.client.post("/moderation/next/?topic=%22%3E&state=gone&page=x", {"key": uuid4()})

    assert answer.url.endswith("/")


@pytest.mark.browser
def test_next_is_the_next_of_the_view_without_scripts(signed_in, editor, garden):
    page = signed_in(editor, java_script_enabled=False)
    page.goto(QUEUE)

    for left in ("One story in this view", "Nothing in this view"):
        page.get_by_role("button", name="Read the next one").click()
        expect(page.get_by_role("heading", name="On plants")).to_be_visible()
        page.get_by_role("radio", name="Send back").check()
        page.get_by_label("Note to the author").fill("Say which plants.")
        page.get_by_role("button", name="Send it back").click()
        expect(page.get_by_text("is back with its author")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_have_text(left)
        expect(page.get_by_label("Topic")).to_have_value("garden")
