"""Bytes that a page's pictures cost a reader: `python -m bench.pictures ADDRESS...`, with a site running.

Each page is opened in a browser whose cache is empty, at 360 px with two pixels a point and at 1280 px, and scrolled
to its end. Printed are the bytes of all answers, of the pictures among them, which files were taken, and how far
anything shifted.
"""

import argparse
import shutil

from playwright.sync_api import Browser, Page, Response, sync_playwright

SCREENS = {"360 px, 2x": (360, 740, 2), "1280 px": (1280, 800, 1)}
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries()
  .reduce((sum, entry) => sum + entry.value, 0))).observe({type: 'layout-shift', buffered: true})
  || setTimeout(() => done(0), 300))"""
SCROLL = """async () => { for (let at = 0; at < document.body.scrollHeight; at += 400) {
  scrollTo(0, at); await new Promise(done => setTimeout(done, 50)); } }"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Bytes that a page's pictures cost a reader.")
    parser.add_argument("addresses", nargs="+")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for address in options.addresses:
            for name, screen in SCREENS.items():
                measure(browser, address, name, screen)
        browser.close()


def measure(browser: Browser, address: str, name: str, screen: tuple[int, int, int]) -> None:
    width, height, pixels = screen
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=pixels, reduced_motion="reduce"
    )
    page = context.new_page()
    got: list[tuple[str, int]] = []
    page.on("response", lambda response: got.append((kind_of(response), size_of(response))))
    page.goto(address, wait_until="networkidle")
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(SHIFTS)
    total = sum(size for _, size in got)
    pictures = [(kind, size) for kind, size in got if kind]
    kinds = ", ".join(sorted({kind for kind, _ in pictures})) or "none"
    print(
        f"{name:>10}  {total / 1000:7.0f} KB in all  {sum(s for _, s in pictures) / 1000:7.0f} KB in "
        f"{len(pictures)} pictures ({kinds})  shift {shift:.4f}  {address}"
    )
    for taken in widths_of(page):
        print(f"{'':>10}  {taken}")
    context.close()


def kind_of(response: Response) -> str:
    kind = response.headers.get("content-type", "")
    return kind.removeprefix("image/") if "/media/" in response.url else ""


def size_of(response: Response) -> int:
    return int(response.headers.get("content-length", 0)) or len(response.body())


def widths_of(page: Page) -> list[str]:
    return page.evaluate(
        "() => [...document.querySelectorAll('main img')].map(image => `${image.clientWidth} px wide: "
        "${image.currentSrc.split('/').pop()} of ${image.naturalWidth} px`)"
    )


if __name__ == "__main__":
    main()
