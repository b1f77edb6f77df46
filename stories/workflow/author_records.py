"""What an author is known for, kept with what waits of theirs: the queue is narrowed by it from an index."""

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Value, When

from accounts.models import User
from stories.models import Decision, Story, Submission
from stories.status import StoryState


def record_of(author_id: int) -> str:
    """One of Submission.AuthorRecord. Declined or removed once weighs more than published."""
    stories = Story.objects.filter(author=OuterRef("pk"))
    declined = Decision.objects.filter(submission__story__author=OuterRef("pk"), kind=Decision.Kind.DECLINE)
    known = Submission.AuthorRecord
    return (
        User.objects.filter(pk=author_id)
        .values_list(
            Case(
                When(Exists(stories.filter(state=StoryState.REMOVED)), then=Value(known.DECLINED.value)),
                When(Exists(declined), then=Value(known.DECLINED.value)),
                When(
                    Exists(stories.filter(first_published_at__isnull=False)),
                    then=Value(known.PUBLISHED.value),
                ),
                default=Value(known.FIRST.value),
            ),
            flat=True,
        )
        .get()
    )


@transaction.atomic
def note_record(author_id: int) -> None:
    """After something that changes it. What a colleague decides on at this moment is left out: nobody waits for it."""
    record = record_of(author_id)
    waiting = Submission.objects.open().filter(story__author=author_id).exclude(author_record=record)
    free = waiting.select_for_update(skip_locked=True, no_key=True, of=("self",)).order_by("pk")
    Submission.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(author_record=record)
