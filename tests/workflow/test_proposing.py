"""What one editor does not do alone: proposed by one, done on the word of another, and refused by the database else."""

from uuid import uuid4

import pytest

from accounts.roles import Role, appoint
from stories.models import Decision, Hearing, Notice, Proposal, Reason, Statement, Story
from stories.status import (
    AlreadyThere,
    Incomplete,
    NotAllowed,
    Stale,
    StoryState,
    SubmissionState,
    WrongState,
)
from stories.workflow.appealing import appeal, appealable, reject_appeal
from stories.workflow.claiming import NothingWaiting, claim, claim_next
from stories.workflow.deciding import decline
from stories.workflow.proposing import agree, propose_decline, propose_removal, refuse, take_back
from stories.workflow.publishing import remove, unlist
from stories.workflow.seconding import NeedsAgreement
from stories.workflow.submitting import submit
from tests.models.test_guards import attack
from tests.redress.reports import make_claimed_appeal
from tests.stories import change_draft, make_claimed, make_coauthor, make_published, read

WORDS = "The second paragraph gives a stranger's address."


@pytest.fixture(autouse=True)
def two_editors(settings) -> None:
    settings.SECOND_AGREEMENT = frozenset({"law", "removals"})


@pytest.fixture
def law(db) -> Reason:
    return Reason.objects.filter(family="law").first()


@pytest.fixture
def proposed(author, editor, other_editor, law) -> Proposal:
    held = make_claimed(author, editor=editor)
    return propose_decline(read(held), by=editor, reason=law, note=WORDS)


def test_decline_by_law_takes_two_editors(author, editor, other_editor, law):
    held = make_claimed(author, editor=editor)

    with pytest.raises(NeedsAgreement):
        decline(read(held), by=editor, reason=law, note=WORDS)
    proposal = propose_decline(read(held), by=editor, reason=law, note=WORDS)

    submission = proposal.submission
    assert (submission.story.submissions.get().state, Decision.objects.count()) == (SubmissionState.QUEUED, 0)
    assert not Notice.objects.filter(recipient=author).exists()
    assert [notice.recipient for notice in Notice.objects.all()] == [other_editor]

    agree(proposal, by=other_editor)

    decision = Decision.objects.get()
    statement = decision.statement
    assert (decision.kind, decision.decided_by, decision.note) == ("decline", other_editor, WORDS)
    assert (statement.proposal, statement.needs_agreement, statement.proposal.proposed_by) == (
        proposal,
        True,
        editor,
    )
    assert statement.origin.endswith("Two people decided, one on the word of the other.")
    assert Notice.objects.get(recipient=author).kind == "decline"
    assert Notice.objects.get(recipient=editor).subject.startswith("Farid Ahmed agreed to decline")


def test_decline_for_another_reason_takes_one(author, editor, other_editor):
    held = make_claimed(author, editor=editor)

    decision = decline(read(held), by=editor, reason=Reason.objects.get(code="off-topic"), note="Not for us.")

    assert (decision.statement.needs_agreement, decision.statement.proposal) == (False, None)


def test_site_with_one_editor_is_not_stuck(author, editor, law):
    decision = decline(read(make_claimed(author, editor=editor)), by=editor, reason=law, note=WORDS)

    assert decision.statement.needs_agreement is False


def test_nobody_agrees_to_what_they_proposed_or_wrote(author, editor, proposed, other_author, reader):
    appoint(other_author, role=Role.EDITOR)
    make_coauthor(proposed.story, other_author)

    for who in (editor, other_author, author, reader):
        with pytest.raises(NotAllowed):
            agree(proposed, by=who)
    for who in (editor, other_author):
        told = attack(
            """UPDATE stories_proposal SET "end" = 'agreed', ended_at = now(), ended_by_id = %s WHERE id = %s""",
            who.pk,
            proposed.pk,
        )
        assert told == "proposal_is_answered_by_another"


def test_proposed_story_is_taken_by_nobody_until_it_has_its_answer(editor, other_editor, proposed):
    with pytest.raises(NothingWaiting):
        claim_next(by=other_editor, key=uuid4())
    with pytest.raises(WrongState, match="Esther Thomas proposes"):
        claim(proposed.submission, by=other_editor, key=uuid4())
    with pytest.raises(Incomplete):
        refuse(proposed, by=other_editor, words=" ")

    refuse(proposed, by=other_editor, words="The address is that of a shop.")

    assert claim_next(by=other_editor, key=uuid4()).submission == proposed.submission
    assert "that of a shop" in Notice.objects.filter(recipient=editor).latest("id").text
    with pytest.raises(AlreadyThere):
        agree(proposed, by=other_editor)


def test_proposal_is_over_when_the_text_changes(author, other_editor, proposed):
    change_draft(proposed.story, title="Without the address")
    submit(proposed.story, by=author)

    with pytest.raises(Stale):
        agree(proposed, by=other_editor)

    proposed.refresh_from_db()
    assert (proposed.end, proposed.ended_by) == ("lapsed", None)
    assert claim_next(by=other_editor, key=uuid4()).submission == proposed.submission


def test_only_who_proposed_takes_it_back(editor, other_editor, proposed):
    with pytest.raises(NotAllowed):
        take_back(proposed, by=other_editor)

    take_back(proposed, by=editor)

    with pytest.raises(AlreadyThere):
        agree(proposed, by=other_editor)


def test_form_sent_twice_proposes_once(author, editor, other_editor, law):
    seen = read(make_claimed(author, editor=editor))
    propose_decline(seen, by=editor, reason=law, note=WORDS)

    with pytest.raises(AlreadyThere):
        propose_decline(seen, by=editor, reason=law, note=WORDS)

    assert Proposal.objects.count() == 1


def test_removal_takes_two_editors_and_a_third_answers_the_appeal(
    author, editor, other_editor, chief_editor, law
):
    story = make_published(author, editor=editor)
    with pytest.raises(NeedsAgreement):
        remove(story, by=editor, reason=law, note=WORDS)
    proposal = propose_removal(story, by=editor, reason=law, note=WORDS)
    with pytest.raises(AlreadyThere):
        propose_removal(story, by=other_editor, reason=law, note="Once more.")
    assert Story.objects.get(pk=story.pk).state == StoryState.PUBLISHED

    agree(proposal, by=other_editor)

    story.refresh_from_db()
    assert (story.state, Statement.objects.get().proposal) == (StoryState.REMOVED, proposal)
    removal = appealable(story)[0].removal
    made = appeal(story, removal, "It is my own address.", by=author, key=uuid4())
    for who in (editor, other_editor):
        with pytest.raises(NotAllowed):
            make_claimed_appeal(made, editor=who)
        assert list(Hearing.objects.for_editor(who)) == []
    claimed = attack(
        """INSERT INTO stories_appealclaim (hearing_id, editor_id, key, claimed_at, expires_at, "end")
        VALUES (%s, %s, gen_random_uuid(), now(), now() + interval '1 hour', '')""",
        made.hearing.pk,
        editor.pk,
    )
    assert claimed == "appeal_claim_is_fair"
    reject_appeal(make_claimed_appeal(made, editor=chief_editor), by=chief_editor, answer="It is not.")


def test_proposal_to_remove_is_over_when_its_author_takes_the_story_off(author, editor, other_editor, law):
    story = make_published(author, editor=editor)
    proposal = propose_removal(story, by=editor, reason=law, note=WORDS)

    unlist(story, by=author)

    with pytest.raises(Stale):
        agree(proposal, by=other_editor)


def test_database_refuses_a_deed_that_nobody_agreed_to(author, editor, other_editor, law, proposed):
    agree(proposed, by=other_editor)
    other = make_claimed(author, editor=editor, title="Another")
    second = propose_decline(read(other), by=editor, reason=law, note="Other words.")
    given = Statement.objects.get()

    again = """INSERT INTO stories_statement
      (event_id, decision_id, restriction, facts, led_by, ground_id, redress, needs_agreement, proposal_id)
      SELECT max(e.id), NULL, 'not_published', %s, 'own', %s, 'Write.', true, %s FROM stories_event e"""
    assert attack(again, "Other words.", given.ground_id, None) == "statement_has_its_agreement"
    assert attack(again, "Other words.", given.ground_id, second.pk) == "agreement_is_to_what_was_proposed"
    assert attack("UPDATE stories_proposal SET note = 'x' WHERE id = %s", second.pk) == "proposal_stays"
    assert attack("UPDATE stories_proposal SET words = 'x' WHERE id = %s", proposed.pk) == "proposal_stays"
    assert attack("DELETE FROM stories_proposal WHERE id = %s", second.pk) == "proposal_stays"


def test_database_refuses_a_removal_without_its_statement(author, editor):
    story = make_published(author, editor=editor)

    told = attack(
        """INSERT INTO stories_event (story_id, action, machine, from_state, to_state, note, data, at)
        VALUES (%s, 'remove', 'story', 'published', 'removed', '', '{}', now())""",
        story.pk,
    )

    assert told == "restriction_has_its_statement"
