"""What changed in a submitted text since it was last decided on, or from what readers see now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import formats, timezone

from accounts.models import User
from stories.body import Body
from stories.comparing import comparison_of
from stories.models import Decision, DisclaimerVersion, Revision, Submission
from stories.prose.compare import Comparison
from stories.prose.compare_facts import Fact, Line
from stories.prose.compare_segments import ADDED, REMOVED, Segment
from stories.workflow.disclaiming import fill

MINE, LAST, PUBLISHED = "mine", "last", "published"
_DID = {
    Decision.Kind.APPROVE: "approved it",
    Decision.Kind.RETURN: "sent it back",
    Decision.Kind.DECLINE: "declined it",
}


@dataclass(frozen=True)
class Base:
    """A text that the one on the page can be compared with."""

    key: str
    words: str
    revision_id: int
    decision: Decision | None = None


@dataclass(frozen=True)
class Since:
    words: str
    comparison: Comparison
    chosen: str = ""
    bases: Sequence[Base] = ()


def since_of(
    submission: Submission, decisions: Sequence[Decision], body: Body, *, by: User, against: str
) -> Since | None:
    """The text as it was `against`, else the likeliest one: two queries, and one more where topics differ.

    `decisions` are those on the story, the latest first. None at a first reading.
    """
    bases = bases_of(submission, decisions, by=by)
    if not bases:
        return None
    base = next((base for base in bases if base.key == against), bases[0])
    before = Revision.objects.get(pk=base.revision_id)
    comparison = comparison_of(before, submission.revision)
    disclaimer = _disclaimer(_disclaimers_of(base, submission), _said(body))
    return Since(base.words, _links_first(comparison, disclaimer), base.key, bases)


def bases_of(submission: Submission, decisions: Sequence[Decision], *, by: User) -> list[Base]:
    """Each text once: this trip's last decisions by editors, what readers see, then those of earlier trips."""
    here = (submission.pk, submission.round)
    earlier = [d for d in decisions if (d.submission_id, d.round) != here and not d.policy]
    mine = next((d for d in earlier if d.decided_by_id == by.pk), None)
    found = [_decided(MINE, mine, by=by)] if mine else []
    if earlier and earlier[0] is not mine:
        found.append(_decided(LAST, earlier[0], by=by))
    shown = submission.story.published_revision_id
    if shown is not None and shown != submission.revision_id:
        found.append(Base(PUBLISHED, "Against what readers see now", shown))
    found.sort(key=lambda base: base.decision is not None and base.decision.submission_id != submission.pk)
    # A text that two of them name stands under the first of its names.
    once = {base.revision_id: base for base in reversed(found)}
    return [base for base in found if once[base.revision_id] is base]


def between(read: Revision | None, now: Revision) -> Since | None:
    """What changed while an editor was reading."""
    if read is None or read.pk == now.pk:
        return None
    return against(read, now, words="While you were reading")


def against(before: Revision, now: Revision, *, words: str) -> Since:
    return Since(words, _links_first(comparison_of(before, now), ()))


def _decided(key: str, decision: Decision, *, by: User) -> Base:
    who = "you" if decision.decided_by_id == by.pk else decision.decider
    day = formats.date_format(timezone.localtime(decision.decided_at), "j F")
    return Base(
        key, f"Since {who} {_DID[Decision.Kind(decision.kind)]} on {day}", decision.revision_id, decision
    )


def _links_first(comparison: Comparison, disclaimer: tuple[Fact, ...]) -> Comparison:
    facts = sorted(comparison.facts, key=lambda fact: fact.name != "links")
    return replace(comparison, facts=(*facts, *disclaimer))


Said = list[tuple[str, str]]


def _disclaimers_of(base: Base, submission: Submission) -> Said | None:
    """What stood above the text then; None above one that was never approved."""
    if base.key == PUBLISHED:
        return [(given.label, given.text) for given in submission.story.disclaimers.all()]
    if base.decision is None or base.decision.kind != Decision.Kind.APPROVE:
        return None
    versions = DisclaimerVersion.objects.in_bulk(base.decision.disclaimers)
    given = [versions[pk] for pk in base.decision.disclaimers]
    return [(fill(version.label), fill(version.text)) for version in given]


def _said(body: Body) -> Said:
    return [(shown.label, shown.text) for shown in body.disclaimers]


def _disclaimer(before: Said | None, now: Said) -> tuple[Fact, ...]:
    if before is None or before == now:
        return ()
    gone = [Line((Segment(REMOVED, text),), note=f"{label}:") for label, text in before]
    come = [Line((Segment(ADDED, text),), note=f"{label}:") for label, text in now]
    return (Fact("disclaimer", "The disclaimer it would carry", (*gone, *come)),)
