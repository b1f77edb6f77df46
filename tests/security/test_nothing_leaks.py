"""Every named address, with every role, method and state of a story: whose words come out where."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import pytest
from django.test import Client
from django.utils import timezone

from stories.models import Reason, Story
from stories.workflow.publishing import remove, unlist
from stories.workflow.submitting import withdraw
from tests.cast import one_of_the_cast
from tests.house.addresses import Address, addresses
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_declined,
    make_draft,
    make_published,
    make_returned,
    make_waiting,
)

STATES = (
    "begun", "waiting", "in_review", "returned", "declined", "withdrawn", "scheduled", "published", "changed",
    "unlisted", "removed",
)  # fmt: skip
# Whose words an editor may meet: whatever was submitted; not what is still being written.
SUBMITTED = set(STATES) - {"begun"}
PUBLIC = {"published", "changed"}
ROLES = ("anonymous", "reader", "other_author", "author", "editor", "other_editor", "chief_editor")
# Asked of each address in one state of a story, not in each: the words of every state are looked for in every answer.
QUERIES = ("?q=zqbegunqz", "?language=en&state=queued")
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")


@dataclass(frozen=True)
class Told:
    """A story in one state: the words that were submitted (or only written), and those written since."""

    story: Story
    words: str
    unsubmitted: str

    @cached_property
    def things(self) -> dict[str, object]:
        submission = self.story.submissions.first()
        slug = self.story.slug or "no-such-story"
        notice = self.story.notices.first()
        return {
            "story_id": self.story.pk,
            "submission_id": submission.pk if submission else 10**9,
            "slug": slug,
            "username": self.story.author.username,
            "key": "community",
            "code": "advertising",
            "language": "en",
            "reply_id": 10**9,
            "view_id": 10**9,
            "batch_id": 10**9,
            "token": "no-such-token",
            "link_id": 10**9,
            "invitation_id": 10**9,
            "note_id": 10**9,
            "notice_id": notice.pk if notice else 10**9,
            "name": "pictures/no-such-picture.webp",
            "part": 1,
            "report_id": 10**9,
            "group_id": 10**9,
            "appeal_id": 10**9,
            "proposal_id": 10**9,
            "reading_id": 10**9,
            "look_id": 10**9,
            "sanction_id": 10**9,
        }


@pytest.fixture(scope="module")
def town(standing: None) -> dict[str, Told]:
    """One story in each state, all by one author, each with words that stand nowhere else."""
    author, editor = one_of_the_cast("author"), one_of_the_cast("editor")
    now = timezone.now()
    reason = Reason.objects.get(code="too-thin")
    told: dict[str, Told] = {}
    for state in STATES:
        words = f"zq{state.replace('_', '')}qz"
        fields = {"title": f"Title {words}", "summary": f"Summary {words}", "body": f"<p>Body {words}</p>"}
        if state == "begun":
            story = make_draft(author, **fields)
        elif state == "waiting":
            story = make_waiting(author, **fields).story
        elif state == "in_review":
            story = make_claimed(author, editor=editor, **fields).submission.story
        elif state == "returned":
            story = make_returned(author, editor=editor, **fields).story
        elif state == "declined":
            story = make_declined(author, editor=editor, reason=reason, **fields).story
        elif state == "withdrawn":
            story = withdraw(make_waiting(author, **fields).story, by=author).story
        elif state == "scheduled":
            held = make_claimed(author, editor=editor, **fields)
            story = approve_claimed(held, publish_at=now + timedelta(days=2)).submission.story
        else:
            story = make_published(author, editor=editor, **fields)
        if state == "unlisted":
            unlist(story, by=author)
        if state == "removed":
            remove(story, by=editor, reason=reason, note="Taken down.")
        unsubmitted = f"zx{state.replace('_', '')}xz"
        if state not in {"begun", "in_review"}:
            change_draft(story, body=f"<p>Body {unsubmitted}</p>")
        told[state] = Told(Story.objects.get(pk=story.pk), words, unsubmitted)
    return told


@pytest.fixture(autouse=True)
def changes_are_taken_back(town: dict[str, Told], db: None) -> None:
    """The town stands for all tests."""


def client_of(request: pytest.FixtureRequest, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    return client


def may_meet(who: str, state: str) -> bool:
    if who == "author" or state in PUBLIC:
        return True
    return who in {"editor", "other_editor", "chief_editor"} and state in SUBMITTED


def walk(town: dict[str, Told]) -> list[tuple[Address, str, str]]:
    """Each address once, those that lead to a story once for each state: (address, state, path)."""
    seen: dict[str, tuple[Address, str, str]] = {}
    for address in addresses("reading", "writing", "preview", "moderation"):
        for state, told in town.items():
            if all(gap in told.things or gap in {"path"} for gap in address.gaps):
                path = address.path({**told.things, "path": "pictures/none.webp"})
                seen.setdefault(path, (address, state, path))
    return list(seen.values())


@pytest.mark.parametrize("who", ROLES)
def test_words_come_out_only_for_those_who_may_meet_them(town, request, who):
    client = client_of(request, who)
    leaks, broken = [], []
    met: set[str] = set()

    for address, _, path in walk(town):
        queries = ("",) if address.name in met else ("", *QUERIES)
        met.add(address.name)
        for query in queries:
            answer = client.get(path + query)
            body = (
                answer.getvalue().decode("utf-8", "replace") if answer.streaming else answer.content.decode()
            )
            if answer.status_code >= 500:
                broken.append((address.name, path, answer.status_code))
            for state, told in town.items():
                asked_for = told.words in query
                if told.words in body.replace(query[3:], "") and not may_meet(who, state) and not asked_for:
                    leaks.append((address.name, path, told.words))
                if told.unsubmitted in body and who != "author":
                    leaks.append((address.name, path, told.unsubmitted))

    assert leaks == []
    assert broken == []


@pytest.mark.parametrize("method", METHODS)
def test_no_method_breaks_an_address_or_shows_a_strangers_words(town, request, method):
    client = client_of(request, "other_author")
    statuses: dict[str, int] = {}

    for address, state, path in walk(town):
        answer = getattr(client, method)(path)
        assert answer.status_code < 500, (address.name, path)
        statuses[f"{address.name} {state}"] = answer.status_code
        body = answer.getvalue() if answer.streaming else answer.content
        assert not [s for s, told in town.items() if s not in PUBLIC and told.words.encode() in body], path

    if method in {"put", "patch", "delete"}:
        assert {name for name, status in statuses.items() if status not in {403, 404, 405, 410}} == set()


@pytest.mark.parametrize("who", ROLES)
def test_story_answers_by_its_state(town, request, who):
    client = client_of(request, who)

    answers = {
        state: client.get(town[state].story.path).status_code
        for state in ("published", "unlisted", "removed")
    }

    assert answers == {"published": 200, "unlisted": 404, "removed": 410}


@pytest.mark.parametrize(
    "name", ["edit", "history", "preview", "submit", "withdraw", "unlist", "publish_again"]
)
@pytest.mark.parametrize(
    ("who", "expected"),
    [("anonymous", {302}), ("reader", {404}), ("editor", {404}), ("author", {200, 302, 409, 422})],
)
def test_desk_of_an_author_is_theirs_alone(town, request, name, who, expected):
    client = client_of(request, who)
    verb = name in {"submit", "withdraw", "unlist", "publish_again"}

    for told in town.values():
        path = Address(f"writing:{name}", ("story_id",)).path(told.things)
        answer = client.post(path) if verb else client.get(path)
        assert answer.status_code in expected, (path, answer.status_code)


def test_private_pages_are_kept_by_nobody(town, request):
    for who, namespaces in (("author", ("writing", "preview")), ("editor", ("moderation",))):
        client = client_of(request, who)
        for address in addresses(*namespaces):
            answer = client.get(address.path({**town["in_review"].things, "path": "x"}))
            if answer.status_code == 405:
                continue
            assert "no-store" in answer.headers.get("Cache-Control", ""), (address.name, answer.status_code)
