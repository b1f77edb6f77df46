"""Tells those who reported a story that we have it, and what came of it; and the chief editors what takes too long."""

import re
from collections.abc import Iterable

from django.conf import settings

from accounts.models import User
from stories.models import Event, Notice, Report, ReportDecision, ReportGroup
from stories.notices.saying import Moment, Sentence, paragraphs, say
from stories.notices.telling import put
from stories.notices.words import Words, title_of

_OWN_REPORT = re.compile(r"/reports/at/([0-9]{1,18})/\Z")
# Of the measure that was taken.
_DONE = {
    ReportDecision.Measure.REMOVE: say("An editor agreed with you and took the story off the public pages."),
    ReportDecision.Measure.DISCLAIMER: say(
        "An editor agreed with you: the story stays, under another disclaimer that says what readers should know."
    ),
    ReportDecision.Measure.RETURN: say(
        "An editor agreed with you and asked the story’s author to change it."
    ),
    ReportDecision.Measure.DONE: say(
        "An editor agreed with you. What you reported had been mended in the meantime."
    ),
}


def tell_received(event: Event, report: Report) -> Notice | None:
    """The receipt. It holds no word that the reporter chose: else we would mail anything to anybody."""
    words = Words(
        say("We have your report about “%(title)s”", title=title_of(event)),
        paragraphs(
            say(
                "Your report number %(number)s is with the editors of %(site)s. A person reads it, and you are told "
                "what was decided until %(until)s.",
                number=report.pk,
                site=settings.SITE_NAME,
                until=Moment(report.group.due_at, "j F Y"),
            ),
            say(
                "The author is told neither who reported the story nor that somebody did, unless something comes of "
                "it; then still not by whom."
            ),
            say(
                "The page behind this link says how it stands. It needs no account: keep the link to yourself."
            ),
        ),
        f"/reports/at/{report.pk}/",
        say("See how your report stands"),
    )
    return _tell(event, report, words)


def tell_outcome(event: Event, group: ReportGroup, decision: ReportDecision) -> list[Notice]:
    """Each reporter once, of their latest report; not who left neither an account nor an address."""
    latest: dict[int | str, Report] = {}
    reports = group.heard.reports.all()
    if group.again_of_id is not None:  # those who asked for it
        reports = reports.filter(second_look__group=group)
    for report in reports.select_related("reporter").order_by("id"):
        if who := report.reporter_id or report.email:
            latest[who] = report
    told = (_tell(event, report, _outcome(event, report, decision)) for report in latest.values())
    return [notice for notice in told if notice is not None]


def outcome_words(decision: ReportDecision) -> list[Sentence]:
    """What came of a report, for its reporter: paragraphs, without a way to complain."""
    if decision.group.again_of_id is not None:
        return [say("Somebody else than who answered first looked at it anew."), *_words(decision)]
    return _words(decision)


def _words(decision: ReportDecision) -> list[Sentence]:
    if decision.kind == ReportDecision.Kind.DUPLICATE and decision.duplicate_of is not None:
        earlier = decision.duplicate_of.decision
        return [
            say("The same was reported and answered before. The answer was:"),
            *outcome_words(earlier),
            decision.answer,
        ]
    if decision.kind == ReportDecision.Kind.UPHOLD:
        return [_DONE[ReportDecision.Measure(decision.measure)], decision.answer]
    return [say("An editor read your report, and the story stays as it is."), decision.answer]


def how_to_complain(decision: ReportDecision) -> Sentence:
    if decision.group.again_of_id is not None:
        return say(
            "This was looked at by two people, and is the site’s last word on it. You can still turn to a court, and "
            "in the European Union to a certified body for disputes with online platforms."
        )
    if decision.kind != ReportDecision.Kind.UPHOLD:
        return say(
            "If you think this is wrong, you can ask for half a year, on the page of your report, that somebody other "
            "than who decided looks at it anew. You can also turn to a court, and in the European Union to a certified "
            "body for disputes with online platforms."
        )
    return say(
        "If you think this is wrong, write to %(address)s with the number of your report: a person other than who "
        "decided looks at it anew. You can also turn to a court, and in the European Union to a certified body for "
        "disputes with online platforms.",
        address=settings.EDITORS_MAIL,
    )


def tell_chief_editors(event: Event, group: ReportGroup, *, chief_editors: Iterable[User]) -> list[Notice]:
    until = Moment(group.due_at, "l j F Y, H:i")
    words = Words(
        say("Reports about “%(title)s” wait for an answer", title=title_of(event)),
        paragraphs(
            say(
                "They must be answered until %(until)s, and three quarters of the time are over.", until=until
            ),
            say("Who reported the story was promised an answer until then."),
        ),
        f"/moderation/reports/{group.pk}/",
        say("Open the reports"),
    )
    return [put(event, words, recipient=chief) for chief in chief_editors]


def path_in_mail(notice: Notice) -> str:
    """A receipt's link gets its token only when the mail is made: the outbox keeps none."""
    own = _OWN_REPORT.match(notice.link)
    report = Report.objects.filter(pk=int(own[1])).first() if own else None
    return (report.status_path if report else "") or notice.link


def _outcome(event: Event, report: Report, decision: ReportDecision) -> Words:
    return Words(
        say("Your report about “%(title)s” has its answer", title=title_of(event)),
        paragraphs(*outcome_words(decision), how_to_complain(decision)),
        f"/reports/at/{report.pk}/",
        say("See your report"),
    )


def _tell(event: Event, report: Report, words: Words) -> Notice | None:
    if report.reporter is not None:
        return put(event, words, recipient=report.reporter)
    return put(event, words, address=report.email) if report.email else None
