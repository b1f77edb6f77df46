"""What is looked up to say where stories stand: the same few queries, whatever their number."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from stories.models import Answer, Claim, Decision, Event, Request, Story, Submission
from stories.models.request import VERDICTS
from stories.status import Action
from stories.workflow.trusting import ready_for_small_changes
from stories.writing.waits import Measured, measured_for

# Nobody plans a week by the difference between place 201 and place 2,000, and counting those costs.
MOST_COUNTED = 200


@dataclass(frozen=True)
class Asked:
    """A request with the kind of its author's last answer."""

    text: str
    state: str


@dataclass(frozen=True)
class Known:
    """`place` is that in the line, from 1; None for one that does not wait or has too many before it.

    `requests` are those of all rounds that are still open; `is_ready` says that a small change goes live at once.
    """

    story: Story
    submission: Submission | None
    claim: Claim | None
    decision: Decision | None
    removal: Event | None
    place: int | None
    requests: tuple[Asked, ...]
    is_ready: bool
    measured: Measured


def know(stories: Iterable[Story]) -> list[Known]:
    """Eight queries, and two where small changes go live at once. Needs `draft` and `published_revision` loaded."""
    held = list(stories)
    latest = Submission.objects.filter(story__in=held).order_by("story_id", "-id").distinct("story_id")
    latest = latest.select_related("revision").defer("revision__body", "revision__summary")
    submissions = {submission.story_id: submission for submission in latest}
    ids = [submission.pk for submission in submissions.values()]
    live = Claim.objects.live().filter(submission__in=ids).select_related("editor")
    claims = {claim.submission_id: claim for claim in live}
    decided = Decision.objects.filter(submission__in=ids).order_by("submission_id", "-round")
    latest_decided = decided.distinct("submission_id").select_related(
        "reason", "decided_by", "statement__ground"
    )
    decisions = {decision.submission_id: decision for decision in latest_decided}
    gone = Event.objects.filter(story__in=held, action=Action.REMOVE.value).order_by("story_id", "-id")
    removals = {event.story_id: event for event in gone.distinct("story_id")}
    places = places_in_line()
    requests = _requests_of(ids)
    ready = ready_for_small_changes(held, at=timezone.now())
    measured = measured_for(submissions.values())
    found = []
    for story in held:
        submission = submissions.get(story.pk)
        known_as = submission.pk if submission else 0
        decision = decisions.get(known_as)
        found.append(
            Known(
                story=story,
                submission=submission,
                claim=claims.get(known_as),
                decision=decision,
                removal=removals.get(story.pk),
                place=places.get(known_as),
                requests=tuple(requests.get(known_as, [])),
                is_ready=story.pk in ready,
                measured=measured,
            )
        )
    return found


def _requests_of(submissions: Collection[int]) -> dict[int, list[Asked]]:
    answers = Answer.objects.filter(request=OuterRef("pk")).exclude(kind__in=VERDICTS).order_by("-id")
    asked = Request.objects.filter(decision__submission__in=submissions).unsettled()
    told = asked.annotate(tick=Subquery(answers.values("kind")[:1])).order_by("decision", "position")
    found: dict[int, list[Asked]] = {}
    for submission, text, tick in told.values_list("decision__submission", "text", "tick"):
        found.setdefault(submission, []).append(Asked(text, tick or Answer.Kind.OPEN.value))
    return found


def places_in_line() -> dict[int, int]:
    """The first places of the line, by submission: so many entries of its index, however many wait."""
    first = Submission.objects.waiting().in_line()[: MOST_COUNTED + 1]
    return {pk: place for place, pk in enumerate(first.values_list("pk", flat=True), start=1)}
