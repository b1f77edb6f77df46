"""Fills an empty site with the demo's people and stories, through the same verbs that the pages use."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import profiles
from accounts.joining import add_member
from accounts.models import User
from accounts.roles import Role, appoint
from stories.demo import reading
from stories.demo.album import draw_all
from stories.demo.objections import object_to_some
from stories.demo.reading import DemoStory
from stories.demo.retouching import retouches
from stories.demo.timeline import Trip, in_order
from stories.models import Disclaimer, Notice, Story, Topic
from stories.pictures.accept import AcceptedPicture
from stories.workflow.disclaiming import write_version
from stories.workflow.picturing import keep_accepted

PASSWORD = "mystory-demo"  # noqa: S105 - told to everybody; the demo answers only on the machine it runs on
JOINED = timedelta(days=600)  # before now
MAILED_BEFORE = timedelta(days=3)  # older notices were mailed long ago and are not mailed now

Said = Callable[[str], None]


class NotEmpty(Exception):
    """Somebody uses this site already."""


def is_empty() -> bool:
    return not User.objects.exists() and not Story.objects.exists()


def fill(*, var: Path, said: Said, only: Callable[[DemoStory], bool] = lambda story: True) -> int:
    """Returns how many stories there are now. `said` is told each thing that is done.

    All rows are written in one transaction: a filling that is killed leaves an empty site, and the next
    one finds the pictures that were drawn already.
    """
    if not is_empty():
        raise NotEmpty
    now = timezone.now()
    told = [story for story in reading.stories() if only(story)]
    faces = [f"portrait-{person['username']}" for person in reading.people()]
    shown = list(dict.fromkeys(name for story in told for name in story.pictures))
    pictures = draw_all(faces + shown, var=var, said=lambda name: said(f"drawing {name}"))
    with transaction.atomic():
        people = _add_people(pictures, now=now)
        _add_topics()
        _write_disclaimers(people["demo-chief-editor"], at=now - JOINED)
        trips = [Trip(story, people, _keep(story, pictures, people), now) for story in told]
        for step in in_order([*trips, *retouches(trips, people, now=now)]):
            said(f"{timezone.localtime(step.at):%-d %B %Y}")
            step.do(step.at)
        object_to_some(people, now=now)
        _put_old_mail_away(now)
    return len(told)


def _add_people(pictures: Mapping[str, AcceptedPicture], *, now: datetime) -> dict[str, User]:
    password = make_password(PASSWORD)  # made once: it is slow on purpose
    people = {}
    for number, person in enumerate(reading.people()):
        member = add_member(
            username=person["username"],
            email=person["email"],
            date_joined=now - JOINED - timedelta(days=number),
            password=None,
        )
        member.password = password
        member.save(update_fields=["password"])
        profiles.change(
            member,
            display_name=person["name"],
            bio=person["bio"],
            links=[],
            languages=person["languages"],
            by=member,
        )
        face = keep_accepted(pictures[f"portrait-{member.username}"], by=member)
        profiles.set_picture(member, name=face.name, by=member)
        if person["role"] in ("editor", "chief-editor"):
            appoint(member, role=Role(person["role"]))
        people[member.username] = member
    return people


def _add_topics() -> None:
    for position, topic in enumerate(reading.topics()):
        Topic.objects.create(position=position, **topic)


def _write_disclaimers(chief: User, *, at: datetime) -> None:
    for version in reading.disclaimer_versions():
        write_version(
            Disclaimer.objects.get(key=version["key"]),
            by=chief,
            language=version["language"],
            label=version["label"],
            text=version["text"],
            at=at,
        )


def _keep(
    story: DemoStory, pictures: Mapping[str, AcceptedPicture], people: Mapping[str, User]
) -> dict[str, str]:
    """The addresses of the story's pictures by name, uploaded by its author."""
    author = people[story.author]
    return {name: keep_accepted(pictures[name], by=author).address for name in story.pictures}


def _put_old_mail_away(now: datetime) -> None:
    """What people were told months ago they have had by mail and have read."""
    old = Notice.objects.filter(created_at__lt=now - MAILED_BEFORE)
    old.update(mail=Notice.Mail.SENT, mail_sent_at=F("created_at"), read_at=F("created_at"))
