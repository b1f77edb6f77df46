"""A decision that is held: nothing leaves in its time, whoever takes it back has all as it was, and one of all wins."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.roles import Role, appoint
from stories.models import (
    Claim,
    Closing,
    Decision,
    Event,
    HeldDecision,
    HeldEnd,
    Notice,
    PublicLine,
    Reason,
    Statement,
    Story,
    Submission,
    UnsentDecision,
)
from stories.redress import KEPT_FROM_AUTHORS
from stories.status import AlreadyThere, Incomplete, MoveRefused, NotAllowed, Stale, WrongState
from stories.workflow.attending import keep_unsent
from stories.workflow.claiming import claim, expire_claims, release, renew
from stories.workflow.closing import begin
from stories.workflow.disclaiming import offered_versions
from stories.workflow.publishing import publish_due, remove
from stories.workflow.submitting import submit
from stories.workflow.taking_back import Meant, carry_out_due, decide, hold, take_back
from stories.workflow.taking_over import take_over
from tests.stories import change_draft, make_claimed, make_published, read
from tests.workflow.test_races import at_once

SECONDS = timedelta(seconds=30)
NOTE = "Say more about the oven."


@pytest.fixture(autouse=True)
def window(settings) -> None:
    settings.TAKE_BACK_SECONDS = 30


@pytest.fixture
def now():
    return timezone.now()


def meant(kind: str) -> Meant:
    match kind:
        case "approve":
            return Meant(kind, note=NOTE, disclaimers=offered_versions("en")[:1])
        case "decline":
            return Meant(kind, note=NOTE, reason=Reason.objects.get(code="advertising"))
    return Meant(kind, note=NOTE, requests=["Name the oven."])


def counted() -> tuple[int, ...]:
    """All that anybody counts or is told of decisions."""
    return tuple(model.objects.count() for model in (Decision, Statement, PublicLine, Notice))


@pytest.mark.parametrize("kind", ["approve", "return", "decline"])
def test_nothing_of_a_held_decision_is_there_before_its_time_and_all_of_it_after(kind, author, editor, now):
    held_claim = make_claimed(author, editor=editor, at=now)
    before = counted()

    held = decide(read(held_claim), meant(kind), by=editor, at=now)

    assert counted() == before
    submission = Submission.objects.get()
    assert (submission.state, submission.version) == ("in_review", 2)
    assert Claim.objects.live().get() == held_claim
    assert {event.action for event in Event.objects.filter(at=now, data__held=held.pk)} <= {
        *KEPT_FROM_AUTHORS
    }
    assert carry_out_due(at=now + SECONDS - timedelta(milliseconds=1)) == 0
    assert (carry_out_due(at=now + SECONDS), carry_out_due(at=now + SECONDS)) == (1, 0)
    made = Decision.objects.get()
    assert (made.kind, made.note, made.decided_by, made.claim) == (kind, NOTE, editor, held_claim)
    assert HeldEnd.objects.get().kind == "carried_out"
    assert Notice.objects.get().recipient == author
    assert Story.objects.published().count() == (kind == "approve")
    assert [request.text for request in made.requests.all()] == ["Name the oven."] * (kind == "return")


def test_taken_back_it_is_with_its_editor_as_before_and_counted_nowhere(author, editor, now):
    held_claim = make_claimed(author, editor=editor, at=now)
    keep_unsent(held_claim.submission, {"note": NOTE}, by=editor)
    before = counted()
    held = hold(read(held_claim), meant("decline"), by=editor, at=now)

    take_back(held, by=editor, at=now + SECONDS / 2)

    assert carry_out_due(at=now + timedelta(hours=1)) == 0
    assert counted() == before
    assert (Submission.objects.get().state, Claim.objects.live().get()) == ("in_review", held_claim)
    assert UnsentDecision.objects.get().fields == {"note": NOTE}
    assert HeldDecision.objects.get() == held
    assert list(Event.objects.order_by("-id").values_list("action", flat=True)[:2]) == [
        "take_back_decision",
        "hold_decision",
    ]
    again = hold(read(held_claim), meant("return"), by=editor, at=now + SECONDS)
    assert carry_out_due(at=again.due_at) == 1
    assert Decision.objects.get().kind == "return"
    assert not UnsentDecision.objects.exists()


def test_it_is_taken_back_in_time_once_and_by_who_decided(author, editor, other_editor, now):
    held = hold(read(make_claimed(author, editor=editor, at=now)), meant("return"), by=editor, at=now)

    with pytest.raises(NotAllowed, match="Only who made a decision"):
        take_back(held, by=other_editor, at=now)
    with pytest.raises(WrongState, match="is over: it is being sent now"):
        take_back(held, by=editor, at=now + SECONDS)
    take_back(held, by=editor, at=now)
    with pytest.raises(AlreadyThere, match="taken this decision back already"):
        take_back(held, by=editor, at=now)
    assert HeldEnd.objects.count() == 1

    later = hold(read(held.claim), meant("return"), by=editor, at=now)
    carry_out_due(at=now + SECONDS)
    with pytest.raises(WrongState, match="it has been sent"):
        take_back(later, by=editor, at=now)


@transaction.atomic
def write_now(write) -> None:
    """With what the database looks at only when a transaction ends."""
    write()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_database_refuses_what_the_verbs_refuse(author, editor, other_editor, now):
    taken = make_claimed(author, editor=editor, at=now)
    held = hold(read(taken), meant("return"), by=editor, at=now)
    over = held.due_at

    def refusal(write) -> str:
        with pytest.raises(IntegrityError) as refused:
            write_now(write)
        return refused.value.__cause__.diag.constraint_name

    def end(kind: str, **columns) -> None:
        HeldEnd.objects.create(held=held, kind=kind, **columns)

    def decide_beside() -> None:
        Decision.objects.create(
            submission=taken.submission, round=1, kind="return", revision=held.revision, sha256=held.sha256,
            claim=taken, decided_by=editor, decided_at=now, note=NOTE,
        )  # fmt: skip

    again = {
        field.attname: getattr(held, field.attname)
        for field in HeldDecision._meta.fields
        if field.name != "id"
    }
    assert refusal(lambda: end("taken_back", by=other_editor, at=now)) == "taken_back_by_who_decided"
    assert refusal(lambda: end("taken_back", by=editor, at=over)) == "taken_back_in_time"
    assert refusal(lambda: end("carried_out", at=now)) == "carried_out_after_its_time"
    assert refusal(lambda: end("carried_out", at=over)) == "carried_out_as_made"
    assert refusal(decide_beside) == "held_decision_ends_first"
    assert refusal(lambda: HeldDecision.objects.create(**again)) == "one_held_decision_a_claim"
    ended = {"ended_at": now, "end": "released"}
    assert refusal(lambda: Claim.objects.filter(pk=taken.pk).update(**ended)) == "held_decision_ends_first"
    for row in (held, HeldEnd.objects.create(held=held, kind="taken_back", by=editor, at=now)):
        rows = type(row).objects.filter(pk=row.pk)
        for change in (row.save, lambda rows=rows: rows._raw_delete("default")):
            assert refusal(change) == "append_only"
    text = {"sha256": "0" * 64}
    assert (
        refusal(lambda: HeldDecision.objects.create(**{**again, **text}))
        == "held_decision_is_on_the_text_read"
    )
    assert (
        refusal(lambda: HeldDecision.objects.create(**{**again, "decided_by_id": other_editor.pk}))
        == "held_decision_has_its_claim"
    )
    assert (
        refusal(lambda: HeldDecision.objects.create(**{**again, "decided_by_id": author.pk}))
        == "held_decision_is_not_by_author"
    )


def test_what_is_missing_is_said_at_once(author, editor, now):
    taken = make_claimed(author, editor=editor, at=now)

    with pytest.raises(Incomplete):
        hold(read(taken), Meant("approve"), by=editor, at=now)

    assert not HeldDecision.objects.exists()
    assert Event.objects.filter(action="hold_decision").count() == 0


def test_while_it_is_held_the_claim_stays_and_nobody_goes_on(author, editor, other_editor, now):
    taken = make_claimed(author, editor=editor, at=now)
    looked_at = read(taken)
    hold(looked_at, meant("return"), by=editor, at=now)

    for again in ("return", "approve"):
        with pytest.raises(AlreadyThere, match="You have decided on this story already"):
            hold(looked_at, meant(again), by=editor, at=now)
    for verb in (lambda: release(taken, by=editor, at=now), lambda: renew(taken, by=editor, at=now)):
        with pytest.raises(Stale, match="Take the decision back first"):
            verb()
    with pytest.raises(Stale, match="Esther Thomas has decided on this story"):
        take_over(taken, by=other_editor, key=taken.key, note="Ill.", at=now)
    assert expire_claims(at=now + timedelta(days=2)) == 0
    assert HeldDecision.objects.standing().count() == 1


def test_a_publishing_time_that_passes_meanwhile_is_now(author, editor, now):
    taken = make_claimed(author, editor=editor, at=now)
    soon = Meant("approve", disclaimers=offered_versions("en")[:1], publish_at=now + SECONDS / 3)
    hold(read(taken), soon, by=editor, at=now)

    assert publish_due(at=now + SECONDS / 2) == 0
    carry_out_due(at=now + SECONDS)

    assert Story.objects.published().count() == 1


def test_what_came_between_ends_it_and_its_editor_is_told(author, other_author, editor, other_editor, now):
    of_leaver = make_claimed(other_author, editor=editor, at=now)
    of_demoted = make_claimed(author, editor=other_editor, at=now)
    hold(read(of_leaver), meant("approve"), by=editor, at=now)
    hold(read(of_demoted), meant("approve"), by=other_editor, at=now)

    begin(by=other_author, stories=Closing.Stories.NAMED, at=now)
    appoint(other_editor, role=Role.NONE)
    assert carry_out_due(at=now + SECONDS) == 0

    assert [end.kind for end in HeldEnd.objects.all()] == ["overtaken"] * 2
    told = Notice.objects.filter(kind="drop_decision").order_by("id")
    assert [notice.recipient for notice in told] == [editor, other_editor]
    assert "Its author took the story back." in told[0].text
    assert Submission.objects.get(pk=of_leaver.submission_id).state == "withdrawn"
    assert expire_claims(at=now + timedelta(hours=1)) == 1
    assert not Decision.objects.exists()


def test_an_editor_who_leaves_takes_what_they_decided_along(author, editor, now):
    hold(read(make_claimed(author, editor=editor, at=now)), meant("approve"), by=editor, at=now)

    begin(by=editor, stories=Closing.Stories.NAMED, at=now)

    assert HeldEnd.objects.get().kind == "overtaken"
    assert Submission.objects.get().state == "queued"
    assert not Notice.objects.filter(kind="drop_decision").exists()


def test_a_story_that_was_removed_meanwhile_is_not_published(author, editor, other_editor, now):
    story = make_published(author, editor=other_editor, at=now)
    change_draft(story, title="A newer one")
    claim_again = claim(submit(story, by=author, at=now), by=editor, key=uuid4(), at=now)
    hold(read(claim_again), meant("approve"), by=editor, at=now)
    remove(story, by=other_editor, reason=Reason.objects.get(code="advertising"), note=NOTE, at=now)

    carry_out_due(at=now + SECONDS)

    assert HeldEnd.objects.get().why == "This story was removed in the meantime."
    assert Story.objects.get().state == "removed"


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_the_clock_have_one_winner(author, editor, now):
    for number in range(5):
        begun = now - SECONDS - timedelta(seconds=1)
        held_claim = make_claimed(author, editor=editor, title=f"Story {number}", at=begun)
        held = hold(read(held_claim), meant("approve"), by=editor, at=begun)
        in_time = held.due_at - timedelta(seconds=1)

        results = at_once(
            lambda held=held, at=in_time: take_back(held, by=editor, at=at),
            lambda held=held, at=in_time: take_back(held, by=editor, at=at),
            lambda at=held.due_at: carry_out_due(at=at),
            lambda at=held.due_at: carry_out_due(at=at),
        )

        ends = HeldEnd.objects.filter(held=held)
        won = [result for result in results if isinstance(result, HeldEnd)]
        made = Decision.objects.filter(claim=held_claim).count()
        assert (ends.count(), len(won) + made) == (1, 1)
        state = Submission.objects.get(pk=held_claim.submission_id).state
        assert state == ("approved" if made else "in_review")
        assert sum(isinstance(result, MoveRefused) for result in results) == 2 - len(won)
