"""A small town: one story in each of the states that the addresses lead to."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import override_settings

from stories.models import Reason, Request, SecondReading
from stories.workflow.appealing import appeal
from stories.workflow.deciding import return_to_author
from stories.workflow.inviting import invite
from stories.workflow.judging import dismiss
from stories.workflow.proposing import propose_removal
from stories.workflow.sanctioning import warn
from stories.workflow.sharing import make_link
from stories.workflow.taking_back import Meant, hold
from tests.cast import one_of_the_cast
from tests.redress.reports import make_claimed_appeal, make_claimed_reports, read_reports
from tests.stories import (
    make_batch,
    make_claimed,
    make_declined,
    make_draft,
    make_note,
    make_published,
    make_reply,
    make_small_change,
    make_view,
    make_waiting,
    read,
)

# Written by looking alone, as it should be: who is signed in, and how often somebody tried.
LOOKED = ("django_session", "site_cache", "usersessions_usersession", "django_migrations")


@pytest.fixture(scope="module")
def town(standing: None) -> dict[str, object]:
    author, other_author = one_of_the_cast("author"), one_of_the_cast("other_author")
    editor = one_of_the_cast("editor")
    published = make_published(author, editor=editor, title="A town on a hill")
    small = make_small_change(author, editor=editor, title="A word more")
    draft = make_draft(author, title="Only begun")
    waiting = make_waiting(author, title="Waiting at the gate")
    noted = make_claimed(author, editor=editor, title="Back at the gate")
    note = make_note(noted, kind="suggestion", quote="two winters", replacement="three winters")
    returned = return_to_author(read(noted), by=editor, requests=["Name the year."]).submission
    claimed = make_claimed(author, editor=editor, title="On the editor's desk")
    reason = Reason.objects.get(code="off-topic")
    declined, appealed = (
        make_declined(author, editor=editor, reason=reason, title=name) for name in ("No", "Why")
    )
    with override_settings(TAKE_BACK_SECONDS=3600):
        just_decided = make_claimed(author, editor=editor, title="Just decided")
        hold(read(just_decided), Meant("return", note="Say more."), by=editor)
    made = appeal(appealed.story, appealed.decisions.get(), "Why.", by=author, key=uuid4())
    make_claimed_appeal(made, editor=one_of_the_cast("chief_editor"))
    answered = make_claimed_reports(make_published(author, editor=editor, title="Reported"), editor=editor)
    dismiss(read_reports(answered), by=editor, answer="It is their own.")
    return {
        "receipt": answered.group.reports.get().status_path.split("/")[2],
        "story_id": published.pk,
        "draft_id": draft.pk,
        "submission_id": claimed.submission_id,
        "waiting_id": waiting.pk,
        "held_id": just_decided.submission_id,
        "returned_id": returned.pk,
        "returned_story_id": returned.story_id,
        "request_id": Request.objects.get(decision__submission=returned).pk,
        "note_id": note.pk,
        "invitation_id": invite(draft, by=author, username=other_author.username).pk,
        "notice_id": author.notices.latest("id").pk,
        "slug": published.slug,
        "username": author.username,
        "key": "community",
        "language": "en",
        "code": "advertising",
        "reply_id": make_reply(one_of_the_cast("chief_editor")).pk,
        "batch_id": make_batch(editor, make_waiting(author, title="One of many")).pk,
        "view_id": make_view(one_of_the_cast("chief_editor")).pk,
        "token": "no-such-token",
        "link_id": make_link(published, by=author, key=uuid4()).pk,
        "name": "no/such/picture.webp",
        "part": 1,
        "report_id": 10**9,
        "declined_story_id": declined.story_id,
        "appeal_id": made.pk,
        "sanction_id": warn(author, published, by=editor, reason=reason, note="Why.", key=uuid4()).pk,
        "reading_id": SecondReading.objects.create(
            decision=declined.decisions.get(), chosen_at=declined.ended_at
        ).pk,
        "look_id": small.pk,
        "proposal_id": propose_removal(
            make_published(author, editor=editor, title="In doubt"), by=editor, reason=reason, note="Why."
        ).pk,
        "group_id": make_claimed_reports(published, editor=editor).group_id,
    }


@pytest.fixture
def things(town: dict[str, object], db: None) -> dict[str, object]:
    """What fills the gaps of the addresses."""
    return dict(town)


@pytest.fixture
def state(db) -> Callable[[], dict[str, str]]:
    """A sum over every row of every table: two that are equal mean that nothing was changed between."""

    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table not in LOOKED]
    sums = " UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(row::text, '|' ORDER BY row::text), '')) FROM \"{table}\" row"
        for table in tables
    )

    def take() -> dict[str, str]:
        with connection.cursor() as cursor:
            cursor.execute(sums)
            return dict(cursor.fetchall())

    return take
