"""`python -m bench.typing`: what a key press costs in the editor, in a long text, measured in Chromium."""

import argparse
import os
import shutil
import statistics
import sys
from dataclasses import dataclass, field

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.ground import HOST, database, site
from bench.saving import VAR, begin

PACE = 100  # milliseconds from key to key: nobody types quicker for long
PLACES = {"at the beginning": 0.02, "in the middle": 0.5, "at the end": 0.98}
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

SPENT = ("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")

# Until the frame that shows the key was made.
FRAME = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
# The cursor goes to the end of the paragraph that stands at this part of the text.
GO = """(part) => {
  const blocks = [...document.querySelectorAll(".ProseMirror > p")]
  const block = blocks[Math.floor(part * (blocks.length - 1))]
  block.scrollIntoView({ block: "center" })
  document.querySelector(".ProseMirror").focus()
  getSelection().collapse(block, block.childNodes.length)
}"""


@dataclass
class Keys:
    """Milliseconds that the page's main thread was busy for each key."""

    shown: list[float] = field(default_factory=list)  # until the frame that shows it
    script: list[float] = field(default_factory=list)  # of these the scripts
    layout: list[float] = field(default_factory=list)  # and finding out what stands where
    after: list[float] = field(default_factory=list)  # what was put off until then: keeping, saving, counting


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.typing", description="Measure keys in the editor.")
    parser.add_argument("--keys", type=int, default=150, help="how many are pressed at each place")
    parser.add_argument("--words", type=int, default=10_000, help="how long the story is")
    options = parser.parse_args()
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        print("Measuring needs Chromium or Chrome.", file=sys.stderr)
        return 1
    with database(VAR, lambda cursor: None), site():
        os.sched_setaffinity(0, range(os.cpu_count() or 1))  # the site keeps to the first core
        measure(program, *begin(options.words), options.keys)
    return 0


def measure(program: str, address: str, cookie: str, count: int) -> None:
    name, _, value = cookie.partition("=")
    with sync_playwright() as playwright:
        flags = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.context.add_cookies([{"name": name, "value": value, "url": HOST}])
        page.goto(HOST + address)
        page.locator("form[data-editor=ready]").wait_for()
        print(page.locator("[data-word-count]").inner_text(), flush=True)
        report({place: press(page, part, count) for place, part in PLACES.items()})
        browser.close()


def press(page: Page, part: float, count: int) -> Keys:
    keys = Keys()
    page.evaluate(GO, part)
    devtools = page.context.new_cdp_session(page)
    # Counted is the time of the page's own thread: what else the machine does is left out.
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    # What asking costs by itself is taken off.
    idle = statistics.median(_busy(page, devtools, None)[0]["TaskDuration"] for _ in range(20))
    for number in range(count):
        shown, after = _busy(page, devtools, "words "[number % 6])
        if number < count // 10:
            continue  # the first ones find nothing warmed up
        keys.shown.append(max(0.0, shown["TaskDuration"] - idle))
        keys.script.append(shown["ScriptDuration"])
        keys.layout.append(shown["LayoutDuration"] + shown["RecalcStyleDuration"])
        keys.after.append(after["TaskDuration"])
    return keys


def _busy(page: Page, devtools: CDPSession, key: str | None) -> tuple[dict[str, float], dict[str, float]]:
    """What was spent until the frame that shows the key, and in the time until the next one."""
    begun = _spent(devtools)
    if key:
        page.keyboard.press("Space" if key == " " else key)
    page.evaluate(FRAME)
    shown = _spent(devtools)
    page.wait_for_timeout(PACE)
    over = _spent(devtools)
    return {name: shown[name] - begun[name] for name in SPENT}, {
        name: over[name] - shown[name] for name in SPENT
    }


def _spent(devtools: CDPSession) -> dict[str, float]:
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return {each["name"]: 1000 * each["value"] for each in metrics if each["name"] in SPENT}


def report(measured: dict[str, Keys]) -> None:
    print(
        "\nMilliseconds of the page's thread for a key until it is shown (of these the scripts and the layout),\n"
        "and in the 0.1 s after that:\n"
    )
    print("| cursor | median | 95 of 100 | longest | scripts | layout | after: median | after: 95 of 100 |")
    print(f"|{'---|' * 8}")
    for name, keys in measured.items():
        shown, after = statistics.quantiles(keys.shown, n=20), statistics.quantiles(keys.after, n=20)
        parts = f"{statistics.median(keys.script):.1f} | {statistics.median(keys.layout):.1f}"
        print(
            f"| {name} | {shown[9]:.1f} | {shown[18]:.1f} | {max(keys.shown):.1f} | {parts} "
            f"| {after[9]:.1f} | {after[18]:.1f} |"
        )


if __name__ == "__main__":
    sys.exit(main())
