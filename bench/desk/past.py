"""What was done at the desk before a run begins, by the verbs: so that each of its pages has something to answer."""

from collections.abc import Iterator
from itertools import islice
from uuid import uuid4

from accounts.models import User
from stories.models import Decision, Event, Reason, Story, Submission
from stories.workflow.appealing import appeal, appealable
from stories.workflow.claiming import claim
from stories.workflow.deciding import Read, decline
from stories.workflow.drafting import save_draft
from stories.workflow.proposing import agree, propose_removal
from stories.workflow.reporting import Told, report
from stories.workflow.submitting import submit

WRONG = "It is my own story."


def earlier_days(desk: list[User], *, of_each: int) -> None:
    """So many stories removed and as many declined, all appealed against; reported, to be removed, changed a little."""
    published = iter(Story.objects.published().order_by("pk"))
    reason = Reason.objects.exclude(family=Reason.Family.LAW).order_by("pk").first()
    for story in islice(published, of_each):
        proposal = propose_removal(story, by=desk[1], reason=reason, note="It stands in a book.")
        agree(proposal, by=desk[2])
        _appeal(Story.objects.get(pk=story.pk))
    for story in islice(published, of_each):
        report(story, Told(kind="spam", explanation="It is there for its link."), by=None, key=uuid4())
    for story in islice(published, of_each):
        propose_removal(story, by=desk[3], reason=reason, note="It was sold to you.")
    for story in islice(published, of_each):
        _change_a_little(story)
    for submission in _waiting(of_each):
        held = claim(submission, by=desk[3], key=uuid4())
        read = Read(held, submission.revision_id, submission.revision.sha256)
        decline(read, by=desk[3], reason=reason, note="Not for us.")
        _appeal(submission.story)


def _waiting(number: int) -> Iterator[Submission]:
    """From the end of the line: what stands first is what the run begins with."""
    waiting = Submission.objects.waiting().select_related("story", "revision").order_by("-pk")
    return waiting[:number].iterator()


def _appeal(story: Story) -> None:
    against: Decision | Event | None = None
    for found in appealable(story):
        against = found.decision or found.removal
    if against is not None:
        appeal(story, against, WRONG, by=story.author, key=uuid4())


def _change_a_little(story: Story) -> None:
    content = story.draft.content
    content = content.changed(body=f"{content.body}<p>It was in March.</p>")
    save_draft(story, content, by=story.author, version=story.draft.version)
    submit(story, by=story.author)
