"""Takes the pictures of the site that the documents show: starts a demo of its own, looks at it, stops it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from mystory.run.demo import PASSWORD
from mystory.run.site import answers

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PATIENCE = 300  # seconds, for a machine that draws the demo's pictures for the first time
SIZES = {360: 740, 1280: 860}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
COLOURS = 160  # enough for paper, ink and the drawings, and a third of the bytes

# Name of the picture: whose page, where to begin, and what to click there, if anything.
SHOTS = {
    "front": ("", "/", ""),
    "story": ("", "/search/?q=Bread+at+Four", "main h2 a"),
    "urdu": ("", "/latest/", "[lang=ur] h2 a, h2[lang=ur] a, h2 a[lang=ur]"),
    "editor": ("author", "/writing/", ".piece:has(.state-returned) .piece-title a"),
    "queue": ("editor", "/moderation/", ""),
    "review": ("editor", "/moderation/", ".queue-title a"),
}


def main() -> None:
    with demo_site() as address, sync_playwright() as playwright:
        arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        found = find_chromium(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        for colours in ("light", "dark"):
            for width, height in SIZES.items():
                take_all(browser, address, colours=colours, width=width, height=height)
        browser.close()
    shutil.copyfile(HERE / "story-1280-light.png", HERE / "story.png")


def find_chromium(own: str) -> str:
    for name in (os.environ.get("CHROMIUM", ""), *CHROMIUMS, own):
        if name and (found := shutil.which(name)):
            return found
    raise SystemExit(
        "The pictures need a browser: install Chromium or Chrome; `make test` does it where it may."
    )


@contextmanager
def demo_site() -> Iterator[str]:
    """Filled from nothing, with its data in a folder that goes when it stops."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="mystory-") as var:
        site = subprocess.Popen(
            [sys.executable, "-m", "mystory.run"],
            cwd=ROOT, env={**os.environ, "PORT": str(port), "MYSTORY_VAR": var, "MYSTORY_DEMO": "1"},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            wait_for(site, port)
            yield f"http://localhost:{port}"
        finally:
            site.send_signal(signal.SIGINT)
            site.wait(timeout=60)


def wait_for(site: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(PATIENCE):
        if answers("127.0.0.1", port):
            return
        try:
            site.wait(timeout=1)
        except subprocess.TimeoutExpired:
            continue
        break
    raise SystemExit("The demo site did not start; `make run` says why.")


def take_all(browser: Browser, address: str, *, colours: str, width: int, height: int) -> None:
    pages: dict[str, Page] = {}
    for name, (who, begin, click) in SHOTS.items():
        if who not in pages:
            context = browser.new_context(
                base_url=address, viewport={"width": width, "height": height},
                color_scheme="dark" if colours == "dark" else "light", reduced_motion="reduce",
            )  # fmt: skip
            pages[who] = context.new_page()
            if who:
                sign_in(pages[who], who)
        page = pages[who]
        page.goto(begin)
        if click:
            page.goto(page.locator(click).first.get_attribute("href") or begin)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        keep(page.screenshot(), HERE / f"{name}-{width}-{colours}.png")
    for page in pages.values():
        page.context.close()


def sign_in(page: Page, who: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address or user name").fill(f"{who}@demo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/writing/")


def keep(taken: bytes, file: Path) -> None:
    picture = Image.open(BytesIO(taken)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
