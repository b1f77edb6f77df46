"""No saved word is lost, and of typed ones at most the last two seconds, whatever dies: server, line, tab or browser.

`make drill RUNS=200` does many runs; `SEED=...` does those of a drill before it again.
"""

import os
import random
from pathlib import Path

from django.db import connection
from django.utils import timezone

from stories.models import Story
from tests.drill.browser import Browser
from tests.drill.site import Site
from tests.drill.writer import DAMAGE, Writer, sign_in
from tests.stories import make_draft

RUNS = int(os.environ.get("MYSTORY_DRILL_RUNS") or 1)  # in the test command; each takes some seconds
SEED = os.environ.get("MYSTORY_DRILL_SEED") or timezone.now().strftime("%Y%m%d%H%M%S")
STEPS = 4 if os.environ.get("MYSTORY_DRILL_RUNS") else 2


def test_words_outlive_whatever_dies(transactional_db, author, playwright, tmp_path: Path, capsys):
    site = Site(connection.settings_dict["NAME"])
    browser = Browser(playwright, tmp_path / "profile", lambda context: sign_in(story, site, context))
    story = make_draft(author, body="<p>Here it begins.</p>")
    try:
        site.start()
        browser.start()
        for number in range(1, RUNS + 1):
            story = make_draft(author, body="<p>Here it begins.</p>")
            missing = one_run(story, site, browser, seed=f"{SEED}-{number}")
            with capsys.disabled():
                print(f"\n  run {number} of {RUNS}, seed {SEED}-{number}: {missing}", end="")
    finally:
        browser.throw_away()
        site.kill()


def one_run(story: Story, site: Site, browser: Browser, *, seed: str) -> str:
    chance = random.Random(seed)
    writer = Writer(story, site, browser, chance)
    try:
        writer.open()
        for damage in chance.sample(DAMAGE, k=STEPS):
            writer.done.append(damage.__name__)
            damage(writer)
        missing = f"of {len(writer.typed)} words {writer.finish()} of the last two seconds missing"
        if writer.stalled > 0.5:
            missing += f", on a machine that let a word wait {writer.stalled:.1f} s"
        writer.page.close()
    except Exception as error:
        error.add_note(f"The seed of this run is {seed}; so far: {' > '.join(writer.done)}")
        error.add_note("The browser said last:\n" + "\n".join(browser.heard[-20:]))
        raise
    return missing
