"""What the database refuses by itself: each guard is attacked with SQL that goes round the workflow."""

import hashlib
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from stories.content import FIELDS, Content, canonical, content_sha256
from stories.models import Claim, Decision, Revision, Story
from stories.status import STORY_MOVES, SUBMISSION_MOVES
from stories.workflow.claiming import release
from stories.workflow.coauthoring import leave
from stories.workflow.inviting import invite
from stories.workflow.submitting import submit
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_coauthor,
    make_draft,
    make_published,
    make_returned,
    make_waiting,
)


def attack(statement: str, *parameters: object) -> str:
    """Runs the statement as at a commit; returns the name of the constraint that refused it, or "" if none did."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except DatabaseError as error:
        return error.__cause__.diag.constraint_name or str(error)
    return ""


def test_attack_that_breaks_nothing_passes(author):
    story = make_draft(author)

    assert attack("UPDATE stories_draft SET title = 'Mine' WHERE story_id = %s", story.pk) == ""


def test_unapproved_text_cannot_be_published(author, editor):
    story = make_published(author, editor=editor)
    change_draft(story, body="<p>Never read by anybody.</p>")
    unread = submit(story, by=author).revision_id

    refused = attack("UPDATE stories_story SET published_revision_id = %s WHERE id = %s", unread, story.pk)
    scheduled = attack(
        "UPDATE stories_story SET scheduled_revision_id = %s, scheduled_for = now() WHERE id = %s",
        unread,
        story.pk,
    )

    assert refused == scheduled == "published_revision_is_approved"


def test_approved_text_of_another_story_cannot_be_published(author, editor):
    story = make_published(author, editor=editor)
    other = make_published(author, editor=editor)

    refused = attack(
        "UPDATE stories_story SET published_revision_id = %s WHERE id = %s",
        other.published_revision_id,
        story.pk,
    )

    assert refused == "published_revision_is_approved"


def test_draft_cannot_be_called_published(author):
    story = make_draft(author)

    assert attack("UPDATE stories_story SET state = 'published' WHERE id = %s", story.pk) == (
        "story_that_was_published_has_its_text"
    )


def test_public_story_cannot_lose_its_disclaimer(author, editor):
    story = make_published(author, editor=editor)

    assert attack("DELETE FROM stories_carrieddisclaimer WHERE story_id = %s", story.pk) == (
        "public_story_has_disclaimer"
    )


@pytest.mark.parametrize("table", ["event", "decision", "revision", "disclaimerversion"])
@pytest.mark.parametrize("statement", ["UPDATE stories_{} SET id = id", "DELETE FROM stories_{}"])
def test_record_is_never_changed(author, editor, table, statement):
    make_published(author, editor=editor)

    assert attack(statement.format(table)) == "append_only"


def test_words_of_a_carried_disclaimer_stay(author, editor):
    make_published(author, editor=editor)

    assert attack("UPDATE stories_carrieddisclaimer SET text = 'Something else'") == "append_only"


@pytest.mark.parametrize("column", ["title", "summary", "body", "language", "cover", "cover_alt"])
def test_revision_with_another_fingerprint_is_refused(author, column):
    revision = make_waiting(author).revision
    value = "hi" if column == "language" else "tampered"
    columns = [f.column for f in Revision._meta.local_fields if f.column not in {"id", "number", column}]

    refused = attack(
        f"INSERT INTO stories_revision (number, {column}, {', '.join(columns)}) "
        f"SELECT 99, %s, {', '.join(columns)} FROM stories_revision WHERE id = %s",
        value,
        revision.pk,
    )

    assert refused == "revision_is_its_hash"


@pytest.mark.parametrize(
    "content",
    [
        Content(),
        Content(
            title="माँ की सिलाई मशीन", body="<p>٪ ৳ 🙂</p>", language="hi", topics=("a", "b"), tags=("x",)
        ),
        Content(title="a", tags=("b:c\n", ""), disclosures=("paid=no",), pictures=("0" * 64,)),
    ],
)
def test_database_counts_the_same_fingerprint_as_python(db, content):
    values = [list(v) if isinstance(v, tuple) else v for v in (getattr(content, name) for name in FIELDS)]
    casts = ", ".join("%s::text[]" if isinstance(value, list) else "%s::text" for value in values)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT stories_content_sha256({casts})", values)
        counted = cursor.fetchone()[0]

    assert counted == content_sha256(content) == hashlib.sha256(canonical(content)).hexdigest()


def test_fingerprints_of_different_contents_differ():
    alike = [
        Content(title="ab", summary="c"),
        Content(title="a", summary="bc"),
        Content(tags=("a", "b")),
        Content(tags=("a1:b",)),
        Content(topics=("a", "b")),
        Content(tags=("ab",)),
    ]

    assert len({content_sha256(content) for content in alike}) == len(alike)


def test_second_open_submission_of_a_story_is_refused(author):
    submission = make_waiting(author)

    refused = attack(
        "INSERT INTO stories_submission (story_id, state, round, revision_id, version, opened_at, queued_at) "
        "SELECT story_id, state, round, revision_id, 1, now(), now() FROM stories_submission WHERE id = %s",
        submission.pk,
    )

    assert refused == "one_open_submission_a_story"


def test_second_live_claim_of_a_submission_is_refused(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    refused = attack(
        'INSERT INTO stories_claim (submission_id, editor_id, key, claimed_at, expires_at, "end") '
        "VALUES (%s, %s, %s, now(), now() + interval '1 hour', '')",
        held.submission_id,
        other_editor.pk,
        str(uuid4()),
    )

    assert refused == "one_live_claim_a_submission"


def test_author_cannot_claim_or_be_made_the_claimant(author, editor):
    submission = make_waiting(author)
    claim = (
        'INSERT INTO stories_claim (submission_id, editor_id, key, claimed_at, expires_at, "end") '
        "VALUES (%s, %s, %s, now(), now(), '')"
    )

    assert attack(claim, submission.pk, author.pk, str(uuid4())) == "claim_is_not_by_author"
    held = make_claimed(author, editor=editor)
    assert (
        attack("UPDATE stories_claim SET editor_id = %s WHERE id = %s", author.pk, held.pk) == "claim_stays"
    )


def test_ended_claim_stays_ended(author, editor):
    held = make_claimed(author, editor=editor)
    release(held, by=editor)

    assert (
        attack("UPDATE stories_claim SET ended_at = NULL, \"end\" = '' WHERE id = %s", held.pk)
        == "claim_stays"
    )


def insert_decision(held: Claim, **changed: object) -> str:
    submission = held.submission
    submission.refresh_from_db()
    columns = {
        "submission_id": submission.pk,
        "round": submission.round,
        "kind": "return",
        "revision_id": submission.revision_id,
        "sha256": submission.revision.sha256,
        "claim_id": held.pk,
        "decided_by_id": held.editor_id,
        "decided_at": timezone.now(),
        "note": "Why.",
        "disclaimers": [],
    } | changed
    marks = ", ".join(["%s"] * len(columns))
    return attack(f"INSERT INTO stories_decision ({', '.join(columns)}) VALUES ({marks})", *columns.values())


def test_decision_on_ones_own_story_is_refused(author, editor):
    held = make_claimed(author, editor=editor)

    assert insert_decision(held, decided_by_id=author.pk) == "decision_is_not_by_author"


def test_decision_on_another_text_is_refused(author, editor):
    held = make_claimed(author, editor=editor)
    other = make_waiting(author).revision

    assert insert_decision(held, sha256="0" * 64) == "decision_is_on_the_text_read"
    assert insert_decision(held, revision_id=other.pk, sha256=other.sha256) == "decision_is_on_the_text_read"


def test_decision_without_ones_own_live_claim_is_refused(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    assert insert_decision(held, decided_by_id=other_editor.pk) == "decision_has_its_claim"
    release(held, by=editor)
    assert insert_decision(held) == "decision_has_its_claim"


def test_decision_is_whole(author, editor):
    held = make_claimed(author, editor=editor)

    assert insert_decision(held, note="", kind="decline") == "decision_says_why"
    assert insert_decision(held, kind="decline") == "decline_has_its_reason"
    assert insert_decision(held, kind="approve") == "approve_has_its_disclaimer"
    assert insert_decision(held, kind="maybe") == "decision_kind_is_known"


def test_decision_without_the_move_it_decides_is_refused(author, editor):
    held = make_claimed(author, editor=editor)

    assert insert_decision(held) == "state_has_its_decision"


def test_move_without_its_event_is_refused(author, editor):
    submission = make_waiting(author)
    story = make_published(author, editor=editor)

    assert attack(
        "UPDATE stories_submission SET state = 'withdrawn', ended_at = now() WHERE id = %s", submission.pk
    ) == ("move_has_its_event")
    assert (
        attack("UPDATE stories_story SET state = 'unlisted' WHERE id = %s", story.pk) == "move_has_its_event"
    )


def test_claim_without_review_is_refused(author, editor):
    submission = make_waiting(author)

    refused = attack(
        'INSERT INTO stories_claim (submission_id, editor_id, key, claimed_at, expires_at, "end") '
        "VALUES (%s, %s, %s, now(), now() + interval '1 hour', '')",
        submission.pk,
        editor.pk,
        str(uuid4()),
    )

    assert refused == "review_has_its_claim"


def test_review_without_a_claim_is_refused(author, editor):
    submission = make_waiting(author)

    refused = attack(
        "WITH told AS (INSERT INTO stories_event (story_id, submission_id, action, machine, from_state, to_state,"
        " actor_id, note, data, at) VALUES (%s, %s, 'claim', 'submission', 'queued', 'in_review', %s, '', '{}', now()))"
        " UPDATE stories_submission SET state = 'in_review' WHERE id = %s",
        submission.story_id,
        submission.pk,
        editor.pk,
        submission.pk,
    )

    assert refused == "review_has_its_claim"


def test_submission_of_another_storys_text_is_refused(author):
    submission = make_waiting(author)
    other = make_waiting(author)

    assert attack(
        "UPDATE stories_submission SET revision_id = %s WHERE id = %s", other.revision_id, submission.pk
    ) == ("submission_is_on_its_story")


def test_story_keeps_its_author(author, other_author):
    story = make_draft(author)

    assert attack("UPDATE stories_story SET author_id = %s WHERE id = %s", other_author.pk, story.pk) == (
        "story_keeps_its_author"
    )


def test_story_is_handed_over_to_one_of_its_authors_alone(author, other_author):
    story = make_draft(author)
    event = (
        "INSERT INTO stories_event (story_id, action, machine, from_state, to_state, note, data, at)"
        " VALUES (%s, 'hand_over', '', '', '', '', '{}', now());"
    )
    hand_over = f"{event} UPDATE stories_story SET author_id = %s WHERE id = %s"

    assert attack(hand_over, story.pk, other_author.pk, story.pk) == "story_is_led_by_an_author"
    make_coauthor(story, other_author)
    assert attack(hand_over, story.pk, other_author.pk, story.pk) == ""


@pytest.mark.parametrize("state", ["approved", "declined", "in_review"])
def test_illegal_move_is_refused(author, editor, state):
    submission = make_returned(author, editor=editor)

    assert attack(
        "UPDATE stories_submission SET state = %s, ended_at = now() WHERE id = %s", state, submission.pk
    ) == ("move_is_legal")


def test_table_of_moves_is_the_same_in_the_database(db):
    states = {"submission": {""}, "story": set()}
    legal = set()
    for machine, table in {"submission": SUBMISSION_MOVES, "story": STORY_MOVES}.items():
        for move in table.values():
            states[machine] |= {*map(str, move.sources), str(move.target)}
            legal |= {
                (machine, str(source), str(move.target)) for source in move.sources if source != move.target
            }

    found = set()
    with connection.cursor() as cursor:
        for machine, names in states.items():
            for source in names:
                for target in names - {source}:
                    cursor.execute("SELECT stories_move_is_legal(%s, %s, %s)", [machine, source, target])
                    if cursor.fetchone()[0]:
                        found.add((machine, source, target))

    assert found == legal


def test_two_drafts_of_one_form_are_one(author):
    story = make_draft(author)

    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.create(key=story.key, author=author, created_at=timezone.now())


def test_second_decision_of_a_round_is_refused(author, editor):
    held = make_claimed(author, editor=editor)
    approve_claimed(held)
    decision = Decision.objects.get()

    refused = insert_decision(held, round=decision.round)

    assert refused == "decision_has_its_claim"


def test_whoever_wrote_at_a_story_neither_claims_nor_decides(author, editor, other_editor):
    held = make_claimed(author, editor=editor)
    make_coauthor(held.submission.story, other_editor)
    leave(held.submission.story, by=other_editor)
    key = str(uuid4())

    assert insert_decision(held, decided_by_id=other_editor.pk) == "decision_is_not_by_author"
    release(held, by=editor)
    refused = attack(
        'INSERT INTO stories_claim (submission_id, editor_id, key, claimed_at, expires_at, "end") '
        "VALUES (%s, %s, %s, now(), now(), '')",
        held.submission_id, other_editor.pk, key,
    )  # fmt: skip
    assert refused == "claim_is_not_by_author"


def test_reading_editor_is_not_put_among_the_authors(author, editor):
    held = make_claimed(author, editor=editor)
    insert = (
        "INSERT INTO stories_authorship (story_id, author_id, position, joined_at) VALUES (%s, %s, 1, now())"
    )

    assert attack(insert, held.submission.story_id, editor.pk) == "author_holds_no_claim"
    release(held, by=editor)
    assert attack(insert, held.submission.story_id, editor.pk) == ""


def test_who_wrote_a_story_stays_known(author, other_author, reader):
    story = make_waiting(author).story
    make_coauthor(story, other_author)
    change = "UPDATE stories_authorship SET author_id = %s WHERE author_id = %s"

    assert attack(change, reader.pk, other_author.pk) == "authorship_stays"
    assert (
        attack("DELETE FROM stories_authorship WHERE author_id = %s", other_author.pk) == "authorship_stays"
    )
    assert (
        attack("UPDATE stories_authorship SET left_at = now() WHERE author_id = %s", author.pk)
        == "beginner_stays"
    )


def test_invitation_is_to_one_and_once(author, other_author):
    story = make_draft(author)
    invite(story, by=author, username=other_author.username)
    columns = "story_id, invited_by_id, state, invited_at, expires_at, member_id, email"
    insert = f"INSERT INTO stories_invitation ({columns}) VALUES (%s, %s, 'waiting', now(), now(), %s, %s)"

    assert attack(insert, story.pk, author.pk, other_author.pk, "a@b.example") == "invitation_is_to_one"
    assert attack(insert, story.pk, author.pk, None, "") == "invitation_is_to_one"
    assert attack(insert, story.pk, author.pk, other_author.pk, "") == "one_waiting_invitation_a_member"
