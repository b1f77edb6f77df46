"""Who may: small questions about a person and a thing. Views ask to show, verbs ask to do."""

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from stories.models import (
    Appeal,
    Authorship,
    Claim,
    LaterLook,
    PreparedReply,
    Proposal,
    Report,
    ReportGroup,
    SavedView,
    SecondReading,
    Story,
    Submission,
)
from stories.status import SUBMISSION_MOVES, Action, Role

Person = User | AnonymousUser


def is_editor(user: Person) -> bool:
    """Who closes their account takes nothing in hand any more."""
    return user.is_active and not is_leaving(user) and user.has_perm("stories.review_submission")


def is_leaving(user: Person) -> bool:
    return user.is_authenticated and user.is_leaving


def leads(user: Person, story: Story) -> bool:
    return user.is_authenticated and story.author_id == user.pk


def writes(user: Person, story: Story) -> bool:
    """Who is among its authors now."""
    if not user.is_authenticated:
        return False
    return leads(user, story) or Authorship.objects.filter(story=story, author=user, left_at=None).exists()


def wrote(user: Person, story: Story) -> bool:
    """Who is among its authors, or was once."""
    if not user.is_authenticated:
        return False
    return leads(user, story) or Authorship.objects.filter(story=story, author=user).exists()


def may_write(user: Person, story: Story) -> bool:
    """Each author may change the draft, submit it, take it back, and take the story off the pages and back."""
    return user.is_active and writes(user, story)


def may_lead(user: Person, story: Story) -> bool:
    """Who leads it alone may invite, order the names, hand it over, and delete the story."""
    return user.is_active and leads(user, story)


def may_review(user: Person, submission: Submission) -> bool:
    """Nobody reads, claims or decides a story as its editor that they wrote, alone or with others."""
    return is_editor(user) and not wrote(user, submission.story)


def holds(user: Person, claim: Claim | None) -> bool:
    return claim is not None and claim.editor_id == user.pk and claim.ended_at is None


def may_read_log(user: Person) -> bool:
    return user.is_active and user.has_perm("stories.read_log")


def may_export_log(user: Person) -> bool:
    """It names everybody who wrote or decided, so only who answers for the site takes it away."""
    return may_read_log(user) and user.has_perm("stories.export_log")


def may_see_load(user: Person) -> bool:
    """What each editor does, by name. Others see their own, and the rest together."""
    return user.is_active and user.has_perm("stories.see_colleagues_load")


def may_edit_disclaimers(user: Person) -> bool:
    return user.is_active and user.has_perm("stories.edit_disclaimer")


def may_edit_reasons(user: Person) -> bool:
    return user.is_active and user.has_perm("stories.edit_reason")


def may_share_replies(user: Person) -> bool:
    """Whoever answers for the words of reasons answers for those of shared replies too."""
    return may_edit_reasons(user)


def may_change_reply(user: Person, reply: PreparedReply) -> bool:
    if reply.owner_id is None:
        return may_share_replies(user)
    return is_editor(user) and reply.owner_id == user.pk


def may_share_views(user: Person) -> bool:
    """And for the views of the queue that all editors see."""
    return is_editor(user) and may_edit_reasons(user)


def may_free(user: Person) -> bool:
    """Who answers for the desk may put back what a colleague does not come back to, many at once."""
    return is_editor(user) and may_edit_reasons(user)


def may_change_view(user: Person, view: SavedView) -> bool:
    if view.owner_id is None:
        return may_share_views(user)
    return is_editor(user) and view.owner_id == user.pk


def may_change_published_disclaimer(user: Person, story: Story) -> bool:
    return user.is_active and user.has_perm("stories.change_published_disclaimer") and not wrote(user, story)


def may_choose_features(user: Person) -> bool:
    return is_editor(user) and user.has_perm("stories.choose_features")


def may_correct(user: Person, story: Story) -> bool:
    return is_editor(user) and not wrote(user, story)


def may_remove(user: Person, story: Story) -> bool:
    return user.is_active and user.has_perm("stories.remove_story") and not wrote(user, story)


def may_judge(user: Person, group: ReportGroup) -> bool:
    """Nobody answers reports about a story that they wrote, or that they reported or answered themselves."""
    if not user.is_authenticated or not is_editor(user) or wrote(user, group.story):
        return False
    if group.again_of is not None and group.again_of.decision.decided_by_id == user.pk:
        return False
    return not Report.objects.filter(group=group.heard, reporter=user).exists()


def may_answer_appeals(user: Person) -> bool:
    """Those at all that are against others' decisions; which, says `Appeal.objects.for_editor`."""
    return is_editor(user) and user.has_perm("stories.remove_story")


def may_answer(user: Person, appeal: Appeal) -> bool:
    """Somebody else than who decided before, who did not write the story and may restore one."""
    decided_by = appeal.decision.decided_by_id if appeal.decision else None
    decided_by = appeal.removal.actor_id if appeal.removal else decided_by
    if not is_editor(user) or not may_remove(user, appeal.story) or user.pk == decided_by:
        return False
    return not Proposal.objects.led_to(appeal).filter(proposed_by=user.pk).exists()


def may_second(user: Person, proposal: Proposal) -> bool:
    """Agree or refuse: somebody else than who proposed it, who did not write the story."""
    return is_editor(user) and may_remove(user, proposal.story) and user.pk != proposal.proposed_by_id


def may_sanction(user: Person, member: User, story: Story) -> bool:
    """Warn or suspend an author of the story; never an editor's own story, nor another editor."""
    if not is_editor(user) or not may_remove(user, story) or is_editor(member):
        return False
    return wrote(member, story)


def may_read_again(user: Person, chosen: SecondReading) -> bool:
    """Who knows nothing of it yet: the same rule as of the list of those that wait."""
    if not user.is_authenticated or not is_editor(user):
        return False
    return SecondReading.objects.for_editor(user).filter(pk=chosen.pk).exists()


def may_look_later(user: Person, look: LaterLook) -> bool:
    """At a small change that went live by itself: an editor who did not write the story."""
    return is_editor(user) and may_remove(user, look.decision.submission.story)


def may_see_agreement(user: Person) -> bool:
    return user.is_active and user.has_perm("stories.read_agreement")


def roles(user: Person, submission: Submission, claim: Claim | None) -> set[Role]:
    """What `user` is to this submission, given its live claim."""
    found = set()
    if may_write(user, submission.story):
        found.add(Role.AUTHOR)
    if may_review(user, submission):
        found.add(Role.EDITOR)
        if holds(user, claim):
            found.add(Role.CLAIMANT)
        elif claim is not None and claim.ended_at is None:
            found.add(Role.COLLEAGUE)
    return found


def allowed_actions(user: Person, submission: Submission, claim: Claim | None) -> set[Action]:
    """The moves this person could make now; read from the one table of legal moves."""
    mine = roles(user, submission, claim)
    return {
        action
        for action, move in SUBMISSION_MOVES.items()
        if submission.state in move.sources and move.role in mine
    }
