"""Somebody who writes numbered words, whatever happens, and knows which of them may be missing afterwards."""

import contextlib
import random
import re
import time
from dataclasses import dataclass, field

from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from stories.models import Draft, Story
from tests.drill.browser import Browser
from tests.drill.site import Site

MAY_BE_LOST = 2.0  # seconds of typing before a tab, a browser or a machine dies
PATIENCE = 60_000
# What a page that lacks words says, and what lies on its device.
LEFT = """async () => ({
  said: document.querySelector("[data-said]")?.innerText,
  state: document.querySelector("[data-save-state]")?.innerText,
  text: document.querySelector(".ProseMirror")?.innerText,
  saved: {...document.querySelector("form[data-editor]")?.dataset},
  locks: (await navigator.locks.query()).held.map(({name}) => name),
  near: Object.entries(localStorage).map(([key, value]) => [key, value.length, value.slice(-120)]),
  shelf: await new Promise((resolve) => {
    const asked = indexedDB.open("mystory", 1)
    asked.onsuccess = () => {
      const all = asked.result.transaction("copies").objectStore("copies").getAll()
      all.onsuccess = () => resolve(all.result.map(({fields, ...copy}) => ({...copy, body: fields?.body.slice(-60)})))
    }
  }),
})"""
WORD = re.compile(r"w\d+")


@dataclass
class Writer:
    story: Story
    site: Site
    browser: Browser
    chance: random.Random
    page: Page = field(init=False)
    typed: dict[str, float] = field(default_factory=dict)  # each word, and when it was typed
    forgiven: set[str] = field(default_factory=set)
    seen_saved: set[str] = field(default_factory=set)  # words that the site had at some time
    done: list[str] = field(default_factory=list)
    stalled: float = (
        0.0  # seconds for which this machine let a single word wait, beyond what it takes to type it
    )

    # The damage, and what somebody does about it.

    def open(self) -> None:
        self.page = self.browser.context.new_page()
        self.come_back()

    def write(self) -> None:
        self.text.press("Control+End")
        pause = self.chance.choice([0, 0, 5, 40])
        for _ in range(self.chance.randint(2, 7)):
            word = f"w{len(self.typed) + 1}"
            begun = time.monotonic()
            self.page.keyboard.type(f" {word}", delay=pause)
            self.typed[word] = time.monotonic()
            self.stalled = max(self.stalled, self.typed[word] - begun - 2 * pause * len(word) / 1000)
        assert word in self.words_of(self.text), self.complaint({word})

    def kill_the_server(self) -> None:
        self.write()
        self.site.kill()
        self.look_at_what_is_saved()
        self.write()
        self.site.start()
        self.write()
        self.site.wait()

    def go_offline(self) -> None:
        self.browser.context.set_offline(True)
        self.write()
        if self.chance.random() < 0.3:
            expect(self.state).to_have_attribute("data-state", "offline", timeout=PATIENCE)
        self.browser.context.set_offline(False)
        self.write()

    def end_the_session(self) -> None:
        self.write()
        Session.objects.all().delete()
        self.write()
        if self.chance.random() < 0.5:
            expect(self.page.get_by_text("You are signed out.")).to_be_visible(timeout=PATIENCE)
        if self.chance.random() < 0.5:
            self.browser.context.clear_cookies(name="csrf")
        self.browser.sign_in(self.browser.context)
        self.page.evaluate("dispatchEvent(new Event('focus'))")

    def kill_the_tab(self) -> None:
        self.write_what_only_the_device_has()
        with contextlib.suppress(PlaywrightError):
            self.page.goto("chrome://crash", timeout=5_000)
        self.forgive()
        self.page.close()
        self.bring_the_site_back()
        self.page = self.browser.context.new_page()
        self.come_back()

    def kill_the_browser(self) -> None:
        self.write_what_only_the_device_has()
        self.browser.kill()
        self.forgive()
        self.bring_the_site_back()
        self.browser.start()
        self.open()

    def write_what_only_the_device_has(self) -> None:
        """Longer than may be lost, with no site, or no line to it, or both as they should be."""
        way = self.chance.choice(["no site", "no line", "no fault"])
        self.done[-1] += f" ({way})"
        if way == "no site":
            self.site.kill()
        self.browser.context.set_offline(way == "no line")
        begun = time.monotonic()
        while time.monotonic() < begun + MAY_BE_LOST + 1:
            self.write()

    def bring_the_site_back(self) -> None:
        if self.site.process is None:
            self.site.start()
        if self.browser.connection is not None:
            self.browser.context.set_offline(False)

    def load_again(self) -> None:
        self.write()
        self.page.reload()
        self.come_back()

    def write_in_a_second_tab(self) -> None:
        """Without having looked at the first one again, which goes on afterwards with an older text."""
        self.write()
        first, self.page = self.page, self.browser.context.new_page()
        self.page.goto(first.url)
        self.wait_until_ready()
        self.write()
        self.wait_until_saved()
        self.page.close()
        self.page = first
        self.write()
        self.wait_until_saved()

    # Coming back.

    def come_back(self) -> None:
        self.site.wait()
        self.page.goto(f"{self.site.url}/writing/{self.story.pk}/")
        if "/login/" in self.page.url:
            self.browser.sign_in(self.browser.context)
            self.page.goto(f"{self.site.url}/writing/{self.story.pk}/")
        self.wait_until_ready()
        self.take_what_is_offered()

    def take_what_is_offered(self) -> None:
        """Until every word that may not be missing is there again. An offer may come a moment after the page."""
        use = self.page.get_by_role("button", name="Use it")
        newest = self.page.get_by_role("button", name="Load the newest text")
        deadline = time.monotonic() + PATIENCE / 1000
        while missing := self.due() - self.words_of(self.text):
            assert time.monotonic() < deadline, self.complaint(missing)
            with contextlib.suppress(AssertionError):
                expect(use.or_(newest).or_(self.conflict).first).to_be_visible(timeout=1_000)
            if self.conflict.is_visible():
                self.keep_both()
            elif newest.is_visible():
                with self.page.expect_navigation():
                    newest.click()
                self.wait_until_ready()
            elif use.is_visible():
                before = self.text.inner_text()
                use.click()
                expect(self.text).not_to_have_text(before)
                self.wait_until_saved()

    def wait_until_saved(self) -> None:
        """What is offered on the way is not looked at: only a conflict stands in the way of saving."""
        saved = self.page.locator("[data-save-state][data-state=saved]")
        expect(saved.or_(self.conflict)).to_be_visible(timeout=PATIENCE)
        if self.conflict.is_visible():
            self.keep_both()
        self.look_at_what_is_saved()

    def keep_both(self) -> None:
        self.conflict.click()
        self.page.get_by_role("button", name="Save both, what I sent below").click()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        try:
            self.page.locator("form[data-editor=ready]").wait_for(timeout=PATIENCE)
        except PlaywrightError as error:
            error.add_note(f"The page is {self.page.url}: {self.page.locator('body').inner_text()[:300]}")
            raise

    # What there is, and what there has to be.

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("textbox", name="Story", exact=True)

    @property
    def state(self) -> Locator:
        return self.page.locator("[data-save-state]")

    @property
    def conflict(self) -> Locator:
        return self.page.get_by_role("button", name="See both texts")

    def words_of(self, text: Locator) -> set[str]:
        return set(WORD.findall(text.inner_text()))

    def due(self) -> set[str]:
        return set(self.typed) - self.forgiven | self.seen_saved

    def forgive(self) -> None:
        """Now something died that had words in it: those of the last two seconds need not be there."""
        died = time.monotonic()
        since = died - MAY_BE_LOST - self.stalled
        self.forgiven |= {word for word, typed in self.typed.items() if typed > since}
        self.look_at_what_is_saved()

    def look_at_what_is_saved(self) -> set[str]:
        words = set(WORD.findall(Draft.objects.values_list("body", flat=True).get(story=self.story)))
        lost = self.seen_saved - words
        assert not lost, self.complaint(lost)
        self.seen_saved |= words
        return words

    def finish(self) -> int:
        """How many words of the last two seconds are missing; any other is a failure."""
        self.come_back()
        self.write()
        self.wait_until_saved()
        words = self.look_at_what_is_saved()
        assert self.due() <= words, self.complaint(self.due() - words)
        return len(set(self.typed) - words)

    def complaint(self, missing: set[str]) -> str:
        ages = {word: round(time.monotonic() - self.typed[word], 1) for word in sorted(missing)}
        return f"Lost words, and how many seconds ago they were typed: {ages}; on the page: {self.page.evaluate(LEFT)}"


DAMAGE = (
    Writer.kill_the_server, Writer.go_offline, Writer.end_the_session, Writer.kill_the_tab,
    Writer.kill_the_browser, Writer.load_again, Writer.write_in_a_second_tab,
)  # fmt: skip


def sign_in(writer: Story, site: Site, context: BrowserContext) -> None:
    client = Client()
    client.force_login(writer.author)
    cookie = client.cookies["session"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site.url}])
