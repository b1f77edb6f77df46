"""Two editors side by side who try to do the same thing: the slower one is told kindly and keeps the text."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from stories.models import HeldDecision, Notice, Proposal, Reason, ReportClaim, Story
from stories.notices.choosing import stop_path
from stories.reading import report_forms
from stories.workflow.counting import count_figures
from stories.workflow.proposing import propose_removal
from stories.workflow.taking_back import carry_out_due
from tests.browser import press_key
from tests.redress.reports import make_report
from tests.stories import (
    make_claimed,
    make_coauthor,
    make_declined,
    make_draft,
    make_published,
    make_small_change,
)

pytestmark = pytest.mark.browser

OPINION = "It is what she thinks."
PAID = "A bakery paid for it."
YEAR = "It was 1987, not 1978."
SHOP = "The last paragraph sells something."


def told_kindly(page: Page, *words: str) -> None:
    """That nothing was done, and why; `words` stand in it."""
    alert = page.get_by_role("alert").filter(has_text="Nothing was done")
    expect(alert).to_be_visible()
    for each in words:
        expect(alert).to_contain_text(each)


def test_two_editors_change_one_published_story(
    author, editor, other_editor, new_context, signed_in, axe, quiet, settings
):
    settings.TAKE_BACK_SECONDS = 30
    held = make_claimed(author, editor=editor)
    review = f"/moderation/{held.submission_id}/"
    first, second = signed_in(editor), signed_in(other_editor)

    # Decided, taken back within the time, and decided again.
    first.goto(review)
    press_key(first, "p")
    first.get_by_role("button", name="Publish this text").click()
    expect(first.get_by_text("You decided to publish")).to_be_visible()
    second.goto(review)
    expect(second.get_by_text("Esther Thomas decided to publish")).to_be_visible()
    expect(second.get_by_role("button", name="Take it back")).to_have_count(0)
    first.get_by_role("button", name="Take it back").click()
    expect(first.get_by_text("Your decision is taken back. Nothing was sent")).to_be_visible()
    assert not Notice.objects.exists()
    press_key(first, "p")
    first.get_by_role("button", name="Publish this text").click()
    expect(first.get_by_text("You decided to publish")).to_be_visible()
    carry_out_due(at=HeldDecision.objects.latest("pk").due_at)
    story = Story.objects.get()
    desk = f"/moderation/published/{story.pk}/"

    # Both give it another disclaimer.
    first.goto(desk)
    second.goto(desk)
    first.get_by_label("Disclaimer above the story").select_option(label="Opinion (English, version 1)")
    first.get_by_label("Why it changes").fill(OPINION)
    first.get_by_role("button", name="Change the disclaimer").click()
    expect(first.get_by_text("The story carries the disclaimer you chose")).to_be_visible()
    second.get_by_label("Disclaimer above the story").select_option(
        label="Paid for, or in exchange (English, version 1)"
    )
    second.get_by_label("Why it changes").fill(PAID)
    second.get_by_role("button", name="Change the disclaimer").click()
    told_kindly(second, "was given another disclaimer", "Esther Thomas", OPINION, "in the form again")
    expect(second.get_by_label("Why it changes")).to_have_value(PAID)
    second.get_by_role("button", name="Change the disclaimer").click()
    expect(second.get_by_text("The story carries the disclaimer you chose")).to_be_visible()

    # Both say what was wrong in it.
    second.get_by_label("What was wrong, and what is right").fill(YEAR)
    second.get_by_role("button", name="Add this correction").click()
    expect(second.get_by_text("The correction stands above the story.")).to_be_visible()
    first.get_by_label("What was wrong, and what is right").fill("The year is wrong: 1987.")
    first.get_by_role("button", name="Add this correction").click()
    told_kindly(first, "Another correction was added", "Farid Ahmed", YEAR)
    expect(first.get_by_label("What was wrong, and what is right")).to_have_value("The year is wrong: 1987.")
    reader = new_context().new_page()
    reader.goto(story.path)
    expect(reader.get_by_text(YEAR)).to_have_count(1)
    expect(reader.get_by_text("Somebody paid for this story")).to_be_visible()

    # Both remove it.
    first.goto(desk)
    for page in (second, first):
        page.get_by_label("Reason that the author is given").select_option(label="Advertising")
        page.get_by_label("Note to the author").fill(SHOP)
        page.get_by_role("button", name="Remove the story").click()
        expect(page.get_by_role("heading", name="Put it back")).to_be_visible()
    told_kindly(first, "Farid Ahmed removed the story", "Take along what you need")
    expect(first.get_by_label("Note to the author, as you had written it")).to_have_value(SHOP)
    assert axe(first) == []
    gone = new_context().new_page().goto(story.path)
    assert gone is not None
    assert gone.status == 410


def test_two_editors_answer_what_trust_asks_of_them(
    author, other_author, editor, other_editor, chief_editor, signed_in, axe, quiet, settings
):
    settings.SECOND_AGREEMENT = frozenset({"law", "removals"})
    story = make_published(author, editor=editor)
    reason = Reason.objects.get(code="advertising")
    proposal = propose_removal(story, by=editor, reason=reason, note=SHOP)
    look = make_small_change(other_author, editor=chief_editor)
    first, second, chief = signed_in(editor), signed_in(other_editor), signed_in(chief_editor)

    # One proposal, and two who are asked for their word.
    for page in (second, chief):
        page.goto(f"/moderation/proposals/{proposal.pk}/")
        expect(page.get_by_text(SHOP)).to_be_visible()
    second.get_by_label("I agree: do it, in these words").check()
    second.get_by_role("button", name="Give your answer").click()
    expect(second.get_by_text("Readers cannot see the story any more.")).to_be_visible()
    chief.get_by_label("I do not agree: nothing happens").check()
    chief.get_by_label("To your colleague").fill("A name is no advertisement.")
    chief.get_by_role("button", name="Give your answer").click()
    told_kindly(chief, "Farid Ahmed has answered this already.")
    expect(chief.get_by_label("To your colleague, as you had written it")).to_have_value(
        "A name is no advertisement."
    )
    assert axe(chief) == []
    assert Proposal.objects.get().end == "agreed"

    # One small change that went live, and two who look at it.
    for page in (first, second):
        page.goto(f"/moderation/second-looks/{look.pk}/")
        expect(page.get_by_role("heading", name="Your look")).to_be_visible()
    first.get_by_label("The change is fine").check()
    first.get_by_role("button", name="Say so").click()
    expect(first.get_by_text("The change stays.")).to_be_visible()
    second.get_by_label("Put the former text back").check()
    second.get_by_label("For which reason, if you put it back").select_option(label="Advertising")
    second.get_by_label("Note to the author, if you put it back").fill(SHOP)
    second.get_by_role("button", name="Say so").click()
    told_kindly(second, "Esther Thomas has looked at this change already.")
    expect(second.get_by_label("as you had written it")).to_have_value(SHOP)

    # One member, and two who suspend them.
    for page, days in ((first, "7"), (second, "3")):
        page.goto(f"/moderation/members/{author.username}/")
        page.get_by_label("Suspension", exact=True).check()
        page.get_by_label("For how many days").fill(days)
        page.get_by_label("Which story it is about").select_option(label=story.published_revision.title)
        page.get_by_label("Reason that the member is given").select_option(label="Advertising")
        page.get_by_label("Note to the member").fill(f"It sells, for {days} days.")
    first.get_by_role("button", name="Warn or suspend the member").click()
    expect(first.get_by_text("The member is suspended, and told why")).to_be_visible()
    second.get_by_role("button", name="Warn or suspend the member").click()
    told_kindly(second, "Esther Thomas has suspended this member already.")
    expect(second.get_by_label("Note to the member")).to_have_value("It sells, for 3 days.")
    expect(second.get_by_text("It sells, for 7 days.")).to_be_visible()

    # Who is suspended sees why and until when, and appeals.
    mine = signed_in(author)
    mine.goto("/writing/conduct/")
    expect(mine.get_by_text("you can neither submit nor publish")).to_be_visible()
    expect(mine.get_by_text("It sells, for 7 days.")).to_be_visible()
    mine.get_by_role("textbox").fill("I sell nothing.")
    mine.get_by_role("button", name="Appeal").click()
    expect(mine.get_by_role("heading", name="Your appeal")).to_be_visible()
    expect(mine.get_by_text("I sell nothing.")).to_be_visible()
    assert axe(mine) == []

    # Somebody else answers it, one of two who try; who suspended does not even find it.
    for page in (second, chief):
        page.goto("/moderation/appeals/")
        expect(page.get_by_text("Against a suspension because of it")).to_be_visible()
        page.get_by_role("link", name=story.published_revision.title).click()
        expect(page.get_by_role("button", name="Take this appeal")).to_be_visible()
    assert first.request.get(second.url).status == 404
    second.get_by_role("button", name="Take this appeal").click()
    expect(second.get_by_text("Yours until")).to_be_visible()
    second.get_by_label("Reject: ").check()
    second.get_by_label("Why", exact=True).fill("Seven days are few.")
    chief.get_by_role("button", name="Take this appeal").click()
    expect(chief.get_by_text("Farid Ahmed took this appeal a moment before you.")).to_be_visible()

    # Taken over from him while he types.
    chief.get_by_text("Take it from Farid Ahmed").click()
    chief.get_by_label("Why you take it over").fill("You are away.")
    chief.get_by_role("button", name="Take it over").click()
    expect(chief.get_by_text("Yours until")).to_be_visible()
    second.get_by_role("button", name="Send the answer").click()
    told_kindly(second, "Charu Sen", "You are away.")
    expect(second.get_by_label("Why, as you had written it")).to_have_value("Seven days are few.")
    chief.get_by_label("Uphold: the member is right").check()
    chief.get_by_label("Why", exact=True).fill("It was somebody else.")
    chief.get_by_role("button", name="Send the answer").click()
    expect(chief.get_by_text("The appeal is answered.")).to_be_visible()
    mine.reload()
    expect(mine.get_by_text("It was lifted, because your appeal was upheld.")).to_be_visible()
    expect(mine.get_by_text("It was somebody else.")).to_be_visible()


def test_two_editors_answer_one_group_of_reports(
    author, editor, other_editor, page, signed_in, axe, quiet, monkeypatch
):
    monkeypatch.setattr(report_forms, "QUICKEST", 0)
    story = make_published(author, editor=editor)
    group = make_report(story).group
    page.goto(f"{story.path}report/")
    page.get_by_label("Copied from elsewhere").check()
    page.get_by_label("What is wrong with it").fill("It stands in my book.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_text("It waits for an editor.")).to_be_visible()
    receipt = page.url
    first, second = signed_in(editor), signed_in(other_editor)

    # Both open it; the one who takes it is named to the other, who cannot answer meanwhile.
    for desk in (first, second):
        desk.goto(f"/moderation/reports/{group.pk}/")
        expect(desk.get_by_role("button", name="Take these reports")).to_be_visible()
    first.get_by_role("button", name="Take these reports").click()
    expect(first.get_by_text("Yours until")).to_be_visible()
    second.get_by_role("button", name="Take these reports").click()
    expect(second.get_by_text("Esther Thomas took these reports a moment before you.")).to_be_visible()
    expect(second.get_by_text("Esther Thomas is reading since")).to_be_visible()
    expect(second.get_by_role("button", name="Send the answer")).to_have_count(0)

    # Her time runs out while she types, and the colleague is quicker.
    first.get_by_label("Uphold: remove the story").check()
    first.get_by_label("Reason that the author is given").select_option(label="Copied from elsewhere")
    first.get_by_label("Note to the author").fill("Page 3 is from a book.")
    first.get_by_label("Answer to those who reported it").fill("Thank you for the page number.")
    ReportClaim.objects.live().update(expires_at=timezone.now() - timedelta(minutes=1))
    second.reload()
    second.get_by_role("button", name="Take these reports").click()
    expect(second.get_by_text("Yours until")).to_be_visible()
    second.get_by_label("Dismiss: the story stays").check()
    second.get_by_label("Answer to those who reported it").fill("The book is by the same author.")
    second.get_by_role("button", name="Send the answer").click()
    expect(second.get_by_text("Those who reported it are told.")).to_be_visible()
    first.get_by_role("button", name="Send the answer").click()
    told_kindly(first, "Farid Ahmed answered these reports.", "Take along what you need")
    expect(first.get_by_label("Note to the author, as you had written it")).to_have_value(
        "Page 3 is from a book."
    )
    expect(first.get_by_label("Answer to those who reported it, as you had written it")).to_have_value(
        "Thank you for the page number."
    )
    expect(first.get_by_text("The book is by the same author.")).to_be_visible()
    assert axe(first) == []

    # Readers see the story, and who reported it what was answered.
    page.goto(receipt)
    expect(page.get_by_text("The book is by the same author.")).to_be_visible()
    page.goto(story.path)
    expect(page.get_by_role("heading", name=story.published_revision.title)).to_be_visible()


def test_what_is_decided_stands_in_the_record_and_reaches_whom_it_concerns(
    author, other_author, editor, other_editor, chief_editor, page, signed_in, axe, quiet, tmp_path: Path
):
    reason = Reason.objects.get(code="advertising")
    for number in range(4):  # the public figures name no number below five
        make_declined(other_author, editor=other_editor, reason=reason, title=f"Sale {number}")
    held = make_claimed(author, editor=editor, title="Bread for sale")
    make_coauthor(make_draft(other_author), author)
    Notice.objects.all().delete()
    first, mine = signed_in(editor), signed_in(author)
    mine.goto("/writing/")
    expect(mine.get_by_role("link", name="Notices", exact=True)).to_be_visible()

    first.goto(f"/moderation/{held.submission_id}/")
    press_key(first, "d")
    first.get_by_label("Reason that the author is given").select_option(label="Advertising")
    first.get_by_label("Note to the author").fill(SHOP)
    first.get_by_role("button", name="Decline this story").click()
    expect(first.get_by_text("“Bread for sale” is declined.")).to_be_visible()

    # The inbox: of the author, and not of who did it.
    expect(first.get_by_role("link", name="Notices", exact=True)).to_be_visible()
    mine.reload()
    mine.get_by_role("link", name="Notices 1 unread").click()
    expect(mine.get_by_role("heading", name="Your story “Bread for sale” was declined")).to_be_visible()
    mine.get_by_role("button", name="Mark all as read").click()
    expect(mine.get_by_role("link", name="Notices", exact=True)).to_be_visible()

    # The log, narrowed, and taken away as a file.
    chief = signed_in(chief_editor)
    chief.goto("/moderation/log/")
    chief.get_by_label("What").select_option(label="Declined")
    chief.get_by_label("By").fill(editor.username)
    chief.get_by_role("button", name="Show").click()
    expect(chief).to_have_url(re.compile("action=decline"))
    entries = chief.locator(".log > li")
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("Esther Thomas declined Bread for sale")
    expect(entries).to_contain_text("Reason: Advertising")
    assert axe(chief) == []
    with chief.expect_download() as taken:
        chief.get_by_role("link", name="Take these away as a file (CSV)").click()
    taken.value.save_as(tmp_path / "log.csv")
    assert len((tmp_path / "log.csv").read_text(encoding="utf-8-sig").strip().splitlines()) == 2

    # The public page, when the month is over.
    count_figures(at=timezone.now() + timedelta(days=40))
    page.goto("/about/moderation/")
    expect(page.get_by_role("row", name="Declined 5").first).to_be_visible()
    expect(page.get_by_text("Bread for sale")).to_have_count(0)

    # One click in a mail, without signing in.
    page.goto(stop_path(author.pk, "together"))
    page.get_by_role("button", name="Turn these mails off").click()
    expect(page.get_by_role("heading", name="These mails are off")).to_be_visible()
    mine.goto("/writing/mails/")
    expect(mine.get_by_role("checkbox", name="Writing together")).not_to_be_checked()
    expect(mine.get_by_role("checkbox", name="Conversations")).to_be_checked()
