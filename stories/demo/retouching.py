"""Small changes of the demo's trusted authors: they go live by themselves, and an editor has looked at some."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from stories.demo import reading
from stories.demo.reading import DemoChange
from stories.demo.timeline import Step, Trip
from stories.models import LaterLook, Reason
from stories.workflow.looking_later import find_fine, put_back


@dataclass(frozen=True)
class Retouch:
    told: DemoChange
    trip: Trip
    people: Mapping[str, User]
    now: datetime

    def steps(self) -> list[Step]:
        changed = self.now - self.told.ago
        steps = [
            Step(changed - timedelta(minutes=2), 0, self.write),
            Step(changed, 1, self.trip.submit),
        ]
        if self.told.verdict:
            steps.append(Step(self.now - self.told.looked_ago, 2, self.look))
        return steps

    def write(self, at: datetime) -> None:
        self.trip.write(self.trip.told.text.replace(self.told.before, self.told.after), at=at)

    def look(self, at: datetime) -> None:
        """There is nothing to look at on a site that has no such policy."""
        look = LaterLook.objects.filter(decision__submission__story=self.trip.story).order_by("-id").first()
        if look is None:
            return
        editor = self.people[self.told.editor]
        if self.told.verdict == LaterLook.Verdict.FINE:
            find_fine(look, by=editor, at=at)
        else:
            reason = Reason.objects.get(code=self.told.reason)
            put_back(look, by=editor, reason=reason, note=self.told.note, at=at)


def retouches(trips: Iterable[Trip], people: Mapping[str, User], *, now: datetime) -> list[Retouch]:
    by_name = {trip.told.name: trip for trip in trips}
    changes = reading.small_changes()
    return [Retouch(each, by_name[each.story], people, now) for each in changes if each.story in by_name]
