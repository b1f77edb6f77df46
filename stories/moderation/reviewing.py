"""All that the review page shows of one submission."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.text import capfirst

from accounts.models import User
from stories.body import Body, ShownDisclaimer, body_of
from stories.models import Claim, Decision, DisclaimerVersion, Proposal, Submission, Topic
from stories.moderation.comparing import since_of
from stories.moderation.conversation import conversation_of, decisions_on, earlier_trips, requests_in
from stories.moderation.forms import DecisionForm
from stories.moderation.records import Record, records_of
from stories.moderation.settling import SettlingForm
from stories.prose.languages import language_of
from stories.status import SubmissionState, say
from stories.workflow.disclaiming import fill, offered_versions


@dataclass(frozen=True)
class Review:
    """`claim` is the live one, whoever holds it; `is_mine` says that its reader may decide under it now."""

    submission: Submission
    claim: Claim | None
    is_mine: bool
    versions: list[DisclaimerVersion]
    at: datetime


def review_of(submission: Submission, *, by: User, now: datetime) -> Review:
    claims = submission.claims.live().with_held().select_related("editor")
    claim = next((claim for claim in claims if claim.is_live(now)), None)
    return Review(
        submission=submission,
        claim=claim,
        is_mine=claim is not None and claim.editor_id == by.pk and not claim.is_held,
        versions=offered_versions(
            submission.revision.language, submission.revision.disclosures, submission.revision.topics
        ),
        at=now,
    )


def blank_form(review: Review, *, typed: dict[str, str]) -> DecisionForm | None:
    """The form for the text that is on the page, filled with what was typed before; none for who may not decide."""
    if not review.is_mine or review.claim is None:
        return None
    text = review.submission.revision
    wished = review.submission.wished_for
    later = {"publish_at": wished} if wished is not None and wished > review.at else {}
    # What was ticked before, or nothing of it; only a form that nobody touched has ticks of its own.
    kept = [pk for pk in typed.get("added", "").split(",") if pk]
    ticked = {"added": kept} if typed.get("decision") else {}
    initial = {
        "claim": review.claim.pk,
        "revision": text.pk,
        "sha256": text.sha256,
        **later,
        **typed,
        **ticked,
    }
    return DecisionForm(initial=initial, versions=review.versions, disclosures=text.disclosures)


def page_context(
    review: Review,
    form: DecisionForm | None,
    *,
    by: User,
    settling: SettlingForm | None = None,
    typed: dict[str, str] | None = None,
    against: str = "",
) -> dict[str, Any]:
    """`settling` is what was sent and refused; else it is filled with what was `typed` before."""
    submission = review.submission
    text = submission.revision
    decisions = decisions_on(submission)
    rounds = conversation_of(submission, decisions)
    authors = submission.story.authors()
    records = records_of((author.pk for author in authors), with_trust=True)
    body = body_for(review, form, authors=authors)
    settling = settling or SettlingForm(initial=typed, requests=requests_in(rounds))
    to_settle, settled_before = settling.rows(round_now=submission.round)
    return {
        "review": review,
        "proposal": proposal_on(submission),
        "submission": submission,
        "state_words": "You are reading" if review.is_mine else capfirst(say(submission.state)),
        "text": text,
        "language": language_of(text.language),
        "body": body,
        "offered": [(version, shown(version)) for version in review.versions],
        "links": text.rendering.links,
        "records": [(author, records.get(author.pk, Record())) for author in authors],
        "rounds": rounds,
        "settling": settling,
        "to_settle": to_settle,
        "settled_before": settled_before,
        "since": since_of(submission, decisions, body, by=by, against=against),
        "earlier": earlier_trips(submission, decisions),
        "form": form,
        "lease_seconds": round((review.claim.expires_at - review.at).total_seconds()) if review.claim else 0,
        "key": uuid4(),
    }


def proposal_on(submission: Submission) -> Proposal | None:
    """What waits for a second editor's word; only what waits can have it."""
    if submission.state != SubmissionState.QUEUED:
        return None
    return submission.proposals.standing().select_related("proposed_by").first()


def body_for(review: Review, form: DecisionForm | None, *, authors: Iterable[User]) -> Body:
    """The story exactly as readers will see it, under the disclaimer that is chosen in the form."""
    submission = review.submission
    rendering = submission.revision.rendering
    return body_of(
        submission.revision,
        authors=authors,
        html=rendering.html,
        minutes=rendering.minutes,
        topic_names=dict(Topic.objects.values_list("slug", "name")),
        disclaimers=[shown(version) for version in _picked(review, form)],
        cover_size=rendering.cover,
        date=submission.story.first_published_at,
    )


def _picked(review: Review, form: DecisionForm | None) -> list[DisclaimerVersion]:
    """Those that an approval gave it, else the one that is chosen, else the default."""
    if review.submission.state == SubmissionState.APPROVED:
        approval = review.submission.decisions.get(kind=Decision.Kind.APPROVE)
        given = DisclaimerVersion.objects.in_bulk(approval.disclaimers)
        return [given[pk] for pk in approval.disclaimers]
    chosen = str(form["disclaimer"].value()) if form is not None else ""
    base = [version for version in review.versions if str(version.pk) == chosen] or review.versions[:1]
    ticked = {str(pk) for pk in form["added"].value() or ()} if form is not None else set()
    return base + [
        version for version in review.versions if str(version.pk) in ticked and version not in base
    ]


def shown(version: DisclaimerVersion) -> ShownDisclaimer:
    return ShownDisclaimer(fill(version.label), fill(version.text), version.language)
