"""Lets everybody loose on a site, kills processes meanwhile, and then has the clock do what is left."""

import random
import threading
from dataclasses import dataclass
from datetime import timedelta

from django.db import connections
from django.utils import timezone

from accounts.models import User
from bench.desk.editors import Editor
from bench.desk.journal import Journal
from bench.desk.people import Author, Reader, work
from bench.desk.processes import Processes
from bench.desk.town import Town, dealt, sign_in
from bench.desk.visitor import Visitor
from stories.workflow.appeal_claiming import expire_appeal_claims
from stories.workflow.claiming import expire_claims
from stories.workflow.publishing import publish_due
from stories.workflow.report_claiming import expire_report_claims
from stories.workflow.taking_back import carry_out_due


@dataclass(frozen=True)
class Bounds:
    seconds: float
    seed: str
    lease: float
    readers: int = 6
    hands: int = 8  # authors at work at once; each of them is many, one after another
    pause: float = 0.2  # at most so long between two deeds of one person
    kill_every: float = 4.0


def let_loose(town: Town, processes: Processes, journal: Journal, bounds: Bounds) -> None:
    over = threading.Event()
    chance = random.Random(bounds.seed)
    shifts = [[person] for person in at_the_desk(town, processes.port, journal, over, bounds)]
    for number, hand in enumerate(dealt(town.authors, bounds.hands, chance)):
        shifts.append(writing(hand, number, town, processes.port, journal, over, bounds))
    for number in range(bounds.readers):
        member = town.authors[number] if number % 3 == 0 else None
        visitor = Visitor(
            processes.port, journal, seed=f"{bounds.seed} reader {number}", over=over,
            session=sign_in(member) if member else "", address=f"10.1.0.{number + 1}",
        )  # fmt: skip
        shifts.append([Reader(visitor, f"reader {number}")])
    connections.close_all()
    threads = [
        threading.Thread(target=_shift, args=(shift, journal, bounds.pause), daemon=True) for shift in shifts
    ]
    killer = threading.Thread(
        target=processes.kill_now_and_then, args=(over, random.Random(f"{bounds.seed} kills")),
        kwargs={"every": bounds.kill_every}, daemon=True,
    )  # fmt: skip
    for thread in (*threads, killer):
        thread.start()
    over.wait(bounds.seconds)
    over.set()
    for thread in (*threads, killer):
        thread.join(timeout=120)
        if thread.is_alive():
            journal.breach("somebody still waits for an answer two minutes after the end")


def at_the_desk(
    town: Town, port: int, journal: Journal, over: threading.Event, bounds: Bounds
) -> list[Editor]:
    found = []
    for number, member in enumerate(town.editors):
        visitor = Visitor(
            port, journal, seed=f"{bounds.seed} editor {number}", session=sign_in(member),
            address=f"10.2.0.{number + 1}", over=over,
        )  # fmt: skip
        found.append(Editor(visitor, f"editor {number}", lease=bounds.lease))
    return found


def writing(
    hand: list[User],
    number: int,
    town: Town,
    port: int,
    journal: Journal,
    over: threading.Event,
    bounds: Bounds,
) -> list[Author]:
    found = []
    for member in hand:
        visitor = Visitor(
            port, journal, seed=f"{bounds.seed} {member.username}", session=sign_in(member),
            address=f"10.3.{number}.1", over=over,
        )  # fmt: skip
        found.append(Author(visitor, member.username, town.stories[member.pk]))
    return found


def _shift(people: list[Editor] | list[Author] | list[Reader], journal: Journal, pause: float) -> None:
    try:
        if len(people) == 1:
            return work(people[0], pause)
        chance = people[0].chance
        while not people[0].visitor.over.is_set():
            chance.choice(people).act()
            people[0].visitor.over.wait(chance.random() * pause)
    except Exception as error:
        journal.breach(f"{people[0].name} could not go on: {error!r}")
        raise
    finally:
        for person in people:
            person.visitor.hang_up()


def finish() -> None:
    """What the clock would do within the next minutes: times run out, what is scheduled is published."""
    later = timezone.now() + timedelta(minutes=10)
    for step in (carry_out_due, expire_claims, expire_report_claims, expire_appeal_claims, publish_due):
        while step(at=later):
            pass
