"""A reader reports a story or a passage of it, with an account or without; the receipt goes out at once."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from stories.models import Event, Report, ReportGroup, Story
from stories.models.report import ADDRESS_CHARACTERS, EXPLANATION_CHARACTERS, PASSAGE_CHARACTERS, RECEIPT
from stories.notices.reporting import tell_received
from stories.permissions import wrote
from stories.prose.plain import clean_line, clean_text
from stories.redress import REPORT_MOVES, ReportAction, check_redress_move
from stories.status import Incomplete, NotAllowed, WrongState
from stories.tokens import fingerprint, new_token
from stories.workflow.locking import lock_story
from stories.workflow.recording import record_change, record_report_move
from stories.workflow.weighing import ANSWER_WITHIN, weigh

FRAGMENT_WORDS = 8  # on each side of what a passage leaves out


@dataclass(frozen=True)
class Told:
    """What a reader wrote into the form."""

    kind: str
    passage: str = ""
    explanation: str = ""
    name: str = ""
    email: str = ""
    is_about_minors: bool = False
    in_good_faith: bool = False


@transaction.atomic
def report(story: Story, told: Told, *, by: User | None, key: UUID, at: datetime | None = None) -> Report:
    """Joins the reports of this story that are open, or opens them. The same `key` again gives the same report."""
    at = at or timezone.now()
    told = _checked(told, by=by)
    if by is not None and wrote(by, story):
        raise NotAllowed("You wrote this story. You can take it off the public pages yourself.")
    story = lock_story(story)
    held = Report.objects.filter(key=key).first()
    if held is not None:
        return held
    if not story.is_public or story.published_revision_id is None:
        raise WrongState("Readers cannot find this story any more, so there is nothing left to report.")
    open_ones = ReportGroup.objects.open().filter(story=story, again_of=None)
    group = open_ones.select_for_update(no_key=True).first()
    is_first = group is None
    group = group or _open(story, at=at)
    made = Report.objects.create(
        group=group,
        revision_id=story.published_revision_id,
        kind=told.kind,
        passage=told.passage,
        address=address_of(story, told.passage),
        explanation=told.explanation,
        is_about_minors=told.is_about_minors,
        in_good_faith=told.in_good_faith,
        reporter=by,
        name=told.name,
        email=told.email,
        key=key,
        token_sha256=fingerprint(new_token(RECEIPT, key)),
        made_at=at,
    )
    weigh(group)
    group.save(update_fields=["weight", "look_by"])
    tell_received(_record(group, made, is_first=is_first, at=at), made)
    return made


def _checked(told: Told, *, by: User | None) -> Told:
    """Plain text, and whole: what the law asks of a notice about something illegal is asked here too."""
    told = Told(
        kind=told.kind,
        passage=clean_line(told.passage)[:PASSAGE_CHARACTERS],
        explanation=clean_text(told.explanation),
        name=clean_line(told.name) or (by.name if by and told.kind == Report.Kind.ILLEGAL else ""),
        email=told.email or (by.email if by and told.kind == Report.Kind.ILLEGAL else ""),
        is_about_minors=told.is_about_minors and told.kind == Report.Kind.ILLEGAL,
        in_good_faith=told.in_good_faith,
    )
    if told.kind not in Report.Kind.values:
        raise Incomplete("Choose what is wrong with the story.", field="kind")
    if len(told.explanation) > EXPLANATION_CHARACTERS:
        raise Incomplete(
            f"The explanation is longer than {EXPLANATION_CHARACTERS:,} characters.", field="explanation"
        )
    if told.kind != Report.Kind.SPAM and not told.explanation:
        raise Incomplete("Say in a sentence or two what is wrong.", field="explanation")
    if told.kind != Report.Kind.ILLEGAL:
        return told
    if not told.is_about_minors and not told.name:
        raise Incomplete(
            "Write your name: the law asks for it when something illegal is reported.", field="name"
        )
    if not told.is_about_minors and not told.email:
        raise Incomplete(
            "Write your e-mail address: the law asks for it when something illegal is reported.",
            field="email",
        )
    if not told.in_good_faith:
        raise Incomplete("Tick that you believe what you write to be right and whole.", field="in_good_faith")
    return told


def _open(story: Story, *, at: datetime) -> ReportGroup:
    state = check_redress_move(REPORT_MOVES, ReportAction.REPORT, "")
    return ReportGroup.objects.create(
        story=story, state=state, opened_at=at, look_by=at + ANSWER_WITHIN, due_at=at + ANSWER_WITHIN
    )


def _record(group: ReportGroup, made: Report, *, is_first: bool, at: datetime) -> Event:
    """Who reported stands in the report alone, from which it can be erased: not in the record."""
    data = {"report": made.pk, "kind": made.kind}
    if is_first:
        return record_report_move(group, ReportAction.REPORT, source="", by=None, at=at, data=data)
    data["group"] = group.pk
    return record_change(group.story, ReportAction.REPORT, by=None, at=at, data=data)


def address_of(story: Story, passage: str) -> str:
    """Where the passage stands: browsers go to a text fragment and mark it."""
    address = settings.SITE_URL + quote(story.path)
    words = passage.split()
    if not words:
        return address
    ends = [words] if len(words) <= 2 * FRAGMENT_WORDS else [words[:FRAGMENT_WORDS], words[-FRAGMENT_WORDS:]]
    whole = f"{address}#:~:text={','.join(_fragment(end) for end in ends)}"
    return whole if len(whole) <= ADDRESS_CHARACTERS else address


def _fragment(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")


def report_behind(token: str) -> Report | None:
    """The report whose status page this is."""
    found = Report.objects.select_related(
        "group__story", "group__decision", "group__again__decision", "second_look", "revision"
    )
    return found.filter(token_sha256=fingerprint(token)).first()
