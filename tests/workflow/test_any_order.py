"""Random sequences of every verb by everybody; after each step all that must always hold is looked at."""

import os
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from accounts.roles import Role
from stories.content import content_sha256
from stories.models import (
    Answer,
    AppealAnswer,
    Claim,
    Decision,
    Event,
    Hearing,
    Invitation,
    LaterLook,
    Notice,
    Reason,
    Report,
    ReportDecision,
    ReportGroup,
    Request,
    Revision,
    SearchEntry,
    Story,
    Submission,
)
from stories.permissions import allowed_actions
from stories.prose.clean import clean
from stories.redress import APPEAL_MOVES, REPORT_MOVES
from stories.small_changes import change_between
from stories.status import OPEN, STORY_MOVES, SUBMISSION_MOVES, MoveRefused, StoryState, SubmissionState
from stories.workflow import (
    answering,
    appeal_claiming,
    appealing,
    claiming,
    coauthoring,
    deciding,
    disclaiming,
    drafting,
    inviting,
    judging,
    looking_again,
    looking_later,
    publishing,
    report_claiming,
    reporting,
    settling,
    submitting,
    taking_over,
)
from stories.workflow.settling import VERDICTS
from stories.workflow.trusting import approvals_in_row
from tests.cast import make_member
from tests.stories import make_content, make_topic

PEOPLE = st.sampled_from(["author", "other_author", "editor", "other_editor", "chief_editor", "reader"])
PICK = st.integers(min_value=0, max_value=1_000)
EDITORS = st.sampled_from(["editor", "other_editor", "chief_editor"])
ANSWERS = st.sampled_from(["approve", "approve", "schedule", "return", "decline"])
REPORTED = st.sampled_from(["copied", "spam", "illegal"])
JUDGED = st.sampled_from(
    ["dismiss", "dismiss", "remove", "disclaimer", "return", "done", "duplicate", "release", "renew", "leave"]
)
HEARD = st.sampled_from(["uphold", "uphold", "reject", "take over", "release", "renew", "leave"])
WHY = st.sampled_from(["The archive has it.", "The archive has it.", ""])
NOTE = "Say which words were in the notebook."
WORDS = st.sampled_from(["flour", "salt", "wait", "fold", "<script>alert(1)</script>oven", "हिन्दी", "کہانی"])


class AnyOrder(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = timezone.now()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.acknowledged: dict[int, str] = {}  # story -> body of the last save that was confirmed
        self.reads: list[deciding.Read] = []  # what editors once had before them
        self.given: dict[int, list[str]] = {}  # story -> the disclaimers it was given
        self.offered: set[tuple[object, ...]] = (
            set()
        )  # what decides on the moves that people are offered, once looked at
        self.steps: dict[int, bool] = {}  # decision by policy -> whether it was a small step

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @initialize()
    def people_arrive(self) -> None:
        make_topic()
        roles = {"editor": Role.EDITOR, "other_editor": Role.EDITOR, "chief_editor": Role.CHIEF_EDITOR}
        names = ("author", "other_author", "editor", "other_editor", "chief_editor", "reader")
        self.people: dict[str, User] = {
            name: make_member(f"cast-{name.replace('_', '-')}", name, role=roles.get(name, Role.NONE))
            for name in names
        }
        self.reason = Reason.objects.first()
        self.versions = disclaiming.offered_versions("en")
        for name in ("author", "other_author", "editor"):
            self.begin(name, uuid4(), "flour")
        # A morning on which an author earned something and used it: few random steps come that far.
        self.gets_an_answer(0, "flour", "other_editor", "approve")
        self.change_a_few_words(0, "salt")
        assert LaterLook.objects.waiting().exists()

    # What people do -----------------------------------------------------------------------------

    def attempt(self, verb: Callable[[], object]) -> object | None:
        """Runs a verb; one that refuses leaves nothing behind."""
        self.now += timedelta(seconds=1)
        before = self.count_of_everything()
        try:
            with transaction.atomic():
                return verb()
        except MoveRefused:
            # A claim first puts back what ran out, and keeps that when it then finds nothing.
            expired = Event.objects.filter(action="expire", at=self.now).count()
            assert self.count_of_everything() == before + expired
            return None

    def count_of_everything(self) -> int:
        return Event.objects.count() + 1000 * (Decision.objects.count() + Notice.objects.count())

    def story(self, pick: int) -> Story | None:
        stories = list(Story.objects.order_by("id"))
        return stories[pick % len(stories)] if stories else None

    @rule(who=PEOPLE, key=st.uuids(version=4), words=WORDS)
    def begins(self, who: str, key: UUID, words: str) -> None:
        self.begin(who, key, words)

    def begin(self, who: str, key: UUID, words: str) -> None:
        by = self.people[who]
        story = self.attempt(lambda: drafting.begin_story(by=by, key=key, at=self.now))
        if isinstance(story, Story):
            self.save(story, by, version=0, words=words)

    @rule(who=PEOPLE, pick=PICK, words=WORDS, lag=st.integers(0, 1))
    def write(self, who: str, pick: int, words: str, lag: int) -> None:
        if story := self.story(pick):
            self.save(story, self.people[who], version=max(0, story.draft.version - lag), words=words)

    def save(self, story: Story, by: User, *, version: int, words: str) -> None:
        content = make_content(body=f"<p>{words} {uuid4()}</p>")
        saved = self.attempt(lambda: drafting.save_draft(story, content, by=by, version=version, at=self.now))
        if isinstance(saved, drafting.Saved):
            self.acknowledged[story.pk] = saved.draft.body

    @rule(who=PEOPLE, pick=PICK)
    def submit(self, who: str, pick: int) -> None:
        if story := self.story(pick):
            self.attempt(lambda: submitting.submit(story, by=self.people[who], at=self.now))

    @rule(pick=PICK)
    def author_submits_again(self, pick: int) -> None:
        self.author_submits(pick)

    def author_submits(self, pick: int) -> None:
        if story := self.story(pick):
            self.attempt(lambda: submitting.submit(story, by=story.author, at=self.now))

    @rule(pick=PICK, words=WORDS, editor=EDITORS, answer=ANSWERS)
    def whole_round(self, pick: int, words: str, editor: str, answer: str) -> None:
        """What happens on an ordinary day, so that random steps start from everywhere."""
        self.gets_an_answer(pick, words, editor, answer)

    def gets_an_answer(self, pick: int, words: str, editor: str, answer: str) -> None:
        if story := self.story(pick):
            self.save(story, story.author, version=story.draft.version, words=words)
            self.author_submits(pick)
            self.take(editor, uuid4())
            if self.reads:
                self.settle_all(self.reads[-1], self.reads[-1].claim.editor, Answer.Kind.ACCEPTED, "")
                self.answer(self.reads[-1], self.reads[-1].claim.editor, answer, NOTE, pick)

    @rule(pick=PICK, words=WORDS)
    def changes_a_few_words(self, pick: int, words: str) -> None:
        self.change_a_few_words(pick, words)

    def change_a_few_words(self, pick: int, words: str) -> None:
        """Of what readers see; where the site trusts early, they see it at once."""
        public = list(Story.objects.published().select_related("draft", "published_revision").order_by("id"))
        if not public:
            return
        story = public[pick % len(public)]
        if pick % 4:
            self.attempt(lambda: submitting.withdraw(story, by=story.author, at=self.now))
        content = story.published_revision.content
        content = content.changed(body=f"{content.body}<p>{words}</p>")
        saved = self.attempt(
            lambda: drafting.save_draft(
                story, content, by=story.author, version=story.draft.version, at=self.now
            )
        )
        if isinstance(saved, drafting.Saved):
            self.acknowledged[story.pk] = saved.draft.body
        is_trusted = self.has_earned_it(story.author)
        with override_settings(TRUSTED_AFTER=1):
            sent = self.attempt(lambda: submitting.submit(story, by=story.author, at=self.now))
        if isinstance(sent, Submission) and sent.state == SubmissionState.APPROVED:
            assert is_trusted

    @staticmethod
    def has_earned_it(author: User) -> bool:
        """Said without the database's own count: an editor approved a text, and since then nothing was amiss."""
        theirs = Decision.objects.filter(submission__story__author=author)
        approved = theirs.filter(kind="approve", policy="").order_by("-decided_at").first()
        if approved is None:
            return False
        stands = ~Q(appeal__answer__is_upheld=True)
        since = {"story__author": author, "at__gte": approved.decided_at}
        amiss = Event.objects.filter(stands, action__in=["remove", "put_back"], **since)
        upheld = ReportDecision.objects.filter(
            group__story__author=author, kind="uphold", decided_at__gte=approved.decided_at
        )
        declined = theirs.filter(stands, kind="decline", decided_at__gte=approved.decided_at)
        return not (amiss.exists() or declined.exists() or upheld.exclude(measure="remove").exists())

    @rule(who=st.one_of(EDITORS, PEOPLE), pick=PICK, look=st.sampled_from(["fine", "put back", "put back"]))
    def a_second_look_is_taken(self, who: str, pick: int, look: str) -> None:
        """At one that waits for it, or at one that is past."""
        found = list(LaterLook.objects.waiting()) or list(LaterLook.objects.all())
        if not found:
            return
        chosen, by = found[pick % len(found)], self.people[who]
        verbs: dict[str, Callable[[], object]] = {
            "fine": lambda: looking_later.find_fine(chosen, by=by, at=self.now),
            "put back": lambda: looking_later.put_back(
                chosen, by=by, reason=self.reason, note=NOTE, at=self.now
            ),
        }
        if self.attempt(verbs[look]) is not None and look == "put back":
            for author in chosen.decision.submission.story.authors():
                assert approvals_in_row(author) == 0

    @rule(who=PEOPLE, pick=PICK)
    def withdraw(self, who: str, pick: int) -> None:
        if story := self.story(pick):
            self.attempt(lambda: submitting.withdraw(story, by=self.people[who], at=self.now))

    @rule(who=st.one_of(EDITORS, PEOPLE), key=st.uuids(version=4))
    def claim_next(self, who: str, key: UUID) -> None:
        self.take(who, key)

    def take(self, who: str, key: UUID) -> None:
        claim = self.attempt(lambda: claiming.claim_next(by=self.people[who], key=key, at=self.now))
        if isinstance(claim, Claim):
            again = claiming.claim_next(by=self.people[who], key=key, at=self.now)
            assert again == claim
            self.look(claim)

    @rule(who=PEOPLE, pick=PICK, key=st.uuids(version=4))
    def claim(self, who: str, pick: int, key: UUID) -> None:
        submissions = list(Submission.objects.select_related("story").order_by("id"))
        if submissions:
            submission = submissions[pick % len(submissions)]
            claim = self.attempt(
                lambda: claiming.claim(submission, by=self.people[who], key=key, at=self.now)
            )
            if isinstance(claim, Claim):
                self.look(claim)

    def look(self, claim: Claim) -> None:
        revision = Submission.objects.get(pk=claim.submission_id).revision
        self.reads.append(deciding.Read(claim=claim, revision_id=revision.pk, sha256=revision.sha256))

    @precondition(lambda self: self.reads)
    @rule(who=PEOPLE, pick=PICK, renew=st.booleans())
    def renew_or_release(self, who: str, pick: int, renew: bool) -> None:
        verb = claiming.renew if renew else claiming.release
        read = self.reads[pick % len(self.reads)]
        self.attempt(lambda: verb(read.claim, by=self.people[who], at=self.now))

    @precondition(lambda self: self.reads)
    @rule(who=st.one_of(EDITORS, PEOPLE), pick=PICK, key=st.uuids(version=4), why=WHY)
    def take_over(self, who: str, pick: int, key: UUID, why: str) -> None:
        """From whoever holds it, or from somebody who held it once."""
        by, read = self.people[who], self.reads[-1 - pick % len(self.reads)]
        held = Claim.objects.select_related("submission__story").get(pk=read.claim.pk)
        taken = self.attempt(lambda: taking_over.take_over(held, by=by, key=key, note=why, at=self.now))
        if isinstance(taken, Claim):
            assert why
            assert taken == taking_over.take_over(held, by=by, key=key, note=why, at=self.now)
            held.refresh_from_db()
            assert (held.end, taken.editor) == (Claim.End.TAKEN, by)
            event = Event.objects.get(action="take_over", data__previous=held.pk)
            assert Notice.objects.get(event=event).recipient_id == held.editor_id
            self.answer(read, held.editor, "approve", NOTE, pick)
            assert not Decision.objects.filter(claim=held).exists()
            self.look(taken)

    @precondition(lambda self: self.reads)
    @rule(
        pick=PICK,
        claims=PICK,
        who=st.one_of(st.none(), PEOPLE),
        answer=ANSWERS,
        note=st.sampled_from([NOTE, NOTE, ""]),
    )
    def decide(self, pick: int, claims: int, who: str | None, answer: str, note: str) -> None:
        # Mostly the text that was read under the claim it was read under, sometimes another one.
        read, other = self.reads[-1 - pick % len(self.reads)], self.reads[-1 - claims % len(self.reads)]
        if claims % 5 == 0:
            read = deciding.Read(claim=read.claim, revision_id=other.revision_id, sha256=other.sha256)
        self.answer(read, self.people[who] if who else read.claim.editor, answer, note, pick)

    def answer(self, read: deciding.Read, by: User, answer: str, note: str, pick: int) -> None:
        later = self.now + timedelta(minutes=30) if answer == "schedule" else None
        version = self.versions[pick % len(self.versions)]
        verbs = {
            "approve": lambda: deciding.approve(read, by=by, disclaimers=[version], note=note, at=self.now),
            "schedule": lambda: deciding.approve(
                read, by=by, disclaimers=[version], note=note, publish_at=later, at=self.now
            ),
            "return": lambda: deciding.return_to_author(
                read, by=by, note=note, requests=["Name the year."] * (pick % 2), at=self.now
            ),
            "decline": lambda: deciding.decline(read, by=by, reason=self.reason, note=note, at=self.now),
        }
        decision = self.attempt(verbs[answer])
        if isinstance(decision, Decision):
            assert decision.decided_by_id == read.claim.editor_id
            assert self.attempt(verbs[answer]) is None
            if answer == "approve":
                self.given[decision.submission.story_id] = [disclaiming.fill(version.text)]

    @precondition(lambda self: self.reads)
    @rule(pick=PICK, who=st.one_of(st.none(), st.none(), PEOPLE), kind=st.sampled_from(VERDICTS), why=WHY)
    def settle(self, pick: int, who: str | None, kind: Answer.Kind, why: str) -> None:
        read = self.reads[-1 - pick % len(self.reads)]
        self.settle_all(read, self.people[who] if who else read.claim.editor, kind, why)

    def settle_all(self, read: deciding.Read, by: User, kind: Answer.Kind, why: str) -> None:
        asked = Request.objects.made_on(read.claim.submission)
        given = {request.pk: settling.Verdict(kind, why) for request in asked}
        self.attempt(lambda: settling.settle_requests(read, given, by=by, at=self.now))

    @rule(pick=PICK, who=st.one_of(st.none(), PEOPLE), kind=st.sampled_from(answering.ANSWERS), why=WHY)
    def answer_what_was_asked(self, pick: int, who: str | None, kind: Answer.Kind, why: str) -> None:
        asked = list(Request.objects.select_related("decision__submission__story__author"))
        if asked:
            submission = asked[pick % len(asked)].decision.submission
            by = self.people[who] if who else submission.story.author
            given = {asked[pick % len(asked)].pk: answering.Given(kind, why)}
            self.attempt(lambda: answering.answer_requests(submission, given, by=by, at=self.now))

    @rule(who=PEOPLE, pick=PICK, verb=st.sampled_from(["unlist", "publish_again", "unschedule"]))
    def author_moves(self, who: str, pick: int, verb: str) -> None:
        if story := self.story(pick):
            by = story.author if pick % 2 else self.people[who]
            self.attempt(lambda: getattr(publishing, verb)(story, by=by, at=self.now))

    @rule(
        who=st.one_of(EDITORS, PEOPLE),
        pick=PICK,
        restore=st.booleans(),
        note=st.sampled_from(["The link was bought.", "The link was bought.", ""]),
    )
    def editor_moves(self, who: str, pick: int, restore: bool, note: str) -> None:
        removed = list(Story.objects.filter(state=StoryState.REMOVED))
        if story := (removed[0] if restore and removed else self.story(pick)):
            by = self.people[who]
            if restore:
                self.attempt(lambda: publishing.restore(story, by=by, note=note, at=self.now))
            else:
                self.attempt(
                    lambda: publishing.remove(story, by=by, reason=self.reason, note=note, at=self.now)
                )

    @rule(who=PEOPLE, pick=PICK, says_yes=st.sampled_from([True, True, False]))
    def is_asked_to_write_too(self, who: str, pick: int, says_yes: bool) -> None:
        if story := self.story(pick):
            member = self.people[who]
            asked = self.attempt(
                lambda: inviting.invite(story, by=story.author, username=member.username, at=self.now)
            )
            answer = inviting.accept if says_yes else inviting.decline
            if isinstance(asked, Invitation) and self.attempt(lambda: answer(asked, by=member, at=self.now)):
                assert (member in story.authors()) is says_yes

    @rule(who=PEOPLE, pick=PICK)
    def leaves_a_story(self, who: str, pick: int) -> None:
        if story := self.story(pick):
            self.attempt(lambda: coauthoring.leave(story, by=self.people[who], at=self.now))

    @rule(who=PEOPLE, pick=PICK)
    def change_disclaimer(self, who: str, pick: int) -> None:
        if story := self.story(pick):
            version = self.versions[pick % len(self.versions)]
            changed = self.attempt(
                lambda: disclaiming.change_published_disclaimer(
                    story, [version], by=self.people[who], note="It argues a case.", at=self.now
                )
            )
            if changed is not None:
                self.given[story.pk] = [disclaiming.fill(version.text)]

    @rule(who=st.one_of(st.none(), PEOPLE), pick=PICK, key=st.uuids(version=4), kind=REPORTED)
    def is_reported(self, who: str | None, pick: int, key: UUID, kind: str) -> None:
        told = reporting.Told(
            kind, explanation="It stands in my book.", name="Greta", email="greta@secret.example",
            in_good_faith=True,
        )  # fmt: skip
        by = self.people[who] if who else None
        public = list(Story.objects.published().order_by("id"))
        if story := (public[pick % len(public)] if public else self.story(pick)):
            made = self.attempt(lambda: reporting.report(story, told, by=by, key=key, at=self.now))
            if isinstance(made, Report):
                assert reporting.report(story, told, by=by, key=key, at=self.now) == made

    @rule(pick=PICK)
    def asks_for_a_second_look(self, pick: int) -> None:
        reports = list(Report.objects.select_related("group__story").order_by("id"))
        if reports:
            report = reports[pick % len(reports)]
            self.attempt(lambda: looking_again.look_again(report, "Page 3 is mine.", at=self.now))

    @rule(who=st.one_of(EDITORS, PEOPLE), pick=PICK, key=st.uuids(version=4), do=JUDGED)
    def reports_are_read(self, who: str, pick: int, key: UUID, do: str) -> None:
        """Taken, if nobody has them; then answered, put back or left lying."""
        by, groups = self.people[who], list(ReportGroup.objects.select_related("story").order_by("id"))
        if not groups:
            return
        group = groups[-1 - pick % len(groups)]
        self.attempt(lambda: report_claiming.claim_reports(group, by=by, key=key, at=self.now))
        held = group.claims.select_related("group__story").order_by("-id").first()
        if held is None:
            return
        newest = group.second_looks if group.again_of_id else group.reports
        read = judging.ReportsRead(held, newest.latest("id").pk)
        remedy = judging.Remedy(do, "Page 3.", self.reason, [self.versions[pick % len(self.versions)]])
        verbs: dict[str, Callable[[], object]] = {
            "leave": lambda: None,
            "renew": lambda: report_claiming.renew_reports(held, by=by, at=self.now),
            "release": lambda: report_claiming.release_reports(held, by=by, at=self.now),
            "dismiss": lambda: judging.dismiss(read, by=by, answer="It is theirs.", at=self.now),
            "duplicate": lambda: judging.answered_before(read, groups[0], by=by, at=self.now),
        }
        judged = verbs.get(do, lambda: judging.uphold(read, remedy, by=by, at=self.now))
        if self.attempt(judged) is not None and do == "disclaimer":
            self.given[group.story_id] = [disclaiming.fill(remedy.disclaimers[0].text)]

    @rule(pick=PICK, who=st.one_of(st.none(), st.none(), PEOPLE), key=st.uuids(version=4))
    def appeals(self, pick: int, who: str | None, key: UUID) -> None:
        refused = Story.objects.filter(
            Q(state=StoryState.REMOVED) | Q(submissions__state="declined") | Q(events__action="put_back")
        )
        stories = list(refused.distinct().order_by("id"))
        if stories and (found := appealing.appealable(story := stories[pick % len(stories)], at=self.now)):
            by = self.people[who] if who else story.author
            against = found[pick % len(found)].decision or found[pick % len(found)].removal
            self.attempt(lambda: appealing.appeal(story, against, "It is mine.", by=by, key=key, at=self.now))

    @rule(who=st.one_of(EDITORS, PEOPLE), pick=PICK, key=st.uuids(version=4), do=HEARD)
    def appeal_is_read(self, who: str, pick: int, key: UUID, do: str) -> None:
        by, hearings = self.people[who], list(Hearing.objects.select_related("appeal__story").order_by("id"))
        if not hearings:
            return
        hearing = hearings[-1 - pick % len(hearings)]
        claimed = self.attempt(lambda: appeal_claiming.claim_appeal(hearing, by=by, key=key, at=self.now))
        held = hearing.claims.select_related("hearing__appeal__story").order_by("-id").first()
        if held is None:
            return
        version = self.versions[pick % len(self.versions)]
        verbs: dict[str, Callable[[], object]] = {
            "leave": lambda: None,
            "release": lambda: appeal_claiming.release_appeal(held, by=by, at=self.now),
            "renew": lambda: appeal_claiming.renew_appeal(held, by=by, at=self.now),
            "take over": lambda: appeal_claiming.take_over_appeal(
                held, by=by, key=uuid4(), note="You are away.", at=self.now
            ),
            "reject": lambda: appealing.reject_appeal(held, by=by, answer="It stands.", at=self.now),
            "uphold": lambda: appealing.uphold_appeal(
                held, by=by, answer="It is yours.", disclaimers=[version], at=self.now
            ),
        }
        given = self.attempt(verbs[do])
        if isinstance(given, AppealAnswer):
            assert held.editor_id == by.pk
            assert claimed is None or claimed == held
            if given.is_restored and hearing.appeal.decision_id:
                self.given[hearing.appeal.story_id] = [disclaiming.fill(version.text)]

    @rule(who=PEOPLE)
    def rewrite_disclaimer(self, who: str) -> None:
        disclaimer = self.versions[0].disclaimer
        self.attempt(
            lambda: disclaiming.write_version(
                disclaimer,
                by=self.people[who],
                language="en",
                label="New",
                text=f"New words {uuid4()}",
                at=self.now,
            )
        )

    @rule(who=EDITORS)
    def editor_takes_one_and_walks_away(self, who: str) -> None:
        self.take(who, uuid4())
        self.time_passes(21)

    @rule(minutes=st.sampled_from([1, 19, 21, 45]))
    def later(self, minutes: int) -> None:
        self.time_passes(minutes)

    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        claiming.expire_claims(at=self.now)
        report_claiming.expire_report_claims(at=self.now)
        appeal_claiming.expire_appeal_claims(at=self.now)
        due = list(Story.objects.filter(scheduled_for__lte=self.now))
        assert publishing.publish_due(at=self.now) == len(due)
        for story in due:
            decision = Decision.objects.filter(kind="approve", revision=story.scheduled_revision).latest(
                "decided_at"
            )
            chosen = [version for version in self.versions if version.pk in decision.disclaimers]
            self.given[story.pk] = [disclaiming.fill(version.text) for version in chosen]

    # What must always hold ----------------------------------------------------------------------

    @invariant()
    def the_database_agrees(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @invariant()
    def readers_see_only_what_was_approved(self) -> None:
        for story in Story.objects.published().select_related("published_revision"):
            revision = story.published_revision
            assert revision.sha256 == content_sha256(revision.content)
            approved = Decision.objects.filter(kind="approve", revision=revision, sha256=revision.sha256)
            assert self.was_read(revision) or self.is_small_step(approved.exclude(policy="").latest("id"))
            assert revision.body == clean(revision.body)
            assert "script" not in revision.body

    @staticmethod
    def was_read(revision: Revision) -> bool:
        """By an editor, who approved it or found it fine."""
        approved = Decision.objects.filter(kind="approve", revision=revision)
        return approved.filter(Q(policy="") | Q(later_look__verdict="fine")).exists()

    def is_small_step(self, decision: Decision) -> bool:
        """From a text that an editor read."""
        if decision.pk not in self.steps:
            before = decision.later_look.before
            change = change_between(before.content, decision.revision.content)
            self.steps[decision.pk] = self.was_read(before) and change.is_small(under=50)
        return self.steps[decision.pk]

    @invariant()
    def readers_see_nothing_that_was_put_back(self) -> None:
        for look in LaterLook.objects.filter(verdict="put_back").select_related(
            "decision__submission__story"
        ):
            shown = look.decision.submission.story.published_revision_id
            by_others = Decision.objects.filter(kind="approve", revision=look.decision.revision)
            assert shown != look.decision.revision_id or by_others.exclude(pk=look.decision_id).exists()

    @invariant()
    def nobody_decided_on_their_own_story(self) -> None:
        for decision in Decision.objects.filter(policy="").select_related("submission__story", "claim"):
            story = decision.submission.story
            assert decision.decided_by_id != story.author_id
            joined = story.events.filter(action="join", actor=decision.decided_by_id)
            assert not joined.filter(at__lte=decision.decided_at).exists()
            assert decision.claim.editor_id == decision.decided_by_id

    @invariant()
    def nothing_is_approved_while_it_is_asked_for(self) -> None:
        approved = Submission.objects.filter(state=SubmissionState.APPROVED)
        assert not Request.objects.filter(decision__submission__in=approved).unsettled().exists()
        for answer in Answer.objects.filter(kind__in=VERDICTS).select_related("request__decision"):
            story = Story.objects.get(submissions__decisions=answer.request.decision)
            assert answer.by_id != story.author_id

    @invariant()
    def one_open_submission_and_one_live_claim(self) -> None:
        for story in Story.objects.all():
            assert story.submissions.filter(state__in=OPEN).count() <= 1
        for submission in Submission.objects.all():
            live = submission.claims.live().count()
            assert live == (1 if submission.state == SubmissionState.IN_REVIEW else 0)

    @invariant()
    def events_tell_how_it_came_here(self) -> None:
        for submission in Submission.objects.all():
            assert (
                self.replay(submission.events.filter(machine="submission"), "", SUBMISSION_MOVES)
                == submission.state
            )
        for story in Story.objects.all():
            assert self.replay(story.events.filter(machine="story"), "draft", STORY_MOVES) == story.state

    @staticmethod
    def replay(events, state: str, table) -> str:
        for event in events.order_by("id"):
            move = table[event.action]
            assert event.from_state == state
            assert state in move.sources
            assert event.to_state == move.target
            state = event.to_state
        return state

    @invariant()
    def each_decision_reached_the_author_once(self) -> None:
        for decision in Decision.objects.select_related("submission__story"):
            action = "approve_by_policy" if decision.policy else decision.kind
            event = Event.objects.get(
                submission=decision.submission, data__decision=decision.pk, action=action
            )
            notice = Notice.objects.get(event=event, recipient=decision.submission.story.author_id)
            assert decision.note in notice.text
            if decision.reason:
                assert decision.reason_given in notice.text

    @invariant()
    def reports_and_appeals_are_read_by_one_and_answered_once_by_another(self) -> None:
        groups = ((group, "group", group.pk) for group in ReportGroup.objects.all())
        hearings = ((each, "appeal", each.appeal_id) for each in Hearing.objects.all())
        for thing, action, number in (*groups, *hearings):
            live = list(thing.claims.filter(ended_at=None))
            assert len(live) == (1 if thing.state == "in_review" else 0)
            machine, table = ("report", REPORT_MOVES) if action == "group" else ("appeal", APPEAL_MOVES)
            events = Event.objects.filter(machine=machine, **{f"data__{action}": number})
            assert self.replay(events, "", table) == thing.state
        for answer in AppealAnswer.objects.select_related(
            "appeal__decision", "appeal__removal", "appeal__story"
        ):
            decided = answer.appeal.decision or answer.appeal.removal
            assert answer.answered_by_id not in (
                getattr(decided, "decided_by_id", None),
                getattr(decided, "actor_id", None),
            )
            assert answer.answered_by not in answer.appeal.story.authors()
        for judged in ReportDecision.objects.select_related("group__again_of__decision", "group__story"):
            first = judged.group.again_of
            assert first is None or first.decision.decided_by_id != judged.decided_by_id
            assert not judged.group.heard.reports.filter(reporter=judged.decided_by_id).exists()

    @invariant()
    def stories_carry_the_words_they_were_given(self) -> None:
        for story in Story.objects.exclude(state=StoryState.DRAFT):
            assert [carried.text for carried in story.disclaimers.all()] == self.given[story.pk]

    @invariant()
    def no_saved_word_is_lost(self) -> None:
        for story in Story.objects.select_related("draft"):
            assert story.draft.body == self.acknowledged.get(story.pk, "")

    @invariant()
    def shelves_agree_with_what_is_public(self) -> None:
        for story in Story.objects.all():
            listed = story.topiclistings.filter(listed_at__isnull=False).exists()
            assert listed is story.is_public
            assert SearchEntry.objects.filter(story=story).exists() is story.is_public
            named = set(story.authorships.filter(listed_at__isnull=False).values_list("author", flat=True))
            assert named == ({author.pk for author in story.authors()} if story.is_public else set())

    @invariant()
    def no_author_reads_as_an_editor(self) -> None:
        for claim in Claim.objects.live().select_related("submission__story", "editor"):
            assert claim.editor not in claim.submission.story.authors()

    @invariant()
    def what_is_offered_is_what_the_table_allows(self) -> None:
        for submission in Submission.objects.select_related("story"):
            claim = submission.claims.live().first()
            writers = submission.story.authorships.current().values_list("author", flat=True)
            seen = (submission.pk, submission.state, claim and claim.pk, *writers)
            if seen in self.offered:
                continue
            self.offered.add(seen)
            for person in self.people.values():
                for action in allowed_actions(person, submission, claim):
                    assert submission.state in SUBMISSION_MOVES[action].sources


@pytest.mark.slow
def test_every_line_holds_whatever_order_people_act_in(db):
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=int(os.environ.get("MYSTORY_RANDOM_EXAMPLES", "8")),
            stateful_step_count=50,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
