"""`python -m bench.saving`: how long the server takes to save a long story, as the editor's page sends it."""

import argparse
import http.client
import os
import re
import statistics
import sys
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import django

from bench.fill import vocabulary
from bench.ground import PORT, ROOT, database, settle, site

VAR = ROOT / "var" / "bench-saving"
settle(VAR)
django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from stories.content import Content  # noqa: E402
from stories.workflow.drafting import begin_story, save_draft  # noqa: E402

WORDS_A_PARAGRAPH = 80


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.saving", description="Measure a save.")
    parser.add_argument("--words", type=int, default=10_000, help="of the story")
    parser.add_argument("--saves", type=int, default=200, help="how many are measured, one after another")
    options = parser.parse_args()
    with database(VAR, lambda cursor: None), site():
        before = processor_time()
        took = measure(options.words, options.saves)
        busy = (processor_time() - before) / len(took)
    median, late = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(f"A save of {options.words:,} words: median {median:.1f} ms, p95 {late:.1f} ms ({len(took)} saves)")
    print(f"The web server's processor was busy for {busy:.1f} ms of each, whatever else the machine did.")
    return 0


def measure(words: int, saves: int) -> list[float]:
    """Milliseconds from sending to the whole answer, on one connection; each save has a word more."""
    address, cookie = begin(words)
    desk = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    desk.request("GET", address, headers={"Host": f"localhost:{PORT}", "Cookie": cookie})
    page = desk.getresponse()
    token = re.search(r"csrf=([^;]+)", page.headers["Set-Cookie"])
    html = page.read().decode()
    assert token is not None
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|version)" value="([^"]+)"', html))
    headers = {
        "Host": f"localhost:{PORT}",
        "Cookie": f"{cookie}; csrf={token[1]}",
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    took = []
    for turn in range(1, saves + 1):
        form = {
            **hidden, "markup": "html", "page": "bench", "turn": turn, "title": "A long story", "summary": "",
            "body": f"{body(words)}<p>And {turn} more.</p>", "language": "en", "tags": "",
            "cover": "", "cover_alt": "",
        }  # fmt: skip
        data = urlencode(form)
        begun = time.perf_counter()
        desk.request("POST", address, data, headers)
        answer = desk.getresponse()
        said = answer.read()
        took.append((time.perf_counter() - begun) * 1000)
        assert answer.status == 200, said
        time.sleep(0.25 if saves > 200 else 0)  # within the limit of saves a minute
    return took[5:]  # the first ones load what the others find loaded


def processor_time() -> float:
    """Milliseconds that the web server has worked so far: all processes that came from ours."""
    family, ticks = {os.getpid()}, 0
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name)):
        with suppress(OSError):
            state = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(state[1]) in family:
                family.add(int(folder.name))
                ticks += int(state[11]) + int(state[12])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def begin(words: int) -> tuple[str, str]:
    """A story with its author signed in: the address of its editor, and the cookie."""
    now = timezone.now()
    author = User.objects.create_user(
        "writer", "writer@mystory.example", "a lantern over the harbour", display_name="Writer",
        terms_version="2026-11", terms_agreed_at=now, age_confirmed_at=now,
    )  # fmt: skip
    author.emailaddress_set.create(email=author.email, verified=True, primary=True)
    story = begin_story(by=author, key=uuid4())
    save_draft(story, Content(title="A long story", body=body(words)), by=author, version=0)
    client = Client()
    client.force_login(author)
    cookie = client.cookies["session"]
    connections.close_all()
    return f"/writing/{story.pk}/", f"{cookie.key}={cookie.value}"


def body(words: int) -> str:
    """Paragraphs with some bold words and links, and a heading now and then."""
    known = (vocabulary() * (words // 4000 + 1))[:words]
    parts = []
    for number, at in enumerate(range(0, words, WORDS_A_PARAGRAPH)):
        some = known[at : at + WORDS_A_PARAGRAPH]
        some[3:4] = [f"<strong>{some[3]}</strong>"]
        some[9:10] = [f'<a href="https://example.com/{some[9]}">{some[9]}</a>']
        parts.append(f"<h2>Part {number // 10 + 1}</h2>" if number % 10 == 0 else "")
        parts.append(f"<p>{' '.join(some)}.</p>")
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(main())
