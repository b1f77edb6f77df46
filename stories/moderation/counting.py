"""How many stand in a view of the queue, for any number of views at once, and no further than anybody plans by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import IntegerField, Subquery

from accounts.models import User
from stories.models import Submission
from stories.models.submission import QUEUE_ORDER
from stories.moderation.filters import QueueFilter

MOST_COUNTED = 100


@dataclass(frozen=True)
class Count:
    """Nobody plans a day by the difference between 100 and 10,000, and counting those costs."""

    number: int

    @property
    def words(self) -> str:
        return f"{MOST_COUNTED}+" if self.number > MOST_COUNTED else str(self.number)

    def said(self, one: str, many: str) -> str:
        """Of stories; "" for none."""
        if self.number > MOST_COUNTED:
            return f"More than {MOST_COUNTED} stories {many}"
        if self.number == 1:
            return f"One story {one}"
        return f"{self.number} stories {many}" if self.number else ""


class _Counted(Subquery):
    """The number of rows of a limited query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def count_views(views: Iterable[QueueFilter], *, by: User, now: datetime) -> dict[QueueFilter, Count]:
    """Each by its own index, all in one query."""
    asked = list(dict.fromkeys(views))
    others = Submission.objects.not_by(by).order_by(*QUEUE_ORDER)
    counted = [
        _Counted(view.apply(others, editor=by, now=now).values("pk")[: MOST_COUNTED + 1]) for view in asked
    ]
    numbers = User.objects.filter(pk=by.pk).values_list(*counted).get()
    return {view: Count(number) for view, number in zip(asked, numbers, strict=True)}
