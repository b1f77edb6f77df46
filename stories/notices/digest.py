"""The words of the editors' daily mail: what waits, what is overdue, reports, appeals and second looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import formats, translation

from accounts.languages import mail_language
from accounts.models import User
from stories.notices.choosing import DIGEST, stop_path
from stories.notices.mailing import Letter, make_mail
from stories.notices.saying import Sentence, lines, paragraphs, say, say_many


@dataclass(frozen=True)
class Waiting:
    """How much of each there is for one editor; of what is their own they are told nothing."""

    stories: int
    overdue: int
    mine: int
    reports: int
    late_reports: int
    appeals: int
    second_looks: int
    second_readings: int

    @property
    def is_nothing(self) -> bool:
        told = (self.stories, self.mine, self.reports, self.appeals, self.second_looks, self.second_readings)
        return not any(told)


def write_digest(editor: User, waiting: Waiting, *, day: date) -> EmailMultiAlternatives:
    language = mail_language(editor)
    with translation.override(language):
        letter = Letter(
            to=editor.email,
            language=language,
            subject=str(
                say(
                    "What waits at %(site)s, %(day)s",
                    site=settings.SITE_NAME,
                    day=formats.date_format(day, "l j F"),
                )
            ),
            text=str(
                paragraphs(
                    lines(*_counted(waiting)),
                    say("What is yours to decide on stands in the queue, the most urgent first."),
                )
            ),
            link="/moderation/",
            link_label=str(say("Open the queue")),
            key=f"digest-{editor.pk}-{day:%Y%m%d}",
            stop=stop_path(editor.pk, DIGEST),
        )
    return make_mail(letter)


def _counted(waiting: Waiting) -> Iterator[Sentence]:
    if number := waiting.stories:
        yield say_many(
            "%(count)s story waits for an editor.", "%(count)s stories wait for an editor.", number
        )
    if number := waiting.overdue:
        yield say_many("Of these %(count)s is overdue.", "Of these %(count)s are overdue.", number)
    if number := waiting.mine:
        yield say_many("You are reading %(count)s story.", "You are reading %(count)s stories.", number)
    if number := waiting.reports:
        yield say_many(
            "%(count)s reported story waits for an answer.",
            "%(count)s reported stories wait for an answer.",
            number,
        )
    if number := waiting.late_reports:
        yield say_many(
            "Of these %(count)s must be answered soon, or is late.",
            "Of these %(count)s must be answered soon, or are late.",
            number,
        )
    if number := waiting.appeals:
        yield say_many(
            "%(count)s appeal waits for somebody who did not decide before.",
            "%(count)s appeals wait for somebody who did not decide before.",
            number,
        )
    if number := waiting.second_looks:
        yield say_many(
            "%(count)s small change that went live by itself waits for a second look.",
            "%(count)s small changes that went live by themselves wait for a second look.",
            number,
        )
    if number := waiting.second_readings:
        yield say_many(
            "%(count)s decision waits for a second reading.",
            "%(count)s decisions wait for a second reading.",
            number,
        )
