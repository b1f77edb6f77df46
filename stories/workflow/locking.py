"""Takes a story in hand: its row is held first of all, so that two verbs never wait for each other in a ring."""

from datetime import datetime

from accounts.models import User
from stories.models import Draft, Sanction, Story, Submission
from stories.permissions import is_leaving, may_write
from stories.status import NotAllowed, WrongState


def lock_story(story: Story) -> Story:
    """The story as it is now, and as it stays until the transaction ends."""
    held = Story.objects.select_for_update(no_key=True, of=("self",)).select_related("author")
    return held.get(pk=story.pk)


def lock_as_author(story: Story, *, by: User) -> Story:
    """The same, for what each of its authors may do."""
    if not may_write(by, story):
        raise NotAllowed("Only its author can do this.")
    return lock_story(story)


def lock_submission(story: Story, pk: int) -> Submission:
    """Next after its story, which the caller holds: the submission has it as its own."""
    locked = Submission.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    locked.story = story
    return locked


def lock_draft(story: Story) -> Draft:
    """The text that is being written, with its story: saves wait until the transaction ends."""
    return Draft.objects.select_for_update(of=("self",)).select_related("story").get(story=story)


def refuse_suspended(by: User, *, at: datetime) -> None:
    """For the verbs that submit and publish: the database refuses their events too."""
    given = Sanction.objects.filter(member=by).suspending(at).first()
    if given is not None:
        raise WrongState(
            f"You are suspended until {given.until}, so nothing can be submitted or published before. Your draft is "
            "saved. Under My stories stands why, and how you can appeal."
        )


def refuse_leaving(by: User) -> None:
    """For the verbs that begin something new: the database refuses their events too."""
    if is_leaving(by):
        raise WrongState(
            "You are closing your account, so nothing new begins. Keep your account first; nothing was changed."
        )
