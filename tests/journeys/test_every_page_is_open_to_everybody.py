"""Every page, as each of its people has it: axe finds nothing, no policy breaks, nothing sticks out, keys suffice."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import clear_url_caches, set_urlconf
from playwright.sync_api import Page, expect

from mystory.demo import mailbox
from stories.notices.choosing import stop_path
from tests.house.addresses import addresses
from tests.journeys import town as town_of
from tests.journeys.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = ("anonymous", "reader", "author", "editor", "chief_editor")
# What is not a page: it changes something, or is for programs.
NOT_PAGES = {
    "writing:archive_file",
    "writing:pictures", "writing:submit", "writing:withdraw", "writing:unlist", "writing:publish_again",
    "writing:unschedule", "writing:follow_notice", "writing:put_in_bin", "writing:bring_back",
    "writing:answer", "writing:reply", "writing:restore", "writing:settle", "writing:note_message",
    "writing:settle_note", "moderation:note", "moderation:note_message", "moderation:end_note", "moderation:fix_note",
    "moderation:private_note",
    "writing:accept_invitation", "writing:decline_invitation", "writing:withdraw_invitation",
    "writing:order_authors", "writing:leave", "writing:hand_over", "writing:take_over",
    "writing:decline_hand_over", "writing:withdraw_hand_over", "writing:keep_account", "writing:end_link",
    "moderation:keep", "moderation:presence", "moderation:queue_news", "moderation:review_news",
    "moderation:next", "moderation:claim", "moderation:settle", "moderation:insert_reply",
    "moderation:preview_decision", "moderation:take_back",
    "moderation:stop_rewording", "moderation:correct", "moderation:claim_reports", "moderation:release_reports",
    "moderation:renew_reports", "moderation:decide_reports", "moderation:answer_appeal", "moderation:retire_reply",
    "moderation:share_saved_view", "moderation:delete_saved_view",
    "moderation:claim_appeal", "moderation:renew_appeal", "moderation:release_appeal", "moderation:take_over_appeal",
    "moderation:answer_proposal", "moderation:take_back_proposal", "moderation:read_again", "moderation:agreement",
    "moderation:judge_look",
    "moderation:run_batch", "moderation:undo_batch",
    "moderation:sanction", "writing:appeal_sanction",
    "moderation:offer_reason", "moderation:write_reason", "reading:own_report", "reading:second_look",
    "moderation:renew", "moderation:release", "writing:portrait",
    "moderation:decide", "moderation:write_disclaimer", "moderation:offer_disclaimer",
    "moderation:published_disclaimer", "moderation:remove", "moderation:restore", "reading:feed",
    "reading:feed_rss", "reading:feed_json", "reading:topic_feed", "reading:tag_feed", "reading:author_feed",
    "reading:personal", "reading:media", "reading:sitemap", "reading:sitemap_pages", "reading:sitemap_part",
    "moderation:export_log", "reading:moderation_sheet", "reading:robots", "reading:security_txt", "reading:healthz",
}  # fmt: skip
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A label or a link to an id that is there twice leads to the wrong thing.
REPEATED = """() => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id)
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) < at))]
}"""
# How the thing that has the focus shows it: an outline or a shadow, its own or around its row; in a text the caret.
SHOWN = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect()
  const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
  const row = at.closest("li, label, .field")
  const ringed = [at, ...(row ? [row] : [])].some((each) => outlined(getComputedStyle(each)))
    || outlined(getComputedStyle(at, "::after")) || getComputedStyle(at).boxShadow !== "none"
  const seen = (ringed || at.isContentEditable) && box.width > 0 && box.height > 0
  return [at.outerHTML.slice(0, 80), seen, at === document.body]
}"""


@pytest.fixture
def town(author, other_author, editor, other_editor, settings, tmp_path) -> Iterator[Town]:
    cache.clear()
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    town_of.send_mail(settings.EMAIL_FILE_PATH)
    settings.ROOT_URLCONF = town_of.__name__
    clear_url_caches()
    yield town_of.build(author, other_author, editor, other_editor)
    set_urlconf(None)
    clear_url_caches()


@pytest.fixture
def page_of(new_context, signed_in, request) -> Callable[..., Page]:
    def open_page(who: str, **options: object) -> Page:
        if who == "anonymous":
            return new_context(**options).new_page()
        return signed_in(request.getfixturevalue(who), **options)

    return open_page


def public_pages(town: Town) -> dict[str, list[str]]:
    name = town.published.author.username
    return {
        "reading:front": ["/"],
        "reading:latest": ["/latest/"],
        "reading:story": [f"/stories/{story.slug}/" for story in (town.published, town.long, town.urdu, town.removed)],
        "reading:topics": ["/topics/"],
        "reading:topic": ["/topics/work/", "/topics/home/"],
        "reading:tag": ["/tags/letters/"],
        "reading:author": [f"/authors/{name}/"],
        "reading:report": [f"/stories/{town.published.slug}/report/", f"/stories/{town.urdu.slug}/report/"],
        "reading:report_status": [town.report.status_path, town.dismissed.status_path],
        "reading:about_moderation": ["/about/moderation/"],
        "reading:search": ["/search/", "/search/?q=letter", "/search/?q=nothing+like+it"],
    }  # fmt: skip


def authors_pages(town: Town) -> dict[str, list[str]]:
    mine = [town.published, town.draft, town.reading, town.returned, town.declined, town.scheduled]
    mine_sent = [town.published, town.reading, town.returned, town.declined, town.scheduled, town.removed]
    return {
        "writing:stories": ["/writing/"],
        "writing:new": ["/writing/new/"],
        "writing:notices": ["/writing/notices/"],
        "writing:mails": ["/writing/mails/"],
        "writing:stop_mails": [stop_path(town.published.author_id, "talk")],
        "writing:bin": ["/writing/bin/"],
        "writing:archive": ["/writing/archive/"],
        "writing:closing": ["/writing/closing/"],
        "writing:erase": [f"/writing/{town.unlisted.pk}/deletion/"],
        "writing:edit": [f"/writing/{story.pk}/" for story in (*mine, town.unlisted, town.removed, town.deleted)],
        "writing:submission": [f"/writing/{story.pk}/submissions/{town.submission(story)}/" for story in mine_sent],
        "writing:notes": [f"/writing/{town.returned.pk}/submissions/{town.submission(town.returned)}/notes/"],
        "writing:history": [f"/writing/{town.published.pk}/history/", f"/writing/{town.returned.pk}/history/"],
        "writing:compare": [f"/writing/{town.published.pk}/comparison/", f"/writing/{town.draft.pk}/comparison/"],
        "writing:preview": [f"/writing/{town.draft.pk}/preview/"],
        "writing:files": ["/writing/files/"],
        "writing:authors": [f"/writing/{story.pk}/authors/" for story in (town.published, town.draft)],
        "writing:invitation": [f"/writing/invitations/{town.invitation.pk}/"],
        "writing:conduct": ["/writing/conduct/"],
        "writing:appeals": [f"/writing/{story.pk}/appeals/" for story in (town.declined, town.removed)],
        "writing:sharing": [f"/writing/{town.draft.pk}/sharing/"],
    }  # fmt: skip


def editors_pages(town: Town) -> dict[str, list[str]]:
    read = (town.waiting, town.reading, town.returned, town.declined, town.published, town.scheduled)
    shown = (town.published, town.removed, town.urdu)
    reported = (town.report.group_id, town.reports_read.group_id, town.second_look.group_id)
    return {
        "moderation:queue": ["/moderation/"],
        "moderation:review": [f"/moderation/{town.submission(story)}/" for story in read],
        "moderation:disclaimers": ["/moderation/disclaimers/"],
        "moderation:disclaimer": ["/moderation/disclaimers/community/"],
        "moderation:features": ["/moderation/front/"],
        "moderation:feature": [f"/moderation/published/{story.pk}/front/" for story in shown],
        "moderation:reword": ["/moderation/disclaimers/community/rewording/en/"],
        "moderation:new_disclaimer": ["/moderation/disclaimers/new/"],
        "moderation:published": [f"/moderation/published/{story.pk}/" for story in shown],
        "moderation:take_over": [f"/moderation/{town.submission(town.reading)}/take-over/"],
        "moderation:reasons": ["/moderation/reasons/"],
        "moderation:reason": ["/moderation/reasons/advertising/"],
        "moderation:new_reason": ["/moderation/reasons/new/"],
        "moderation:replies": ["/moderation/replies/"],
        "moderation:reply": [f"/moderation/replies/{town.reply.pk}/"],
        "moderation:new_reply": ["/moderation/replies/new/"],
        "moderation:new_batch": [f"/moderation/batches/new/?kind={kind}&row={town.submission(town.waiting)}"
                                 f"&row={town.submission(town.returned)}" for kind in ("claim", "return", "decline")],
        "moderation:batch": [f"/moderation/batches/{town.batch.pk}/"],
        "moderation:saved_views": ["/moderation/views/"],
        "moderation:new_saved_view": ["/moderation/views/new/?topic=home"],
        "moderation:saved_view": [f"/moderation/views/{town.view.pk}/"],
        "moderation:reports": ["/moderation/reports/"],
        "moderation:report_group": [f"/moderation/reports/{group}/" for group in reported],
        "moderation:member": [f"/moderation/members/{town.published.author.username}/"],
        "moderation:second_looks": ["/moderation/second-looks/"],
        "moderation:second_look": [f"/moderation/second-looks/{town.later_look.pk}/"],
        "moderation:second_readings": ["/moderation/second-readings/"],
        "moderation:second_reading": [f"/moderation/second-readings/{town.second_reading.pk}/"],
        "moderation:proposals": ["/moderation/proposals/"],
        "moderation:proposal": [f"/moderation/proposals/{town.proposal.pk}/"],
        "moderation:appeals": ["/moderation/appeals/"],
        "moderation:appeal": [f"/moderation/appeals/{town.appeal.pk}/"],
        "moderation:figures": ["/moderation/figures/"],
        "moderation:log": ["/moderation/log/"],
    }  # fmt: skip


# Where a chief editor sees more than the editor who has the claim.
THEIRS = {"disclaimers", "published", "reasons", "replies", "take-over"}
ACCOUNT = ["settings", "profile", "username", "email", "password/change", "logout", "2fa", "sessions"]
DOOR = ["login", "signup", "password/reset", "terms", "inactive", "password/reset/done"]
WRONG = [
    "/nowhere/",
    "/stories/nothing-like-it/",
    "/wrong/400/",
    "/wrong/403/",
    "/wrong/form/",
    "/wrong/429/",
]


def pages(who: str, town: Town, mail: str) -> list[str]:
    """Only signed-in pages differ from person to person; what is the same for all is walked by a stranger."""
    authors, editors = flat(authors_pages(town)), flat(editors_pages(town))
    return {
        "anonymous": [
            *flat(public_pages(town)), *(f"/accounts/{name}/" for name in DOOR), *WRONG, "/wrong/500/",
            "/demo/mail/", f"/demo/mail/{mail}/",
        ],
        "reader": ["/", "/writing/", "/writing/new/", "/accounts/settings/", "/nowhere/"],
        "author": [*authors, *(f"/accounts/{name}/" for name in ACCOUNT)],
        "editor": [*editors, f"/stories/{town.published.slug}/"],
        "chief_editor": [page for page in editors if THEIRS & {*page.split("/")}],
    }[who]  # fmt: skip


def flat(table: dict[str, list[str]]) -> list[str]:
    return [path for paths in table.values() for path in paths]


def test_the_walk_knows_every_page(town):
    """A page that is new to this test has to be put into one of its tables."""
    walked = {*public_pages(town), *authors_pages(town), *editors_pages(town)}
    named = {address.name for address in addresses("reading", "writing", "moderation")}

    assert named - NOT_PAGES == walked


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_is_open_to_everybody(town, page_of, axe, quiet, settings, who):
    (mail,) = mailbox.newest(Path(settings.EMAIL_FILE_PATH))
    page = page_of(who)
    found = []

    for path in pages(who, town, mail.key):
        page.set_viewport_size({"width": 360, "height": 740})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        answer = page.goto(path)
        assert answer is not None
        found += [f"{path} answers {answer.status}"] * (answer.status >= 500 and path != "/wrong/500/")
        found += [f"{path} is shown to nobody"] * ("/login/" in page.url and "/login/" not in path)
        found += [f"{path} at 360, light: {line}" for line in axe(page)]
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        found += [f"{path} at 1280, dark: {line}" for line in axe(page)]
        found += [f"{path} has #{repeated} twice" for repeated in page.evaluate(REPEATED)]
        found += sticking_out(page, path)

    quiet.said[:] = [line for line in quiet.said if "status of 500" not in line]
    assert found == []


def sticking_out(page: Page, path: str) -> list[str]:
    page.set_viewport_size({"width": 320, "height": 640})
    over = page.evaluate(OVERFLOW)
    return [f"{path} is {over} px too wide at 320"] if over > 0 else []


READING = ["/", "/latest/", "/topics/", "/search/?q=letter"]


def test_reading_pages_say_the_same_without_scripts(town, page_of, quiet):
    paths = [*READING, f"/stories/{town.published.slug}/", f"/authors/{town.published.author.username}/"]
    with_scripts = page_of("anonymous")
    without = page_of("anonymous", java_script_enabled=False)

    assert [text_of(without, path) for path in paths] == [text_of(with_scripts, path) for path in paths]


def text_of(page: Page, path: str) -> str:
    page.goto(path)
    return page.locator("main").inner_text()


@pytest.mark.parametrize("who", ["anonymous", "author", "editor"])
def test_keys_reach_everything_and_the_focus_is_seen(town, page_of, quiet, who):
    paths = {
        "anonymous": ["/", f"/stories/{town.published.slug}/", "/accounts/login/"],
        "author": ["/writing/", f"/writing/{town.draft.pk}/"],
        "editor": ["/moderation/", f"/moderation/{town.submission(town.reading)}/"],
    }[who]
    page = page_of(who)

    unseen = {path: stops_without_a_ring(page, path) for path in paths}

    assert {path: stops for path, stops in unseen.items() if stops} == {}


def stops_without_a_ring(page: Page, path: str) -> list[str]:
    """The first stop is the link past the masthead; then everything that a person tabs through, one after another."""
    page.goto(path)
    page.locator("body").evaluate("body => document.activeElement.blur()")
    page.locator(".skip").focus()
    expect(page.locator(".skip")).to_be_in_viewport()
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        what, ringed, left = page.evaluate(SHOWN)
        if left:
            break
        unseen += [] if ringed else [what]
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    return unseen
