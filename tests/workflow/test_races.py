"""Many at once, with real threads on real connections: nothing is claimed, decided or published twice, or lost."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from stories.models import Claim, Decision, Event, Notice, Reason, Story, Submission
from stories.status import MoveRefused, SubmissionState
from stories.workflow.claiming import NothingWaiting, claim_next, expire_claims
from stories.workflow.deciding import Read, approve, decline, return_to_author
from stories.workflow.disclaiming import offered_versions
from stories.workflow.drafting import DraftConflict, save_draft
from stories.workflow.publishing import publish_due, unlist
from stories.workflow.sanctioning import warn
from stories.workflow.submitting import submit, withdraw
from tests.cast import make_member
from tests.stories import (
    approve_claimed,
    change_draft,
    make_claimed,
    make_content,
    make_draft,
    make_published,
    make_waiting,
    read,
)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Runs the jobs in threads that start together; a refusal is a result, any other exception is raised."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=30)
            return job()
        except MoveRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [future.result(timeout=120) for future in [pool.submit(run, job) for job in jobs]]


@pytest.fixture
def editors(transactional_db) -> list[User]:
    assert Group.objects.exists()
    return [make_member(f"editor-{word}", word.title(), role=Role.EDITOR) for word in _EIGHT]


_EIGHT = ("north", "south", "east", "west", "spring", "summer", "autumn", "winter")


@pytest.mark.slow
def test_eight_editors_decide_four_hundred_submissions_once_each(author, editors):
    for number in range(400):
        make_waiting(author, title=f"Story {number}")
    reason = Reason.objects.get(code="too-thin")
    versions = offered_versions("en")[:1]

    def work(editor: User) -> list[int]:
        random = Random(editor.username)
        decided = []
        while True:
            try:
                held = claim_next(by=editor, key=uuid4())
            except NothingWaiting:
                return decided
            answer = random.randrange(3)
            if answer == 0:
                approve(read(held), by=editor, disclaimers=versions)
            elif answer == 1:
                return_to_author(read(held), by=editor, note="More, please.")
            else:
                decline(read(held), by=editor, reason=reason, note="Not this time.")
            decided.append(held.submission_id)

    results = at_once(*(lambda editor=editor: work(editor) for editor in editors))

    everything = [pk for decided in results for pk in decided]
    assert sorted(everything) == sorted(Submission.objects.values_list("pk", flat=True))
    assert not Submission.objects.with_editors().exists()
    assert Counter(Decision.objects.values_list("submission", flat=True)).most_common(1)[0][1] == 1
    assert Claim.objects.count() == Decision.objects.count() == Notice.objects.count() == 400
    moves = Counter(Event.objects.filter(machine="submission").values_list("submission", "action"))
    assert set(moves.values()) == {1}
    assert len(moves) == 3 * 400
    assert Story.objects.published().count() == Decision.objects.filter(kind="approve").count()


def test_fifty_races_for_one_story_have_one_winner(author, editors):
    for _ in range(50):
        make_waiting(author)

        results = at_once(*(lambda editor=editor: claim_next(by=editor, key=uuid4()) for editor in editors))

        assert sum(isinstance(result, Claim) for result in results) == 1
        held = next(result for result in results if isinstance(result, Claim))
        approve_claimed(held)


def test_same_claim_form_sent_eight_times_at_once_claims_once(author, editor):
    for _ in range(8):
        make_waiting(author)
    key = uuid4()

    results = at_once(*(lambda: claim_next(by=editor, key=key) for _ in range(8)))

    assert len({result.pk for result in results}) == 1
    assert Claim.objects.count() == 1


def test_same_decision_sent_eight_times_at_once_is_made_once(author, editor):
    held = make_claimed(author, editor=editor)
    looked_at = read(held)
    versions = offered_versions("en")[:1]

    results = at_once(*(lambda: approve(looked_at, by=editor, disclaimers=versions) for _ in range(8)))

    assert sum(isinstance(result, Decision) for result in results) == 1
    assert Notice.objects.count() == 1


def test_author_resubmitting_while_an_editor_approves_never_shows_an_unapproved_text(author, editor):
    versions = offered_versions("en")[:1]
    for number in range(60):
        now = timezone.now()
        held = make_claimed(author, editor=editor, title=f"Approved {number}", at=now)
        looked_at = read(held)
        story = held.submission.story

        def lapse_and_resubmit(story: Story = story, now=now, number: int = number) -> object:
            # The lease has run out for the clock of this thread, so the author may change the text again.
            expire_claims(at=now + timedelta(minutes=21))
            change_draft(story, title=f"Never read {number}")
            return submit(story, by=author)

        def approve_it(looked_at: Read = looked_at) -> object:
            return approve(looked_at, by=editor, disclaimers=versions)

        at_once(lapse_and_resubmit, approve_it)

        story.refresh_from_db()
        if story.published_revision is not None:
            assert story.published_revision.title == f"Approved {number}"
        submission = story.submissions.latest("id")
        assert submission.state in {SubmissionState.APPROVED, SubmissionState.QUEUED}
    decided = Decision.objects.filter(kind="approve").values_list("revision", flat=True)
    public = Story.objects.published().values_list("published_revision", flat=True)
    assert set(public) <= set(decided)


def test_withdrawing_while_an_editor_claims_leaves_one_of_the_two(author, editor):
    for _ in range(40):
        submission = make_waiting(author)

        at_once(
            lambda submission=submission: withdraw(submission.story, by=author),
            lambda: claim_next(by=editor, key=uuid4()),
        )

        submission.refresh_from_db()
        live = submission.claims.live().count()
        assert (submission.state, live) in {("withdrawn", 0), ("in_review", 1)}
        if live:
            approve_claimed(submission.claims.live().get())


def test_two_tabs_saving_at_once_lose_nothing(author):
    for number in range(40):
        story = make_draft(author, title=f"Start {number}")
        offers = [make_content(title=f"{tab} {number}") for tab in ("left", "right")]

        results = at_once(
            *(
                lambda story=story, offer=offer: save_draft(story, offer, by=author, version=1)
                for offer in offers
            )
        )

        conflicts = [result for result in results if isinstance(result, DraftConflict)]
        assert len(conflicts) == 1
        assert {conflicts[0].draft.title, conflicts[0].offered.title} == {offer.title for offer in offers}


def test_two_clocks_publish_what_is_due_once(author, editor):
    now = timezone.now()
    for _ in range(20):
        approve_claimed(
            make_claimed(author, editor=editor, at=now), at=now, publish_at=now + timedelta(hours=1)
        )

    published = at_once(*(lambda: publish_due(at=now + timedelta(hours=2)) for _ in range(4)))

    assert sum(published) == 20
    assert Event.objects.filter(action="publish").count() == 20


def test_same_title_published_at_once_gets_different_addresses(author, editors):
    held = [make_claimed(author, editor=editor) for editor in editors]

    results = at_once(*(lambda claim=claim: approve_claimed(claim) for claim in held))

    assert all(isinstance(result, Decision) for result in results)
    assert Story.objects.published().values("slug").distinct().count() == len(editors)


def test_unlisting_while_a_new_text_is_approved_ends_in_a_legal_state(author, editor):
    for _ in range(20):
        first = approve_claimed(make_claimed(author, editor=editor))
        story = Story.objects.get(pk=first.submission.story_id)
        change_draft(story, title="Second")
        submit(story, by=author)
        held = claim_next(by=editor, key=uuid4())

        at_once(
            lambda story=story: unlist(story, by=author),
            lambda held=held: approve_claimed(held),
        )

        story.refresh_from_db()
        assert story.state in {"published", "unlisted"}
        assert story.published_revision.title == "Second"
        listed = story.topiclistings.filter(listed_at__isnull=False).exists()
        assert listed is (story.state == "published")


def test_small_change_goes_live_once_and_never_after_a_warning(author, editors, settings):
    settings.TRUSTED_AFTER = 1
    story = make_published(author, editor=editors[0])
    change_draft(story, body=story.published_revision.body.replace("winters", "long winters"))
    reason = Reason.objects.get(code="too-thin")

    at_once(
        lambda: submit(story, by=author),
        lambda: submit(story, by=author),
        lambda: warn(author, story, by=editors[1], reason=reason, note="Why.", key=uuid4()),
    )

    warned = Event.objects.get(action="warn_member")
    live = list(Event.objects.filter(action="approve_by_policy"))
    submission = story.submissions.latest("id")
    assert submission.state == (SubmissionState.APPROVED if live else SubmissionState.QUEUED)
    assert Decision.objects.exclude(policy="").count() == len(live) == (1 if live else 0)
    assert all(event.pk < warned.pk for event in live)
    assert story.submissions.count() == 2
