"""Members, editors and stories for a run: thousands that wait, past no guard of the database, and some published."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role, appoint
from bench.desk.past import earlier_days
from stories.content import Content, content_sha256
from stories.models import Authorship, Draft, Event, Rendering, Revision, Story, Submission, Topic
from stories.prose.render import RENDERER_VERSION, render
from stories.workflow.claiming import claim
from stories.workflow.clock import due_after
from stories.workflow.deciding import Read, approve
from stories.workflow.disclaiming import offered_versions

BODY = "<p>My grandmother never wrote a recipe down.</p><h2>Flour</h2><p>It took me two winters.</p>"
AT_ONCE = 500


@dataclass(frozen=True)
class Town:
    editors: list[User]
    authors: list[User]
    stories: dict[int, list[int]]  # of each author


def build(*, editors: int, submissions: int, authors: int, published: int) -> Town:
    """One editor of eight is a chief editor. The first `published` submissions are approved already, and some
    of them removed, reported or changed since.
    """
    now = timezone.now()
    Topic.objects.get_or_create(slug="work", defaults={"name": "Work"})
    desk = members("editor", editors, now=now)
    for number, each in enumerate(desk):
        appoint(each, role=Role.EDITOR if number % 8 else Role.CHIEF_EDITOR)
    writing = members("writer", authors, now=now)
    begun = now - timedelta(hours=1)
    for numbers in batches(range(submissions)):
        send_in(numbers, writing, at=begun)
    for submission in Submission.objects.order_by("pk").select_related("story", "revision")[:published]:
        held = claim(submission, by=desk[0], key=uuid4())
        read = Read(held, submission.revision_id, submission.revision.sha256)
        approve(read, by=desk[0], disclaimers=offered_versions("en")[:1])
    earlier_days(desk, of_each=published // 10)
    stories: dict[int, list[int]] = {}
    for story, author in Story.objects.values_list("pk", "author"):
        stories.setdefault(author, []).append(story)
    return Town(desk, writing, stories)


def members(name: str, number: int, *, now: datetime) -> list[User]:
    made = User.objects.bulk_create(
        User(
            username=f"{name}-{n}", email=f"{name}-{n}@mystory.example", display_name=f"{name.title()} {n}",
            password="!", terms_version="2026-11", terms_agreed_at=now, age_confirmed_at=now,
        )
        for n in range(1, number + 1)
    )  # fmt: skip
    EmailAddress.objects.bulk_create(
        EmailAddress(user=each, email=each.email, verified=True, primary=True) for each in made
    )
    return made


@transaction.atomic
def send_in(numbers: list[int], authors: list[User], *, at: datetime) -> None:
    """As the verbs do it, but many in a statement; the database looks at each of them when it is committed."""
    leads = [authors[number % len(authors)] for number in numbers]
    stories = Story.objects.bulk_create(Story(author=each, key=uuid4(), created_at=at) for each in leads)
    texts = [Content(title=f"The bakery of lane {number}", body=BODY, topics=("work",)) for number in numbers]
    fields = [
        {"title": text.title, "body": text.body, "language": text.language, "topics": ["work"]}
        for text in texts
    ]
    Draft.objects.bulk_create(
        Draft(story=story, version=1, saved_at=at, **said)
        for story, said in zip(stories, fields, strict=True)
    )
    Authorship.objects.bulk_create(
        Authorship(story=story, author_id=story.author_id, position=0, joined_at=at) for story in stories
    )
    revisions = Revision.objects.bulk_create(
        Revision(story=story, number=1, draft_version=1, sha256=content_sha256(text), frozen_at=at, **said)
        for story, text, said in zip(stories, texts, fields, strict=True)
    )
    shown = render(BODY, language="en")
    Rendering.objects.bulk_create(
        Rendering(
            revision=revision, renderer_version=RENDERER_VERSION, html=shown.html, text=shown.text,
            contents=[[entry.level, entry.anchor, entry.text] for entry in shown.contents],
            words=shown.words, minutes=shown.minutes, excerpt=shown.excerpt,
        )
        for revision in revisions
    )  # fmt: skip
    submissions = Submission.objects.bulk_create(
        Submission(
            story=revision.story, state="queued", revision=revision, queued_at=at, opened_at=at,
            due_at=due_after(at) + timedelta(seconds=number),
        )
        for number, revision in zip(numbers, revisions, strict=True)
    )  # fmt: skip
    Event.objects.bulk_create(
        Event(
            story_id=each.story_id, submission=each, action="submit", machine="submission", to_state="queued",
            actor_id=each.story.author_id, data={"revision": each.revision_id}, at=at,
        )
        for each in submissions
    )  # fmt: skip


def batches(numbers: range) -> Iterator[list[int]]:
    rest = iter(numbers)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


def sign_in(member: User) -> str:
    """The cookie of a session as signing in leaves it."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    return session.session_key or ""


def dealt(authors: list[User], hands: int, chance: random.Random) -> list[list[User]]:
    shuffled = chance.sample(authors, len(authors))
    return [shuffled[place::hands] for place in range(hands) if shuffled[place::hands]]
