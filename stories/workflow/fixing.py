"""House style: with their author's consent an editor corrects small things in the very text that is read.

Nothing else lets an editor's words into a text. Each correction names the text that came with the consent, is
bounded in words, touches no link, is an event with what stood there before and after, and its author is told.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import User
from stories.models import Claim, Fix, Note, Revision, Settlement, Story, StyleConsent, Submission
from stories.permissions import may_review
from stories.prose.anchors import SAME, Newer, NoPassage
from stories.prose.replacing import Replaced, replace_words
from stories.status import AlreadyThere, NoRoom, NotAllowed, Stale, WrongState
from stories.workflow.claiming import check_live, lock_claim
from stories.workflow.freezing import freeze_content
from stories.workflow.keeping import keep_replaced
from stories.workflow.locking import lock_draft, lock_story
from stories.workflow.noting import refuse_settled
from stories.workflow.recording import record_change


def keep_consent(
    submission: Submission, *, revision_id: int, is_given: bool | None, by: User, at: datetime
) -> bool:
    """Part of submitting: whether the author's word is another one than before. None is no word, so no consent."""
    last = StyleConsent.objects.filter(submission=submission, revision=revision_id).order_by("-id").first()
    if is_given is None or is_given == (last is not None and last.is_given):
        return False
    StyleConsent.objects.create(
        submission=submission, revision_id=revision_id, is_given=is_given, by=by, at=at
    )
    return True


def may_fix(submission: Submission) -> bool:
    """Whether its author allowed it for the text that is read, or for the one of which that was made: one query."""
    made_of = Fix.objects.filter(made=submission.revision_id).values("base")
    said = StyleConsent.objects.filter(submission=submission).filter(
        Q(revision=submission.revision_id) | Q(revision__in=made_of)
    )
    return said.order_by("-id").values_list("is_given", flat=True).first() or False


@transaction.atomic
def fix(note: Note, claim: Claim, *, by: User, at: datetime | None = None) -> Fix:
    """Puts a suggestion that its author has not seen into the text that is read, and into the draft where it is the
    same.

    Raises NotAllowed without the author's consent, NoRoom when more words would change than are allowed, WrongState
    for words that carry a link, Stale when the passage or the claim is gone.
    """
    at = at or timezone.now()
    story = lock_story(note.submission.story)
    submission, claim = lock_claim(claim)
    submission.story = story
    if note.submission_id != submission.pk or not may_review(by, submission):
        raise NotAllowed("Only the editor who reads this story corrects it.")
    check_live(claim, by=by, at=at)
    refuse_settled(note)
    if note.kind != Note.Kind.SUGGESTION or note.round != submission.round:
        raise WrongState("Only words that you suggest in this round can be put in.")
    if not may_fix(submission):
        raise NotAllowed(
            "The author has not allowed editors to correct this text. They take the words themselves."
        )
    revision = submission.revision
    base = Fix.objects.filter(made=revision).values_list("base", flat=True).first() or revision.pk
    replaced = _replaced(note, revision)
    _check_small(replaced, base=base)
    made = _freeze(story, revision, note, replaced, at=at)
    submission.revision = made
    submission.version += 1
    submission.save(update_fields=["revision", "version"])
    done = Fix.objects.create(
        note=note,
        submission=submission,
        base_id=base,
        made=made,
        claim=claim,
        words=replaced.words,
        by=by,
        at=at,
    )
    Settlement.objects.create(note=note, kind=Settlement.Kind.FIXED, by=by, at=at)
    record_change(
        story,
        "fix",
        by=by,
        at=at,
        submission=submission,
        note=f"Before: {note.quote}\nAfter: {note.replacement}",
        data={"note": note.pk, "was": revision.pk, "revision": made.pk, "words": replaced.words},
    )
    return done


def _replaced(note: Note, revision: Revision) -> Replaced:
    place = Newer(note.revision.body, revision.body).find(note.anchor) if note.anchor is not None else None
    if place is None or place.state != SAME:
        raise Stale("The words in the text are others by now, so nothing was changed.")
    try:
        return replace_words(revision.body, place, note.replacement)
    except NoPassage:
        raise Stale("The words stand in several paragraphs now, so nothing was changed.") from None


def _check_small(replaced: Replaced, *, base: int) -> None:
    if not replaced.keeps_links:
        raise WrongState("These words carry a link, which only the author changes. Nothing was corrected.")
    before = Fix.objects.filter(base=base).aggregate(words=Sum("words"))["words"] or 0
    if before + replaced.words > settings.FIX_WORDS:
        raise NoRoom(
            f"Editors may change at most {settings.FIX_WORDS} words of a text by themselves, and this would be "
            f"{before + replaced.words}. Nothing was corrected; the author can take the words."
        )


def _freeze(story: Story, revision: Revision, note: Note, replaced: Replaced, *, at: datetime) -> Revision:
    """The draft follows where it is the text that was sent; where it went on by itself it is left alone."""
    draft = lock_draft(story)
    content = revision.content.changed(body=replaced.html)
    version = revision.draft_version
    if draft.content == revision.content.changed(pictures=()):
        offered = draft.content.changed(body=replaced.html)
        keep_replaced(draft, offered, at=at)
        draft.body = replaced.html
        draft.version += 1
        draft.saved_from, draft.saved_turn, draft.saved_at = "", 0, at
        draft.save(update_fields=["body", "version", "saved_from", "saved_turn", "saved_at", "kept_at"])
        version = draft.version
    made = freeze_content(story, content, draft_version=version, at=at)
    if made.pk == revision.pk or Fix.objects.filter(made=made).exists():
        raise AlreadyThere("The text stands like this already; nothing was changed.")
    return made
