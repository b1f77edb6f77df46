"""Two people write a story in two browsers: asked, accepted, written by both, named; and decided by neither."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from stories.models import Submission
from stories.workflow.claiming import claim_next
from tests.stories import approve_claimed, make_draft


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button[value=save]").click()


def test_two_people_write_a_story_and_neither_decides_on_it(
    live_server, author, editor, other_editor, signed_in, quiet, axe
):
    story = make_draft(author, title="Two ovens")
    hers, his = signed_in(author), signed_in(editor)
    hers.goto(f"{live_server.url}/writing/{story.pk}/")
    hers.get_by_role("link", name="Authors and invitations").click()
    hers.get_by_label("User name or e-mail address").fill("esther-thomas")
    hers.get_by_role("button", name="Send the invitation").click()
    expect(hers.get_by_role("status")).to_contain_text("Esther Thomas is invited")
    assert axe(hers) == []

    his.goto(f"{live_server.url}/writing/notices/")
    his.get_by_role("button", name="Read the invitation").click()
    expect(his.get_by_role("heading", level=1).first).to_have_text("Asha Rao invites you to write with them")
    assert axe(his) == []
    his.get_by_role("button", name="Accept and write with them").click()
    his.locator("form[data-editor=ready]").wait_for()
    his.get_by_label("Title").fill("Two ovens, two hands")
    save(his)
    expect(his.get_by_label("Title")).to_have_value("Two ovens, two hands")

    hers.goto(f"{live_server.url}/writing/{story.pk}/")
    hers.locator("form[data-editor=ready]").wait_for()
    expect(hers.get_by_label("Title")).to_have_value("Two ovens, two hands")
    hers.locator("[name=disclosed][value=company]").check()
    hers.get_by_label("Which company or product?").fill("Our bakery")
    with hers.expect_navigation():
        hers.locator("button[value=submit]").click()
    expect(hers.get_by_role("status").first).to_contain_text("with the editors")

    his.goto(f"{live_server.url}/moderation/")
    expect(his.get_by_role("heading", level=1)).to_have_text("Nothing is waiting")
    expect(his.get_by_role("link", name="Two ovens, two hands")).to_have_count(0)
    number = Submission.objects.get().pk
    assert his.goto(f"{live_server.url}/moderation/{number}/").status == 404

    approve_claimed(claim_next(by=other_editor, key=uuid4()))
    story.refresh_from_db()
    hers.goto(live_server.url + story.path)
    expect(hers.locator(".byline a")).to_have_text(["Asha Rao", "Esther Thomas"])
    expect(hers.locator(".disclosures")).to_contain_text("Our bakery")
