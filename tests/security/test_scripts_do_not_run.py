"""Hostile text in every field, looked at in Chromium on every kind of page: nothing runs, with the policy or without.

The vectors are our own (vectors.jsonl) and those of the file that MYSTORY_XSS_VECTORS names; `make test` takes the
first tier, `make test-xss` all. Bodies are cleaned one by one and then set side by side, many to a story.
"""

import os
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest

from accounts.models import User
from stories.content import Content
from stories.models import Notice, Picture, Story, Topic
from stories.notices.delivering import compose
from stories.prose.clean import ProseError, clean
from stories.prose.plain import clean_line
from stories.workflow.claiming import claim
from stories.workflow.deciding import return_to_author
from stories.workflow.drafting import begin_story, save_draft
from stories.workflow.submitting import submit
from tests.security.hostile import Watch
from tests.security.vectors import load_vectors
from tests.stories import approve_claimed, make_picture, read

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ALL = bool(os.environ.get("MYSTORY_XSS_ALL"))
VECTORS = load_vectors(tier=None if ALL else 1)
PAYLOADS = [vector["payload"].replace("\0", "") for vector in VECTORS]
# Where words are shown they are escaped; what would break out of that goes into every field that takes words.
IN_FIELDS = [v["payload"].replace("\0", "") for v in VECTORS if v["category"] == "context-breakout"]
if not ALL:
    del IN_FIELDS[20:]
A_BODY = 120  # vectors side by side in one story


def bodies() -> Iterator[str]:
    """The vectors as bodies: each cleaned alone, as the site does it; what is canonical stays so side by side."""
    cleaned = []
    for payload in PAYLOADS:
        try:
            cleaned.append(clean(f"<p>before</p>{payload}<p>after</p>"))
        except ProseError:
            continue
    for start in range(0, len(cleaned), A_BODY):
        yield "".join(cleaned[start : start + A_BODY])


def write(by: User, *, title: str, body: str, payload: str, picture: Picture) -> Story:
    """A story with the payload in every field that takes words."""
    story = begin_story(by=by, key=uuid4())
    body = re.sub(r"/media/pictures/[^\"]+", picture.address, body)
    content = Content(
        title=clean_line(title)[:200] or "Untitled",
        summary=clean_line(payload)[:400],
        body=body,
        topics=("work",),
        tags=(clean_line(payload)[:40], "harmless"),
        cover=picture.address,
        cover_alt=clean_line(payload)[:300] or "x",
        disclosures=tuple(
            f"{key}={clean_line(payload)[:300]}" for key in ("company", "paid", "ai", "relation")
        ),
    )
    save_draft(story, content, by=by, version=0)
    return story


@pytest.fixture
def hostile_site(live_server, author: User, editor: User) -> dict[str, list[Story]]:
    """Stories that hold all vectors: published ones, waiting ones and drafts; hostile names around them."""
    Topic.objects.create(slug="work", name=PAYLOADS[0][:80], description=PAYLOADS[1][:300])
    author.display_name, author.bio = PAYLOADS[2][:200], PAYLOADS[3][:300]
    author.save()
    picture = make_picture(author)
    found: dict[str, list[Story]] = {"published": [], "waiting": [], "returned": []}
    for number, body in enumerate(bodies()):
        payload = PAYLOADS[number % len(PAYLOADS)]
        for kind in ("published", "waiting"):
            story = write(author, title=payload, body=body, payload=payload, picture=picture)
            submission = submit(story, by=author, note=payload)
            if kind == "published":
                approve_claimed(claim(submission, by=editor, key=uuid4()))
            found[kind].append(Story.objects.get(pk=story.pk))
    for payload in IN_FIELDS:
        story = write(author, title=payload, body="<p>Words.</p>", payload=payload, picture=picture)
        held = claim(submit(story, by=author, note=payload), by=editor, key=uuid4())
        if len(found["returned"]) < len(IN_FIELDS) // 3:
            return_to_author(read(held), by=editor, note=f"{payload} please")
            found["returned"].append(story)
        else:
            approve_claimed(held)
            found["published"].append(Story.objects.get(pk=story.pk))
    return found


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with the policy", "without the policy"])
def test_nothing_runs_on_public_pages(hostile_site, new_context, bypass_csp):
    watch = Watch()
    page = watch.over(new_context(bypass_csp=bypass_csp))

    for story in hostile_site["published"]:
        watch.look(page, story.path)
        assert page.locator(".prose").count() == 1
    for path in (
        "/",
        "/topics/",
        "/topics/work/",
        "/tags/harmless/",
        "/authors/asha-rao/",
        "/search/?q=before",
        "/feed/",
    ):
        watch.look(page, path)
    for payload in IN_FIELDS[:8]:
        watch.look(page, f"/search/?q={payload.replace('%', '%25').replace('#', '%23').replace('&', '%26')}")
    page.goto("/latest/")
    for _ in range(30):
        watch.touch(page)
        older = page.locator("a[rel=next]")
        if not older.count():
            break
        page.goto(older.first.get_attribute("href"))

    assert watch.ran == []
    assert watch.foreign == []


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with the policy", "without the policy"])
def test_nothing_runs_at_the_desks(hostile_site, signed_in, author, editor, other_editor, bypass_csp):
    watch = Watch()
    of_author = signed_in(author, bypass_csp=bypass_csp)
    of_editor = signed_in(other_editor, bypass_csp=bypass_csp)
    page, desk = watch.over(of_author.context), watch.over(of_editor.context)

    for story in (*hostile_site["waiting"], *hostile_site["returned"]):
        watch.look(page, f"/writing/{story.pk}/preview/")
        watch.look(desk, f"/moderation/{story.submissions.get().pk}/")
    for story in hostile_site["waiting"]:
        # The rich-text editor runs what it is given, if anything does.
        watch.look(page, f"/writing/{story.pk}/")
        page.wait_for_selector("[contenteditable=true]")
        watch.touch(page)
    for story in hostile_site["returned"][:2]:
        watch.look(page, f"/writing/{story.pk}/")
        watch.look(page, f"/writing/{story.pk}/history/")
    for path in ("/writing/", "/writing/notices/", "/accounts/profile/"):
        watch.look(page, path)
    for path in ("/moderation/", "/moderation/log/", "/moderation/disclaimers/"):
        watch.look(desk, path)

    assert watch.ran == []
    assert watch.foreign == []


def test_nothing_runs_in_a_mail(hostile_site, new_context):
    watch = Watch()
    page = watch.over(new_context(bypass_csp=True))
    page.goto("/healthz")

    for notice in Notice.objects.select_related("recipient", "story"):
        mail = compose(notice)
        assert "\n" not in mail.subject
        page.set_content(mail.alternatives[0].content)
        watch.touch(page)
        assert page.locator("script, iframe, [onerror], [onload]").count() == 0

    assert watch.ran == []


def test_watch_hears_what_does_run(live_server, new_context):
    """The control: the same watch over a page that nobody cleaned."""
    watch = Watch()
    page = watch.over(new_context(bypass_csp=True))
    page.goto("/healthz")

    page.set_content(
        '<div class="prose"><p onmouseover="alert(1)">x</p><img src="data:," onerror="alert(2)"></div>'
    )
    watch.touch(page)
    page.wait_for_timeout(100)

    assert {call.split(" ")[0] for call in watch.ran} == {"alert(1)", "alert(2)"}
    assert len(watch.foreign) == 2
