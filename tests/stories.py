"""Stories in every state for the tests, made by the workflow's own verbs."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from stories.content import Content
from stories.models import (
    Batch,
    Claim,
    Decision,
    LaterLook,
    Note,
    Picture,
    PreparedReply,
    SavedView,
    Story,
    Submission,
    Topic,
)
from stories.workflow.batching import Deed, Shown, carry_out
from stories.workflow.claiming import claim
from stories.workflow.deciding import Read, approve, decline, return_to_author
from stories.workflow.disclaiming import offered_versions
from stories.workflow.drafting import begin_story, save_draft
from stories.workflow.inviting import accept, invite
from stories.workflow.keeping_views import keep_view
from stories.workflow.noting import Passage, Written, write_note
from stories.workflow.preparing import write_reply
from stories.workflow.submitting import submit

BODY = "<p>My grandmother never wrote a recipe down.</p><h2>Flour</h2><p>It took me two winters.</p>"


def make_topic(slug: str = "work", name: str = "Work") -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_content(**fields: object) -> Content:
    topic = make_topic()
    return Content(title="The bakery that would not grow", body=BODY, topics=(topic.slug,)).changed(**fields)


def make_draft(by: User, *, at: datetime | None = None, **fields: object) -> Story:
    story = begin_story(by=by, key=uuid4(), at=at)
    save_draft(story, make_content(**fields), by=by, version=0, at=at)
    return story


def make_coauthor(story: Story, member: User, *, at: datetime | None = None) -> None:
    """Invited by who leads the story, and said yes."""
    accept(invite(story, by=story.author, username=member.username, at=at), by=member, at=at)


def make_waiting(by: User, *, at: datetime | None = None, **fields: object) -> Submission:
    return submit(make_draft(by, at=at, **fields), by=by, at=at)


def change_draft(story: Story, *, at: datetime | None = None, **fields: object) -> None:
    story.draft.refresh_from_db()
    content = story.draft.content.changed(**fields)
    save_draft(story, content, by=story.author, version=story.draft.version, at=at)


def make_claimed(by: User, *, editor: User, at: datetime | None = None, **fields: object) -> Claim:
    return claim(make_waiting(by, at=at, **fields), by=editor, key=uuid4(), at=at)


def make_note(
    held: Claim,
    *,
    text: str = "Which ones?",
    kind: str = "note",
    block: int = 2,
    quote: str = "",
    replacement: str = "",
) -> Note:
    """Beside a passage of the text that is read under the claim; not sent before there is a decision."""
    written = Written(Note.Kind(kind), text, Passage(block, quote), replacement)
    revision_id = Submission.objects.get(pk=held.submission_id).revision_id
    return write_note(held, written, revision_id=revision_id, key=uuid4(), by=held.editor)


def read(held: Claim) -> Read:
    """What the editor who holds the claim has before them now."""
    submission = Submission.objects.select_related("revision").get(pk=held.submission_id)
    return Read(claim=held, revision_id=submission.revision_id, sha256=submission.revision.sha256)


def approve_claimed(
    held: Claim, *, at: datetime | None = None, publish_at: datetime | None = None
) -> Decision:
    versions = offered_versions("en")[:1]
    return approve(read(held), by=held.editor, disclaimers=versions, at=at, publish_at=publish_at)


def make_published(by: User, *, editor: User, at: datetime | None = None, **fields: object) -> Story:
    decision = approve_claimed(make_claimed(by, editor=editor, at=at, **fields), at=at)
    return Story.objects.get(pk=decision.submission.story_id)


def make_small_change(
    by: User, *, editor: User, words: str = "very ", at: datetime | None = None, **fields: object
) -> LaterLook:
    """Live by the policy, and not looked at yet."""
    story = make_published(by, editor=editor, at=at, **fields)
    shown = story.published_revision.body
    place = shown.index("</p>")
    change_draft(story, body=f"{shown[:place]} {words}{shown[place:]}", at=at)
    with override_settings(TRUSTED_AFTER=1, SECOND_LOOK_PERCENT=100):
        submission = submit(story, by=by, at=at)
    return LaterLook.objects.get(decision__submission=submission)


def make_returned(
    by: User,
    *,
    editor: User,
    note: str = "Say more about the oven.",
    requests: Sequence[str] = (),
    **fields: object,
) -> Submission:
    held = make_claimed(by, editor=editor, **fields)
    return return_to_author(read(held), by=editor, note=note, requests=requests).submission


def make_declined(
    by: User, *, editor: User, reason, note: str = "Not for us.", **fields: object
) -> Submission:
    held = make_claimed(by, editor=editor, **fields)
    return decline(read(held), by=editor, reason=reason, note=note).submission


def make_picture(by: User, *, number: int = 1) -> Picture:
    """A row of a picture, for texts that show one; its file is not there."""
    return Picture.objects.create(
        owner=by,
        name=f"pictures/{number:022d}.webp",
        sha256=f"{number:064d}",
        mime="image/webp",
        width=1600,
        height=900,
        size=1234,
        colour="#aa8866",
        created_at=timezone.now(),
    )


def make_reply(by: User, *, is_shared: bool = True, **words: str) -> PreparedReply:
    return write_reply(
        by=by,
        is_shared=is_shared,
        **{"name": "Thanks", "language": "en", "text": "Dear {author}, thank you. {editor}", **words},
    )


def make_batch(by: User, *submissions: Submission) -> Batch:
    """The submissions taken, all at once; of none the record of nothing."""
    if not submissions:
        return Batch.objects.create(kind=Batch.Kind.CLAIM, by=by, at=timezone.now(), key=uuid4())
    shown = [Shown(each.pk, each.version, each.revision_id) for each in submissions]
    return carry_out(Deed(Batch.Kind.CLAIM), shown, by=by, key=uuid4())


def make_view(by: User, *, name: str = "Late", query: str = "due=late", is_shared: bool = True) -> SavedView:
    return keep_view(by=by, query=query, name=name, is_shared=is_shared)
