"""What an author's record has earned, and whether a change to a published story may go live because of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Exists, F, Func, IntegerField, Model, OuterRef, Q, QuerySet

from accounts.models import User
from stories.content import Content
from stories.models import (
    Appeal,
    Authorship,
    Correction,
    Decision,
    LaterLook,
    ReportGroup,
    Revision,
    Sanction,
    Story,
)
from stories.small_changes import Change, change_between
from stories.status import StoryState

AFTER_CORRECTION = timedelta(days=30)
TOUCHED = {
    "links": "a link or an address",
    "pictures": "a picture, its caption or its words",
    "footnotes": "a footnote",
    "form": "more than words: the order or the kind of a passage",
    "title": "the title",
    "summary": "the summary",
    "language": "the language",
    "topics": "the topics",
    "tags": "the tags",
    "cover": "the cover picture",
    "cover_alt": "the words for the cover picture",
    "disclosures": "what you disclose",
}


@dataclass(frozen=True)
class Trust:
    """`approvals` in a row, as the database counts them; `needed` is 0 where no change goes live by itself."""

    approvals: int
    needed: int

    @property
    def is_earned(self) -> bool:
        return 0 < self.needed <= self.approvals


@dataclass(frozen=True)
class Outlook:
    """Of a change: `because` says why it waits for an editor, "" for one that goes live at once."""

    because: str
    change: Change | None = None
    base: Revision | None = None

    @property
    def is_live(self) -> bool:
        return not self.because


def trust_of(member: User) -> Trust:
    return Trust(approvals_in_row(member), settings.TRUSTED_AFTER)


def approvals_in_row(member: User) -> int:
    """One query: the count that the guards of the database go by."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stories_approvals_in_row(%s)", [member.pk])
        return int(cursor.fetchone()[0])


def outlook(story: Story, content: Content, *, authors: Sequence[User], at: datetime) -> Outlook | None:
    """What would come of submitting `content`. None where there is nothing to say: the site has no such policy,
    or the story is not published.
    """
    if not settings.TRUSTED_AFTER or story.state != StoryState.PUBLISHED or story.published_revision is None:
        return None
    if because := _not_trusted(authors, at=at):
        return Outlook(because)
    if because := _in_question(story, at=at):
        return Outlook(because)
    base = read_by_an_editor(story)
    if base is None:
        return Outlook("no editor has read the text that readers see")
    change = change_between(base.content, content)
    # A step after others may take back what they brought: the text that readers see is looked at as well.
    latest = change_between(story.published_revision.content, content)
    touched = dict.fromkeys((*change.touched, *latest.touched))
    if touched:
        said = ", and ".join(TOUCHED.get(name, name) for name in touched)
        return Outlook(f"it changes {said}", change, base)
    if not change.is_small(under=settings.SMALL_CHANGE_WORDS):
        return Outlook(
            f"{change.words} words are others than in the text that an editor read last, and fewer than "
            f"{settings.SMALL_CHANGE_WORDS} make a small change",
            change,
            base,
        )
    return Outlook("", change, base)


def ready_for_small_changes(stories: Collection[Story], *, at: datetime) -> frozenset[int]:
    """Those of which a small change would go live at once, whatever it is: two queries, however many they are."""
    published = [story.pk for story in stories if story.state == StoryState.PUBLISHED]
    if not settings.TRUSTED_AFTER or not published:
        return frozenset()
    names = Authorship.objects.current().filter(story__in=published)
    earned = User.objects.annotate(
        in_row=Func(F("pk"), function="stories_approvals_in_row", output_field=IntegerField())
    )
    waiting = earned.filter(pk__in=names.values("author")).filter(
        Q(in_row__lt=settings.TRUSTED_AFTER)
        | Exists(Sanction.objects.filter(member=OuterRef("pk")).suspending(at))
    )
    untrusted = list(waiting.values_list("pk", flat=True))
    found = Story.objects.filter(pk__in=published).exclude(
        pk__in=names.filter(author__in=untrusted).values("story")
    )
    for question in _questions(at).values():
        found = found.exclude(Exists(question.filter(story=OuterRef("pk"))))
    return frozenset(found.values_list("pk", flat=True))


def read_by_an_editor(story: Story) -> Revision | None:
    """The last published text that an editor approved or found fine: small steps do not add up to a leap."""
    shown = story.published_revision
    decisions = Decision.objects.filter(revision=shown, kind=Decision.Kind.APPROVE)
    if shown is None or decisions.filter(policy="").exists():
        return shown
    look = LaterLook.objects.filter(decision__in=decisions).select_related("before").order_by("-id").first()
    if look is None:
        return None
    return shown if look.verdict == LaterLook.Verdict.FINE else look.before


def _not_trusted(authors: Sequence[User], *, at: datetime) -> str:
    if Sanction.objects.filter(member__in=authors).suspending(at).exists():
        return "one of its authors is suspended"
    trusts = [trust_of(author) for author in authors]
    if all(trust.is_earned for trust in trusts):
        return ""
    needed = settings.TRUSTED_AFTER
    if len(trusts) > 1:
        return f"not each of its authors has {needed} approvals in a row yet"
    return f"you have {trusts[0].approvals} of {needed} approvals in a row"


def _in_question(story: Story, *, at: datetime) -> str:
    found = (because for because, question in _questions(at).items() if question.filter(story=story).exists())
    return next(found, "")


def _questions(at: datetime) -> dict[str, QuerySet[Model]]:
    """What makes every text of a story wait for an editor."""
    return {
        "the story is with the editors for another reason": ReportGroup.objects.open(),
        "an appeal about the story is still open": Appeal.objects.filter(answer__isnull=True),
        f"the story was corrected in the last {AFTER_CORRECTION.days} days": Correction.objects.filter(
            at__gt=at - AFTER_CORRECTION
        ),
    }
