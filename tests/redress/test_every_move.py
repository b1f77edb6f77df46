"""Reports and appeals: each move, in each state, by each person, made if its table says so, else refused."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from stories.models import (
    Appeal,
    AppealAnswer,
    AppealClaim,
    Hearing,
    Reason,
    Report,
    ReportClaim,
    ReportDecision,
    ReportGroup,
    SecondLook,
    Story,
)
from stories.redress import (
    APPEAL_MOVES,
    OF_A_MEMBER,
    REPORT_MOVES,
    AppealAction,
    AppealState,
    ReportAction,
    ReportState,
)
from stories.status import Role
from stories.workflow.appeal_claiming import (
    claim_appeal,
    expire_appeal_claims,
    release_appeal,
    take_over_appeal,
)
from stories.workflow.appeal_keeping import lapse_appeals
from stories.workflow.appealing import appeal, reject_appeal, uphold_appeal
from stories.workflow.appealing_suspensions import appeal_suspension
from stories.workflow.deciding import decline
from stories.workflow.deleting import erase
from stories.workflow.disclaiming import offered_versions
from stories.workflow.judging import Remedy, answered_before, dismiss, uphold
from stories.workflow.looking_again import look_again
from stories.workflow.publishing import unlist
from stories.workflow.report_claiming import claim_reports, expire_report_claims, release_reports
from stories.workflow.report_keeping import lapse_reports
from stories.workflow.sanctioning import suspend
from tests.moves import Trial, expected, undone
from tests.redress.reports import make_claimed_reports, make_report, read_reports
from tests.stories import make_claimed, make_coauthor, make_published, read

WORDS = "It stands in a book."
HOLDER = "other_editor"
REPORTS = (ReportGroup, Report, ReportClaim, ReportDecision, SecondLook)
APPEALS = (Appeal, Hearing, AppealClaim, AppealAnswer)
Verb = Callable[[User], object]


@pytest.fixture
def people(author, editor, other_editor, chief_editor, reader, django_user_model) -> dict[str, User]:
    """Besides the cast an editor who wrote at the story too."""
    writing_editor = django_user_model.objects.create_user("writes-too", "writes@mystory.example")
    writing_editor.groups.add(*editor.groups.all())
    people = (author, editor, other_editor, chief_editor, reader, writing_editor)
    names = ("author", "editor", "other_editor", "chief_editor", "reader", "writing_editor")
    return dict(zip(names, people, strict=True))


@pytest.fixture
def story(people, author, editor) -> Story:
    story = make_published(author, editor=editor)
    make_coauthor(story, people["writing_editor"])
    return story


# The reports of a story ---------------------------------------------------------------------------


def bring_reports(group: ReportGroup, state: str, people: Mapping[str, User]) -> ReportClaim:
    """To `state`, taken once and put back on the way, so that there is an older claim to try."""
    holder = people[HOLDER]
    held = claim_reports(group, by=holder, key=uuid4())
    if state in (ReportState.WAITING, ReportState.LAPSED):
        release_reports(held, by=holder)
    if state == ReportState.LAPSED:
        unlist(group.story, by=people["author"])
        erase(group.story, by=people["author"])
        lapse_reports()
    if state == ReportState.UPHELD:
        uphold(read_reports(held), removal(), by=holder)
    if state == ReportState.DISMISSED:
        dismiss(read_reports(held), by=holder, answer=WORDS)
    if state == ReportState.DUPLICATE:
        answered_before(read_reports(held), ReportGroup.objects.order_by("id").first(), by=holder)
    group.refresh_from_db()
    assert group.state == state
    return held


def removal() -> Remedy:
    return Remedy("remove", note=WORDS, reason=Reason.objects.get(code="copied"))


def report_roles(state: str, who: str) -> set[Role]:
    """The chief editor is one of those who reported it."""
    if who in ("author", "reader", "writing_editor", "chief_editor"):
        return set()
    holds = state == ReportState.IN_REVIEW and who == HOLDER
    return {Role.EDITOR, Role.CLAIMANT} if holds else {Role.EDITOR}


def delete_story(story: Story, author: User) -> None:
    unlist(story, by=author)
    erase(story, by=author)


def test_reports_move_as_the_table_says(story, people, settings):
    settings.SECOND_AGREEMENT = frozenset()
    earlier = make_claimed_reports(story, editor=people["editor"])
    first = dismiss(read_reports(earlier), by=people["editor"], answer=WORDS).group
    made = make_report(story, people["chief_editor"])

    for state in ReportState:
        with undone():
            held = bring_reports(made.group, state, people)
            trial = Trial("report", *REPORTS)
            group, shown = ReportGroup.objects.get(pk=made.group_id), read_reports(held)
            # Afresh with each attempt: a verb that was taken back may have written on the one it was given.
            lease = ReportClaim.objects.filter(pk=held.pk).select_related("group__story")
            verbs: dict[str, Verb] = {
                ReportAction.CLAIM: lambda by, group=group: claim_reports(group, by=by, key=uuid4()),
                ReportAction.RELEASE: lambda by, lease=lease: release_reports(lease.get(), by=by),
                ReportAction.UPHOLD: lambda by, shown=shown: uphold(shown, removal(), by=by),
                ReportAction.DISMISS: lambda by, shown=shown: dismiss(shown, by=by, answer=WORDS),
                ReportAction.DUPLICATE: lambda by, shown=shown: answered_before(shown, first, by=by),
            }
            trial.check(verbs, REPORT_MOVES, state, people, report_roles)

            # While reports wait, others join them; after an answer they begin anew, and so does a second look.
            answered = state in (ReportState.DISMISSED, ReportState.DUPLICATE)
            begins: dict[str, Callable[[], object]] = {
                ReportAction.REPORT: lambda: make_report(story),
                ReportAction.AGAIN: lambda: look_again(made, WORDS),
            }
            for action, verb in begins.items():
                begun = expected(REPORT_MOVES, action, "", {Role.READER})
                assert trial.of(verb) == (begun if answered else None), (state, action)

            later = timezone.now() + timedelta(hours=1)
            clock: dict[str, Verb] = {
                ReportAction.EXPIRE: lambda by, later=later: expire_report_claims(at=later),
                ReportAction.LAPSE: lambda by: (delete_story(story, people["author"]), lapse_reports()),
            }
            trial.check(clock, REPORT_MOVES, state, {"clock": None}, lambda *_: {Role.CLOCK})
    assert {*verbs, *clock, *begins} == set(REPORT_MOVES)


# An appeal ----------------------------------------------------------------------------------------


def bring_appeal(made: Appeal, state: str, people: Mapping[str, User]) -> AppealClaim:
    holder = people[HOLDER]
    release_appeal(claim_appeal(made.hearing, by=holder, key=uuid4()), by=holder)
    held = claim_appeal(made.hearing, by=holder, key=uuid4())
    if state == AppealState.OPEN:
        release_appeal(held, by=holder)
    if state == AppealState.LAPSED:
        release_appeal(held, by=holder)
        erase(made.story, by=people["author"])
        lapse_appeals()
    if state == AppealState.UPHELD:
        uphold_appeal(held, by=holder, answer=WORDS, disclaimers=offered_versions("en")[:1])
    if state == AppealState.REJECTED:
        reject_appeal(held, by=holder, answer=WORDS)
    assert Hearing.objects.get().state == state
    return held


def appeal_roles(state: str, who: str) -> set[Role]:
    """The editor is who decided before."""
    if who in ("author", "writing_editor"):
        return {Role.AUTHOR}
    if who in ("reader", "editor"):
        return set()
    if state != AppealState.IN_REVIEW:
        return {Role.SECOND}
    return {Role.SECOND, Role.CLAIMANT if who == HOLDER else Role.COLLEAGUE}


def test_appeal_moves_as_the_table_says(people, author, editor, settings):
    settings.SECOND_AGREEMENT = frozenset()
    held = make_claimed(author, editor=editor)
    story = held.submission.story
    make_coauthor(story, people["writing_editor"])
    declined = decline(read(held), by=editor, reason=Reason.objects.get(code="copied"), note=WORDS)
    begin = {AppealAction.APPEAL: lambda by: appeal(story, declined, WORDS, by=by, key=uuid4())}
    Trial("appeal", *APPEALS).check(begin, APPEAL_MOVES, "", people, appeal_roles)
    made = appeal(story, declined, WORDS, by=author, key=uuid4())
    versions = offered_versions("en")[:1]

    for state in AppealState:
        with undone():
            held = bring_appeal(made, state, people)
            trial = Trial("appeal", *APPEALS)
            lease = AppealClaim.objects.filter(pk=held.pk).select_related("hearing__appeal__story")
            verbs: dict[str, Verb] = {
                **begin,
                AppealAction.CLAIM: lambda by: claim_appeal(made.hearing, by=by, key=uuid4()),
                AppealAction.TAKE_OVER: lambda by, lease=lease: take_over_appeal(
                    lease.get(), by=by, key=uuid4(), note=WORDS
                ),
                AppealAction.RELEASE: lambda by, lease=lease: release_appeal(lease.get(), by=by),
                AppealAction.UPHOLD: lambda by, lease=lease: uphold_appeal(
                    lease.get(), by=by, answer=WORDS, disclaimers=versions
                ),
                AppealAction.REJECT: lambda by, lease=lease: reject_appeal(lease.get(), by=by, answer=WORDS),
            }
            trial.check(verbs, APPEAL_MOVES, state, people, appeal_roles)
            later = timezone.now() + timedelta(hours=1)
            clock = {
                AppealAction.EXPIRE: lambda by, later=later: expire_appeal_claims(at=later),
                AppealAction.LAPSE: lambda by: (erase(story, by=author), lapse_appeals()),
            }
            trial.check(clock, APPEAL_MOVES, state, {"clock": None}, lambda *_: {Role.CLOCK})
    assert {*verbs, *clock} == set(APPEAL_MOVES)


def test_appeal_against_a_suspension_moves_by_the_same_table(story, people, author, editor):
    """Of its author alone, whatever becomes of the story; the record has other names for what others may not read."""
    given = suspend(
        author, story, by=editor, reason=Reason.objects.get(code="copied"), note=WORDS, days=3, key=uuid4()
    )
    moves = {OF_A_MEMBER.get(action, action): move for action, move in APPEAL_MOVES.items()}
    begin = {"appeal_suspension": lambda by: appeal_suspension(given, WORDS, by=by, key=uuid4())}
    Trial("appeal", *APPEALS).check(begin, moves, "", people, roles_of_member)
    made = appeal_suspension(given, WORDS, by=author, key=uuid4())

    for state in (each for each in AppealState if each != AppealState.LAPSED):
        with undone():
            held = bring_appeal(made, state, people)
            lease = AppealClaim.objects.filter(pk=held.pk).select_related("hearing__appeal__story")
            verbs: dict[str, Verb] = {
                **begin,
                "claim_appeal": lambda by: claim_appeal(made.hearing, by=by, key=uuid4()),
                "reverse_suspension": lambda by, lease=lease: uphold_appeal(lease.get(), by=by, answer=WORDS),
                "confirm_suspension": lambda by, lease=lease: reject_appeal(lease.get(), by=by, answer=WORDS),
            }
            Trial("appeal", *APPEALS).check(verbs, moves, state, people, roles_of_member)


def roles_of_member(state: str, who: str) -> set[Role]:
    return set() if who == "writing_editor" else appeal_roles(state, who)
