"""Which deeds of an editor a second one has to agree to: those that the site names, wherever there is a second one."""

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import editors
from stories.models import Authorship, Proposal, Reason, Story
from stories.status import MoveRefused


class NeedsAgreement(MoveRefused):
    """Not done by one editor: it is proposed, and done when another one agrees."""

    def __init__(self) -> None:
        super().__init__(
            "A second editor has to agree to this, so it is proposed first, on the page of the story itself. "
            "Nothing was done."
        )


def asks_agreement(kind: str, reason: Reason, story: Story, *, by: User) -> bool:
    """Not where nobody else could agree: a site with one editor goes on, and its record says that one decided."""
    asked = "removals" if kind == Proposal.Kind.REMOVE else reason.family
    return asked in settings.SECOND_AGREEMENT and could_agree(story, but=by).exists()


def could_agree(story: Story, *, but: User) -> QuerySet[User]:
    """The other editors who never wrote at the story."""
    wrote = Authorship.objects.filter(story=story).values("author")
    return editors().exclude(pk__in=[but.pk, story.author_id]).exclude(pk__in=wrote)
