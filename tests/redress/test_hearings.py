"""Appeals at the desk: two editors never answer one, none is forgotten, and what nobody may answer is said."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role, appoint
from stories.models import Event, Hearing, Notice, Reason
from stories.redress import APPEAL_MOVES, AppealState
from stories.status import AlreadyThere, NotAllowed, Stale, WrongState
from stories.workflow.appeal_claiming import (
    claim_appeal,
    expire_appeal_claims,
    release_appeal,
    renew_appeal,
    take_over_appeal,
)
from stories.workflow.appeal_keeping import escalate_appeals, lapse_appeals, warn_of_appeals
from stories.workflow.appealing import reject_appeal
from stories.workflow.deleting import bring_back, erase, put_in_bin
from tests.redress.reports import make_claimed_appeal
from tests.redress.test_appealing import make_appeal
from tests.stories import make_declined


@pytest.fixture
def made(author, editor):
    reason = Reason.objects.get(code="copied")
    return make_appeal(make_declined(author, editor=editor, reason=reason).story)


def test_database_and_code_allow_the_same_moves(db):
    states = ["", *(state.value for state in AppealState)]
    legal = {(source, move.target) for move in APPEAL_MOVES.values() for source in move.sources}

    with connection.cursor() as cursor:
        for source in states:
            for target in states[1:]:
                cursor.execute("SELECT stories_appeal_move_is_legal(%s, %s)", [source, target])
                assert cursor.fetchone() == (source == target or (source, target) in legal,), (source, target)


def test_only_one_editor_holds_an_appeal_until_they_put_it_back(made, other_editor, chief_editor):
    key = uuid4()
    held = claim_appeal(made.hearing, by=other_editor, key=key)

    assert claim_appeal(made.hearing, by=other_editor, key=key) == held
    with pytest.raises(AlreadyThere):
        claim_appeal(made.hearing, by=other_editor, key=uuid4())
    with pytest.raises(Stale, match="Farid Ahmed took this appeal"):
        claim_appeal(made.hearing, by=chief_editor, key=uuid4())
    with pytest.raises(NotAllowed):
        release_appeal(held, by=chief_editor)
    release_appeal(held, by=other_editor)
    mine = claim_appeal(made.hearing, by=chief_editor, key=uuid4())

    with pytest.raises(Stale):
        renew_appeal(held, by=other_editor)
    with pytest.raises(Stale):
        reject_appeal(held, by=other_editor, answer="Too late.")
    reject_appeal(mine, by=chief_editor, answer="It stands.")
    assert Hearing.objects.get().state == "rejected"


def test_time_with_an_appeal_runs_out(made, other_editor, chief_editor):
    now = timezone.now()
    held = make_claimed_appeal(made, editor=other_editor, at=now)

    assert renew_appeal(held, by=other_editor, at=now + timedelta(minutes=10)).expires_at > held.expires_at
    assert expire_appeal_claims(at=now + timedelta(minutes=25)) == 0
    assert expire_appeal_claims(at=now + timedelta(minutes=31)) == 1
    assert Hearing.objects.get().state == "open"
    mine = make_claimed_appeal(made, editor=chief_editor, at=now + timedelta(hours=1))
    with pytest.raises(Stale):
        reject_appeal(held, by=other_editor, answer="Too late.")
    again = make_claimed_appeal(
        made, editor=other_editor, at=now + timedelta(hours=2)
    )  # before the clock comes by

    mine.refresh_from_db()
    assert (mine.end, again.editor) == ("expired", other_editor)
    moves = Event.objects.filter(machine="appeal").order_by("id").values_list("action", flat=True)
    assert list(moves) == [
        *("appeal", "claim_appeal", "expire_appeal", "claim_appeal", "expire_appeal", "claim_appeal")
    ]


def test_only_the_claim_that_was_seen_is_taken_over(made, other_editor, chief_editor):
    held = make_claimed_appeal(made, editor=other_editor)
    release_appeal(held, by=other_editor)

    with pytest.raises(Stale):
        take_over_appeal(held, by=chief_editor, key=uuid4(), note="You are away.")
    newer = make_claimed_appeal(made, editor=other_editor)
    with pytest.raises(Stale):
        take_over_appeal(held, by=chief_editor, key=uuid4(), note="You are away.")
    key = uuid4()
    taken = take_over_appeal(newer, by=chief_editor, key=key, note="You are away.")

    assert take_over_appeal(newer, by=chief_editor, key=key, note="You are away.") == taken
    assert Notice.objects.filter(kind="take_over_appeal").count() == 1


def test_reader_is_warned_and_chief_editors_are_told_once_when_the_time_is_over(
    made, other_editor, chief_editor
):
    soon, late = made.made_at + timedelta(days=12), made.made_at + timedelta(days=16)
    make_claimed_appeal(made, editor=other_editor, at=soon)

    assert warn_of_appeals(at=made.made_at + timedelta(days=11)) == 0
    assert (warn_of_appeals(at=soon), warn_of_appeals(at=soon)) == (1, 0)
    assert (escalate_appeals(at=soon), escalate_appeals(at=late), escalate_appeals(at=late)) == (0, 1, 0)

    assert Notice.objects.get(kind="warn_appeal").recipient == other_editor
    told = Notice.objects.get(kind="escalate_appeal")
    assert (told.recipient, told.link) == (chief_editor, f"/moderation/appeals/{made.pk}/")
    assert "appoint" not in told.text


def test_appeal_that_nobody_may_answer_says_what_to_do(author, chief_editor):
    """A site with one editor, who is the chief editor and decided."""
    reason = Reason.objects.get(code="copied")
    story = make_declined(author, editor=chief_editor, reason=reason).story

    made = make_appeal(story)
    escalate_appeals(at=made.made_at + timedelta(days=16))

    first, last = Notice.objects.filter(recipient=chief_editor).order_by("id")
    for told in (first, last):
        assert "manage.py appoint" in told.text
        assert told.link == "/moderation/appeals/"
    client = Client()
    client.force_login(chief_editor)
    assert client.get(f"/moderation/appeals/{made.pk}/").status_code == 404
    assert made.revision.title not in client.get(first.link).content.decode()


def test_appeal_about_a_story_that_is_deleted_for_good_ends_and_its_author_is_told(
    made, author, other_editor
):
    held = make_claimed_appeal(made, editor=other_editor)
    erase(made.story, by=author)

    assert lapse_appeals() == 0
    with pytest.raises(WrongState, match="nothing left to decide"):
        reject_appeal(held, by=other_editor, answer="It stands.")
    release_appeal(held, by=other_editor)
    assert (lapse_appeals(), lapse_appeals()) == (1, 0)

    event = Event.objects.get(action="lapse_appeal")
    assert (Hearing.objects.get().state, event.data["appeal"], event.actor) == ("lapsed", made.pk, None)
    told = Notice.objects.get(kind="lapse_appeal")
    assert (told.recipient, "deleted for good" in told.text) == (author, True)
    with pytest.raises(WrongState):
        claim_appeal(Hearing.objects.get(), by=other_editor, key=uuid4())


def test_story_in_the_bin_keeps_its_appeal(made, author, other_editor):
    put_in_bin(made.story, by=author)
    assert (lapse_appeals(), list(Hearing.objects.open())) == (0, [])

    bring_back(made.story, by=author)

    reject_appeal(make_claimed_appeal(made, editor=other_editor), by=other_editor, answer="It stands.")
    assert Hearing.objects.get().state == "rejected"


def test_somebody_who_is_appointed_later_answers_it(author, chief_editor, reader):
    made = make_appeal(
        make_declined(author, editor=chief_editor, reason=Reason.objects.get(code="copied")).story
    )

    appoint(reader, role=Role.EDITOR)

    reject_appeal(make_claimed_appeal(made, editor=reader), by=reader, answer="It stands.")
    assert Notice.objects.filter(recipient=author, kind="reject_appeal").count() == 1


def test_list_of_appeals_shows_who_reads_and_how_much_time_is_left(
    author, other_author, editor, other_editor, chief_editor
):
    reason = Reason.objects.get(code="copied")
    now = timezone.now()
    client = Client()
    client.force_login(chief_editor)
    queries = []
    for number, (writer, days) in enumerate([(author, 1), (other_author, 12), (author, 20)]):
        decided = now - timedelta(days=days)
        story = make_declined(writer, editor=editor, reason=reason, title=f"Story {number}").story
        made = make_appeal(story)
        _send_back(made, decided)
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/moderation/appeals/").content.decode()
        queries.append(len(asked))
    make_claimed_appeal(made, editor=other_editor)
    page = client.get("/moderation/appeals/").content.decode()

    assert len(set(queries)) == 1
    for words in ("Overdue by 5 days", "Due soon: 3 days left", "14 days left", "Farid Ahmed"):
        assert words in page
    assert page.index("Story 2") < page.index("Story 1") < page.index("Story 0")


def _send_back(made, moment) -> None:
    """In time: what the guards keep is changed past them, as no role of the site can."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE stories_hearing SET due_at = %s + interval '15 days' WHERE appeal_id = %s",
            [moment, made.pk],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
