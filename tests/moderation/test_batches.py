"""Several stories at once: first a list of what would happen, then the deed, row by row, and all of it undone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from playwright.sync_api import expect

from stories.models import Batch, BatchRow, Claim, Decision, Event, HeldDecision, Notice, Reason, Submission
from stories.models.batch import AT_ONCE
from stories.moderation.batches import Done
from stories.status import AlreadyThere, Incomplete, NotAllowed
from stories.workflow.batching import Deed, Shown, carry_out
from stories.workflow.claiming import claim, release
from stories.workflow.proposing import propose_decline
from stories.workflow.submitting import submit, withdraw
from stories.workflow.taking_back import carry_out_due
from stories.workflow.undoing import can_be_undone, undo
from tests.browser import press_key
from tests.stories import change_draft, make_claimed, make_reply, make_returned, make_waiting, read

NOTE = "It sells an oven and nothing else."


@pytest.fixture(autouse=True)
def held_for_a_moment(settings) -> None:
    settings.TAKE_BACK_SECONDS = 30


def as_shown(*submissions: Submission) -> list[Shown]:
    for submission in submissions:
        submission.refresh_from_db()
    return [Shown(each.pk, each.version, each.revision_id) for each in submissions]


def as_sent(*submissions: Submission) -> list[str]:
    return [f"{row.submission_id}-{row.version}-{row.revision_id}" for row in as_shown(*submissions)]


def states(*submissions: Submission) -> list[str]:
    return [Submission.objects.get(pk=each.pk).state for each in submissions]


def test_list_says_what_would_happen_to_each_and_why_not_and_does_nothing(
    desk, author, other_author, editor, other_editor, reason
):
    waiting = make_waiting(author, title="Waits")
    mine = make_claimed(author, editor=editor, title="Mine").submission
    theirs = make_claimed(other_author, editor=other_editor, title="Theirs").submission
    returned = make_returned(other_author, editor=other_editor, title="Back")
    own = make_waiting(editor, title="By who asks")
    events = Event.objects.count()

    rows = [each.pk for each in (waiting, mine, theirs, returned, own)]
    page = desk.get("new_batch", kind="decline", row=rows)

    assert [row.submission for row in page.context["would"]] == [waiting, mine]
    assert {row.submission: row.why_not for row in page.context["why_not"]} == {
        theirs: "Farid Ahmed is reading it.",
        returned: "It is sent back to its author.",
    }
    html = page.content.decode()
    assert "1 more is not there any more, or not one that you may read." in html
    assert "By who asks" not in html
    assert "See what would happen" in html
    told = desk.post(
        "new_batch", kind="decline", row=as_sent(waiting, mine), key=uuid4(), reason=reason.pk, note=NOTE
    ).content.decode()
    assert told.count(f"{NOTE}</p></details>") == 2
    assert "Decline those that are ticked" in told
    assert Event.objects.count() == events
    assert not Batch.objects.exists()


def test_what_is_confirmed_is_done_and_what_changed_meanwhile_is_left_out(
    desk, author, other_author, other_editor, reason
):
    one, taken, newer, gone = (make_waiting(author, title=f"Story {number}") for number in range(4))
    rows = as_sent(one, taken, newer, gone)
    claim(taken, by=other_editor, key=uuid4())
    change_draft(newer.story, title="A newer title")
    submit(newer.story, by=author)
    withdraw(gone.story, by=author)
    sent = {"kind": "decline", "row": rows, "key": uuid4(), "reason": reason.pk, "note": NOTE}

    first, again = (desk.client.post("/moderation/batches/?topic=work", sent) for _ in range(2))

    batch = Batch.objects.get()
    assert first.url == again.url == f"/moderation/batches/{batch.pk}/?topic=work"
    page = desk.client.get(first.url).content.decode()
    assert "One story declined, 3 left out" in page
    for words in (
        "It changed after the list was shown. It is being read by an editor now.",
        "It changed after the list was shown. It is waiting for an editor now.",
        "It changed after the list was shown. It is withdrawn now.",
    ):
        assert words in page
    held = HeldDecision.objects.get()
    assert (held.submission, held.kind, held.reason, held.note) == (one, "decline", reason, NOTE)
    assert carry_out_due(at=held.due_at) == 1
    decision = Decision.objects.get()
    assert (decision.submission, decision.sha256) == (one, one.revision.sha256)
    assert Notice.objects.filter(recipient=author, event__data__decision=decision.pk).exists()


def test_all_of_it_is_undone_while_nothing_was_sent(desk, author, editor, reason):
    waiting, held = make_waiting(author), make_claimed(author, editor=editor, title="Mine")
    batch = carry_out(
        Deed(Batch.Kind.DECLINE, note=NOTE, reason=reason),
        as_shown(waiting, held.submission), by=editor, key=uuid4(),
    )  # fmt: skip
    page = desk.get("batch", batch.pk).content.decode()
    assert "Nothing is sent before" in page
    key = uuid4()

    first, again = (desk.post("undo_batch", batch.pk, key=key) for _ in range(2))

    undone = Batch.objects.get(undoes=batch)
    assert first.url == again.url == f"/moderation/batches/{undone.pk}/"
    assert "2 stories as before" in desk.client.get(first.url).content.decode()
    assert states(waiting, held.submission) == ["queued", "in_review"]
    assert carry_out_due(at=timezone.now() + timedelta(hours=1)) == 0
    assert not Decision.objects.exists()
    assert "You have undone it." in desk.get("batch", batch.pk).content.decode()
    with pytest.raises(AlreadyThere, match="You have undone this already"):
        undo(batch, by=editor, key=uuid4())


def test_what_was_sent_stays_and_the_undoing_says_so(desk, author, editor):
    one, other = make_waiting(author, title="One"), make_waiting(author, title="Other")
    reply = make_reply(editor, is_shared=False)
    batch = carry_out(Deed(Batch.Kind.RETURN, reply=reply), as_shown(one, other), by=editor, key=uuid4())
    HeldDecision.objects.get(submission=one)
    first_due = HeldDecision.objects.order_by("due_at").first()
    carry_out_due(at=first_due.due_at, at_most=1)

    undone = undo(batch, by=editor, key=uuid4())

    assert [row.left_out != "" for row in undone.rows.all()] == [True, False]
    assert states(one, other) == ["returned", "queued"]
    assert not can_be_undone(undone, at=timezone.now())
    assert "One story as before, 1 left out" in desk.get("batch", undone.pk).content.decode()


def test_reply_is_filled_for_each_and_kept_to_its_language(desk, author, other_author, editor):
    one, other = make_waiting(author, title="One"), make_waiting(other_author, title="Other", language="ur")
    reply = make_reply(editor, is_shared=False, language="hi", text="प्रिय {author}, {title}")
    ours = make_reply(editor, is_shared=False, name="Mine", text="Dear {author}, about {title}. {editor}")

    in_hindi = desk.post("new_batch", kind="return", row=as_sent(one, other), key=uuid4(), reply=reply.pk)
    told = desk.post("new_batch", kind="return", row=as_sent(one, other), key=uuid4(), reply=ours.pk)

    why_not = {row.why_not for row in in_hindi.context["why_not"]}
    assert why_not == {"The reply is in another language than the story."}
    assert [row.words for row in told.context["would"]] == [
        "Dear Asha Rao, about One. Esther Thomas",
        "Dear Bilal Khan, about Other. Esther Thomas",
    ]
    carry_out(Deed(Batch.Kind.RETURN, reply=ours), as_shown(one, other), by=editor, key=uuid4())
    assert [held.note for held in HeldDecision.objects.order_by("id")] == [
        row.words for row in told.context["would"]
    ]


def test_stories_are_taken_and_put_back(desk, author, editor):
    submissions = [make_waiting(author, title=f"Story {number}") for number in range(3)]

    desk.post("run_batch", kind="claim", row=as_sent(*submissions), key=uuid4())
    taken = Batch.objects.get()
    assert states(*submissions) == ["in_review"] * 3
    assert Claim.objects.live().filter(editor=editor).count() == 3
    release(Claim.objects.live().first(), by=editor)
    assert can_be_undone(taken, at=timezone.now())
    undone = undo(taken, by=editor, key=uuid4())
    assert states(*submissions) == ["queued"] * 3
    assert Done.of(undone).heading == "2 stories as before, 1 left out"

    carry_out(Deed(Batch.Kind.CLAIM), as_shown(*submissions[:2]), by=editor, key=uuid4())
    back = carry_out(Deed(Batch.Kind.RELEASE), as_shown(*submissions), by=editor, key=uuid4())
    assert [row.left_out for row in back.rows.all()] == ["", "", "You are not reading it."]
    undo(back, by=editor, key=uuid4())
    assert states(*submissions) == ["in_review", "in_review", "queued"]


def test_chief_editor_puts_back_what_a_colleague_holds_and_says_why(
    desk, chief_desk, author, editor, chief_editor
):
    held = make_claimed(author, editor=editor)
    sent = {
        "kind": "free",
        "row": as_sent(held.submission),
        "key": uuid4(),
        "note": "You are ill, get well soon.",
    }

    assert desk.client.post("/moderation/batches/", sent).url == "/moderation/"
    with pytest.raises(NotAllowed, match="Only chief editors"):
        carry_out(Deed(Batch.Kind.FREE, note="x"), as_shown(held.submission), by=editor, key=uuid4())
    page = chief_desk.client.get(f"/moderation/batches/new/?kind=free&row={held.submission_id}")
    assert "Esther Thomas is told why" in page.content.decode()
    chief_desk.client.post("/moderation/batches/", sent)

    assert states(held.submission) == ["queued"]
    told = Notice.objects.get(recipient=editor)
    assert told.event.action == "take_over"
    assert told.event.note == "You are ill, get well soon."
    batch = Batch.objects.get()
    assert not can_be_undone(batch, at=timezone.now())
    assert desk.get("batch", batch.pk).status_code == 404


def test_what_a_second_editor_has_to_agree_to_is_left_to_two_people(
    desk, author, editor, other_editor, chief_editor, settings
):
    settings.SECOND_AGREEMENT = frozenset({"law"})
    by_law = Reason.objects.filter(family="law").first()
    proposed, waiting = make_claimed(author, editor=other_editor), make_waiting(author)
    propose_decline(read(proposed), by=other_editor, reason=by_law, note=NOTE)
    rows = as_sent(proposed.submission, waiting)

    page = desk.get("new_batch", kind="decline", row=[proposed.submission_id, waiting.pk])
    refused = desk.post("run_batch", kind="decline", row=rows, key=uuid4(), reason=by_law.pk, note=NOTE)

    (left,) = page.context["why_not"]
    assert left.why_not.startswith("Farid Ahmed proposes to decline it, and a second editor is asked")
    assert by_law.label not in page.content.decode()
    assert refused.status_code == 422
    assert "This reason is not offered any more." in refused.content.decode()
    batch = carry_out(
        Deed(Batch.Kind.DECLINE, reason=by_law, note=NOTE), as_shown(waiting), by=editor, key=uuid4()
    )
    assert "A second editor has to agree to this" in batch.rows.get().left_out
    assert states(waiting) == ["queued"]


@pytest.mark.parametrize("kind", ["approve", "undo", "", "free"])
def test_what_is_not_done_to_many_at_once_is_not_offered(desk, author, kind):
    """An approval is bound to a text that somebody has read."""
    submission = make_waiting(author)

    for answer in (
        desk.get("new_batch", kind=kind, row=submission.pk),
        desk.post("run_batch", kind=kind, row=as_sent(submission), key=uuid4()),
    ):
        assert answer.url == "/moderation/"
    assert states(submission) == ["queued"]
    assert not Batch.objects.exists()


def test_what_is_missing_is_asked_for_and_what_was_typed_is_there(desk, author, editor):
    submission = make_waiting(author)

    asked = desk.post("run_batch", kind="decline", row=as_sent(submission), key=uuid4(), note=NOTE)
    assert asked.status_code == 422
    assert "Choose the reason that the authors are given." in asked.content.decode()
    assert NOTE in asked.content.decode()
    none = desk.post("run_batch", kind="claim", key=uuid4(), row="7")
    assert none.status_code == 422
    many = [Shown(number, 1, 1) for number in range(AT_ONCE + 1)]
    for shown in ([], many, many[:1] * 2):
        with pytest.raises(Incomplete):
            carry_out(Deed(Batch.Kind.CLAIM), shown, by=editor, key=uuid4())
    assert not Batch.objects.exists()


def test_list_and_its_outcome_ask_the_same_queries_for_any_number_of_rows(
    desk, author, editor, django_assert_num_queries
):
    submissions = [make_waiting(author, title=f"Story {number}") for number in range(4)]
    for some in (submissions[:1], submissions[1:]):
        with django_assert_num_queries(8):  # who asks (five), the stories, who reads and proposes
            desk.get("new_batch", kind="claim", row=[each.pk for each in some])
        batch = carry_out(Deed(Batch.Kind.CLAIM), as_shown(*some), by=editor, key=uuid4())
        with django_assert_num_queries(13):
            desk.get("batch", batch.pk)


def test_database_keeps_the_record_as_it_is(author, editor, other_editor):
    submission = make_waiting(author)
    batch = carry_out(Deed(Batch.Kind.CLAIM), as_shown(submission), by=editor, key=uuid4())
    (row,) = batch.rows.all()
    now = timezone.now()
    of_another = Batch(kind="claim", by=other_editor, at=now, key=uuid4())
    of_another.save()
    refused = {
        "append_only": [
            lambda: Batch.objects.filter(pk=batch.pk).update(note="x"),
            lambda: BatchRow.objects.filter(pk=row.pk).update(left_out="x"),
            lambda: BatchRow.objects.filter(pk=row.pk).delete(),
        ],
        "batch_row_is_of_its_editor": [lambda: _row(of_another, row, event=row.event)],
        "batch_row_says_what_or_why_not": [lambda: _row(of_another, row, event=None)],
        "batch_is_not_too_long": [lambda: _row(of_another, row, position=AT_ONCE + 1, left_out="x")],
        "submission_once_a_batch": [lambda: _row(batch, row, position=2, left_out="x")],
        "batch_is_undone_by_its_editor": [
            lambda: Batch.objects.create(kind="undo", by=other_editor, at=now, key=uuid4(), undoes=batch)
        ],
        "batch_of_declines_says_why": [
            lambda: Batch.objects.create(kind="decline", by=editor, at=now, key=uuid4(), note="x")
        ],
    }

    for constraint, attempts in refused.items():
        for attempt in attempts:
            with pytest.raises(IntegrityError) as error, transaction.atomic():
                attempt()
            assert error.value.__cause__.diag.constraint_name == constraint


def _row(batch: Batch, like: BatchRow, *, position: int = 1, event: Event | None = None, left_out: str = ""):
    return BatchRow.objects.create(
        batch=batch, position=position, submission=like.submission, revision=like.revision, event=event,
        left_out=left_out,
    )  # fmt: skip


@pytest.mark.browser
def test_rows_are_ticked_by_keys_declined_at_once_and_taken_back(
    signed_in, author, editor, reason, quiet, axe
):
    now = timezone.now()
    for number in range(4):
        make_waiting(author, title=f"Story {number}", at=now - timedelta(hours=9 - number))
    page = signed_in(editor)
    page.goto("/moderation/")

    press_key(page, "j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.get_by_role("status").filter(has_text="3 ticked")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("d")
    expect(page.get_by_role("heading", name="Decline 3 stories")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Reason that the authors are given").select_option(label=reason.label)
    page.get_by_label("Note to the authors").fill(NOTE)
    page.get_by_role("button", name="See what would happen").click()
    expect(page.get_by_text("It is declined. Its author is told the reason and may appeal.")).to_have_count(3)
    page.get_by_role("checkbox", name="Story 1").uncheck()
    assert axe(page) == []
    page.get_by_role("button", name="Decline those that are ticked").click()
    expect(page.get_by_role("heading", name="2 stories declined")).to_be_visible()
    assert axe(page) == []
    press_key(page, "u")
    expect(page.get_by_role("heading", name="2 stories as before")).to_be_visible()
    page.get_by_role("link", name="Back to the queue").click()
    expect(page.get_by_role("heading", name="4 stories are waiting")).to_be_visible()
