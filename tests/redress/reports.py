"""Reports and appeals in the states that tests begin from, made by the workflow's own verbs."""

from datetime import datetime
from uuid import uuid4

from accounts.models import User
from stories.models import Appeal, AppealClaim, Report, ReportClaim, Story
from stories.workflow.appeal_claiming import claim_appeal
from stories.workflow.judging import ReportsRead
from stories.workflow.report_claiming import claim_reports
from stories.workflow.reporting import Told, report

ILLEGAL = Told(
    kind="illegal", explanation="It offers stolen goods.", name="Greta Quiet", email="greta@secret.example",
    passage="It took me two winters.", in_good_faith=True,
)  # fmt: skip


def make_report(
    story: Story, by: User | None = None, *, at: datetime | None = None, told: Told | None = None, **fields
) -> Report:
    told = told or Told(**{"kind": "copied", "explanation": "It stands in my book.", **fields})
    return report(story, told, by=by, key=uuid4(), at=at)


def make_claimed_reports(
    story: Story, by: User | None = None, *, editor: User, at: datetime | None = None, **fields
) -> ReportClaim:
    return claim_reports(make_report(story, by, at=at, **fields).group, by=editor, key=uuid4(), at=at)


def read_reports(held: ReportClaim) -> ReportsRead:
    return ReportsRead(claim=held, up_to=held.group.reports.latest("pk").pk)


def make_claimed_appeal(made: Appeal, *, editor: User, at: datetime | None = None) -> AppealClaim:
    return claim_appeal(made.hearing, by=editor, key=uuid4(), at=at)
