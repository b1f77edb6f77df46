"""Each move, in each state, by each person: made if the one table says so, else refused and nothing is changed."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Claim, Event, Reason, Story, Submission
from stories.permissions import allowed_actions
from stories.status import (
    ENDED,
    OPEN,
    STORY_MOVES,
    SUBMISSION_MOVES,
    Action,
    Move,
    MoveRefused,
    Role,
    StoryState,
    SubmissionState,
)
from stories.workflow.claiming import claim, expire_claims, release
from stories.workflow.coauthoring import leave
from stories.workflow.deciding import approve, decline, return_to_author
from stories.workflow.disclaiming import offered_versions
from stories.workflow.publishing import publish_again, remove, restore, unlist
from stories.workflow.submitting import submit, withdraw
from stories.workflow.taking_over import take_over
from tests.stories import approve_claimed, change_draft, make_coauthor, make_draft, read

AUTHORS = ("author", "other_author")
EDITORS = ("editor", "other_editor", "chief_editor")  # the first of them holds the claim
OTHERS = ("reader", "former_author")  # who was an author once is an editor now
SENT = (Action.SUBMIT, Action.RESUBMIT, Action.REPLACE)
NOTE = "It sells an oven."


@pytest.fixture
def people(author, other_author, editor, other_editor, chief_editor, reader) -> dict[str, User]:
    names = ("author", "other_author", "editor", "other_editor", "chief_editor", "reader")
    return dict(zip(names, (author, other_author, editor, other_editor, chief_editor, reader), strict=True))


@pytest.fixture
def story(people, django_user_model) -> Story:
    """By two; a third wrote at it and left, and became an editor."""
    begun = make_draft(people["author"])
    people["former_author"] = django_user_model.objects.create_user("was-here", "was@mystory.example")
    for coauthor in ("other_author", "former_author"):
        make_coauthor(begun, people[coauthor])
    leave(begun, by=people["former_author"])
    people["former_author"].groups.add(*people["editor"].groups.all())
    return begun


def roles_in(state: str, who: str) -> set[Role]:
    if who in AUTHORS:
        return {Role.AUTHOR}
    if who not in EDITORS:
        return set()
    holds = state == SubmissionState.IN_REVIEW and who == EDITORS[0]
    if state != SubmissionState.IN_REVIEW:
        return {Role.EDITOR}
    return {Role.EDITOR, Role.CLAIMANT if holds else Role.COLLEAGUE}


def made(move: Callable[[], object], thing: Story | Submission) -> tuple[str, str, str] | None:
    """What it did, as its event has it; None when it was refused. Either way all is as it was before."""
    before = Event.objects.count()
    try:
        with transaction.atomic():
            try:
                move()
            except MoveRefused:
                assert Event.objects.count() == before
                return None
            machine = "story" if isinstance(thing, Story) else "submission"
            event = Event.objects.filter(machine=machine).latest("id")
            now = type(thing).objects.order_by("id").last()
            assert (Event.objects.count() > before, now.state) == (True, event.to_state)
            raise Undone(event.action, event.from_state, event.to_state)
    except Undone as undone:
        return undone.args


class Undone(Exception):
    pass


def expected(moves: Mapping[Action, Move], action: Action, state: str, roles: set[Role]):
    move = moves[action]
    return (action.value, state, move.target) if state in move.sources and move.role in roles else None


# A submission -------------------------------------------------------------------------------------


def bring(story: Story, state: str, people: Mapping[str, User]) -> Submission | None:
    """To `state`, read once and put back on the way, so that there is an older claim to try."""
    author, editor = people["author"], people["editor"]
    if not state:
        return None
    submission = submit(story, by=author)
    release(claim(submission, by=editor, key=uuid4()), by=editor)
    if state == SubmissionState.WITHDRAWN:
        withdraw(story, by=author)
    elif state != SubmissionState.QUEUED:
        held = claim(submission, by=editor, key=uuid4())
        if state == SubmissionState.RETURNED:
            return_to_author(read(held), by=editor, note=NOTE)
        elif state == SubmissionState.DECLINED:
            decline(read(held), by=editor, reason=Reason.objects.first(), note=NOTE)
        elif state == SubmissionState.APPROVED:
            approve_claimed(held)
    submission.refresh_from_db()
    if state != SubmissionState.IN_REVIEW:
        change_draft(story, title="A newer title")
    return submission


@pytest.mark.parametrize("state", ["", *SubmissionState])
def test_submission_moves_as_the_table_says_in(state, story, people):
    submission = bring(story, state, people)
    held = Claim.objects.order_by("id").last()
    versions, reason = offered_versions("en")[:1], Reason.objects.first()
    verbs: dict[Action, Callable[[User], object]] = {Action.WITHDRAW: lambda by: withdraw(story, by=by)}
    if submission is not None and held is not None:
        verbs |= {
            Action.CLAIM: lambda by: claim(submission, by=by, key=uuid4()),
            Action.TAKE_OVER: lambda by: take_over(held, by=by, key=uuid4(), note=NOTE),
            Action.RELEASE: lambda by: release(held, by=by),
            Action.APPROVE: lambda by: approve(read(held), by=by, disclaimers=versions),
            Action.RETURN: lambda by: return_to_author(read(held), by=by, note=NOTE),
            Action.DECLINE: lambda by: decline(read(held), by=by, reason=reason, note=NOTE),
        }
    thing = submission or Submission(state="")

    for who in (*AUTHORS, *EDITORS, *OTHERS):
        by, roles = people[who], roles_in(state, who)
        for action, verb in verbs.items():
            found = made(lambda verb=verb, by=by: verb(by), thing)
            assert found == expected(SUBMISSION_MOVES, action, state, roles), (who, action)
            if submission is not None:
                offered = allowed_actions(by, submission, held if held.ended_at is None else None)
                assert (action in offered) is (found is not None), (who, action)
        # One verb hands a story in; which move it is depends on what there is.
        began = "" if state in ENDED else state
        sent = [move for action in SENT if (move := expected(SUBMISSION_MOVES, action, began, roles))]
        found = made(lambda by=by: submit(story, by=by), thing)
        assert found == (sent[0] if sent else None), (who, "hands it in")

    later = timezone.now() + timedelta(hours=1)
    ran_out = expire_claims(at=later)
    assert ran_out == (expected(SUBMISSION_MOVES, Action.EXPIRE, state, {Role.CLOCK}) is not None)
    if ran_out:
        assert Submission.objects.get().state == SUBMISSION_MOVES[Action.EXPIRE].target


def published_with_a_trip(story: Story, state: str, people: Mapping[str, User]) -> None:
    """A published story whose newer text stands in `state`; what is written now is a word more than readers see."""
    approve_claimed(claim(submit(story, by=people["author"]), by=people["editor"], key=uuid4()))
    story.refresh_from_db()
    if state:
        change_draft(story, title="Another")
        bring(story, state, people)
    shown = Story.objects.get(pk=story.pk).published_revision
    if state != SubmissionState.IN_REVIEW:
        change_draft(story, title=shown.title, body=shown.body.replace("winters", "long winters"))


@pytest.mark.parametrize("state", ["", *SubmissionState])
def test_policy_approves_what_begins_to_wait_and_nothing_that_waited(state, people, settings):
    settings.TRUSTED_AFTER = 1
    story = make_draft(people["author"])
    published_with_a_trip(story, state, people)
    policy = SUBMISSION_MOVES[Action.APPROVE_BY_POLICY]

    if state == SubmissionState.IN_REVIEW:
        with pytest.raises(MoveRefused):
            submit(story, by=people["author"])
        return
    submission = submit(story, by=people["author"])

    begins = state in ("", *ENDED) and state != SubmissionState.DECLINED  # then the trust is lost
    assert submission.state == (policy.target if begins else SubmissionState.QUEUED)
    made_by = submission.events.filter(action=Action.APPROVE_BY_POLICY)
    assert [(e.from_state, e.to_state) for e in made_by] == [(*policy.sources, policy.target)] * begins


# A story ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", StoryState)
def test_story_moves_as_the_table_says_in(state, story, people):
    author, editor, reason = people["author"], people["editor"], Reason.objects.first()
    if state != StoryState.DRAFT:
        approve_claimed(claim(submit(story, by=author), by=editor, key=uuid4()))
        change_draft(story, title="A newer title")
    held = claim(submit(story, by=author), by=editor, key=uuid4())
    if state == StoryState.UNLISTED:
        unlist(story, by=author)
    elif state == StoryState.REMOVED:
        remove(story, by=people["chief_editor"], reason=reason, note=NOTE)
    versions = offered_versions("en")[:1]
    verbs: dict[Action, Callable[[User], object]] = {
        Action.PUBLISH: lambda by: approve(read(held), by=by, disclaimers=versions),
        Action.UNLIST: lambda by: unlist(story, by=by),
        Action.PUBLISH_AGAIN: lambda by: publish_again(story, by=by),
        Action.REMOVE: lambda by: remove(story, by=by, reason=reason, note=NOTE),
        Action.RESTORE: lambda by: restore(story, by=by, note=NOTE),
    }
    assert set(verbs) == set(STORY_MOVES)
    assert held.submission.state in OPEN

    for who in (*AUTHORS, *EDITORS, *OTHERS):
        by, roles = people[who], roles_in(SubmissionState.IN_REVIEW, who)
        for action, verb in verbs.items():
            found = made(lambda verb=verb, by=by: verb(by), story)
            assert found == expected(STORY_MOVES, action, state, roles), (who, action)
