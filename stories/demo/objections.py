"""What readers of the demo hold against its stories, and one author against a decision."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from accounts.models import User
from stories.models import Report, Story
from stories.workflow.appealing import appeal, appealable
from stories.workflow.judging import ReportsRead, dismiss
from stories.workflow.report_claiming import claim_reports
from stories.workflow.reporting import Told, report

LONGEST_AGO = timedelta(days=3)

COPIED = Told(
    kind="copied", explanation="The second half reads word for word like a leaflet that I have at home."
)
SPAM = Told(kind="spam", explanation="It seems to be there for its link.")
FALSE = Told(kind="false", explanation="The year cannot be right: the bridge was built later.")


def object_to_some(people: Mapping[str, User], *, now: datetime) -> None:
    """Two stories with reports that wait, one whose report was dismissed, and an appeal against a decline.

    All at once and last, so that the record reads in the order of time.
    """
    read = (
        Story.objects.published()
        .not_by(people["demo-editor"])
        .filter(first_published_at__lt=now - LONGEST_AGO)
    )
    reported = list(read.newest_first()[:3])
    if len(reported) < 3:
        return
    first, second, third = reported
    report(first, COPIED, by=None, key=uuid4(), at=now)
    report(first, SPAM, by=_somebody(people, first), key=uuid4(), at=now)
    report(second, FALSE, by=_somebody(people, second), key=uuid4(), at=now)
    baseless = report(third, SPAM, by=None, key=uuid4(), at=now)
    _dismiss(baseless, by=people["demo-editor"], at=now)
    declined = Story.objects.kept().filter(submissions__state="declined").order_by("-id").first()
    if declined is not None and (found := appealable(declined, at=now)):
        decision = found[0].decision or found[0].removal
        if decision is not None:
            words = "It is my own story, and I say in the text where I learnt each thing. Please read it once more."
            appeal(declined, decision, words, by=declined.author, key=uuid4(), at=now)


def _somebody(people: Mapping[str, User], story: Story) -> User:
    """A member who did not write the story and edits nothing."""
    writers = {author.pk for author in story.authors()}
    members = (
        each for each in people.values() if each.pk not in writers and not each.has_perm("stories.read_log")
    )
    return next(members)


def _dismiss(made: Report, *, by: User, at: datetime) -> None:
    held = claim_reports(made.group, by=by, key=uuid4(), at=at)
    read = ReportsRead(claim=held, up_to=made.pk)
    dismiss(read, by=by, answer="The link leads to the source that the text names, and sells nothing.", at=at)
