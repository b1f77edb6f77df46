"""Who wrote a story: whoever began it, and those who said yes when they were invited to write it too."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models.functions import JSONObject

if TYPE_CHECKING:
    from accounts.models import User


class AuthorshipQuerySet(models.QuerySet["Authorship"]):
    def current(self) -> AuthorshipQuerySet:
        """Those whose names the story carries, in their order."""
        return self.filter(left_at__isnull=True).order_by("position", "id")


class Authorship(models.Model):
    """The row stays when somebody leaves: who ever wrote a story never decides on it."""

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="authorships")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="authorships")
    position = models.PositiveSmallIntegerField("place of the name")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    # Empty while readers may not find the story on the author's page.
    listed_at = models.DateTimeField(null=True)

    objects = AuthorshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "author"], name="author_once_a_story"),
            models.CheckConstraint(
                condition=models.Q(left_at__isnull=True) | models.Q(listed_at__isnull=True),
                name="author_who_left_is_not_listed",
            ),
        ]
        indexes = [
            # an author's public page, newest first
            models.Index(
                fields=["author", "-listed_at", "-story"],
                condition=models.Q(listed_at__isnull=False),
                name="author_page",
            ),
            # /writing/
            models.Index(
                fields=["author", "-story"], condition=models.Q(left_at__isnull=True), name="author_desk"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} wrote story {self.story_id}"


_USERNAME = models.Case(
    models.When(author__is_nameless=True, then=models.Value("")), default=models.F("author__username")
)


def authors_of(story: models.OuterRef, *columns: str) -> ArraySubquery:
    """`writers`: a list of {column: value} for each author in the order of their names.

    Whoever closed the account and took the name away has no user name here, and so no page to lead to.
    """
    rows = Authorship.objects.filter(story=story).current()
    return ArraySubquery(
        rows.values(
            writer_json=JSONObject(
                **{**{column: f"author__{column}" for column in columns}, "username": _USERNAME}
            )
        )
    )


def written(story: models.OuterRef, user: User) -> models.Exists:
    """Whether `user` is or was among the story's authors."""
    return models.Exists(Authorship.objects.filter(story=story, author=user))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self) -> InvitationQuerySet:
        return self.filter(state=Invitation.State.WAITING)

    def run_out(self, now: datetime) -> InvitationQuerySet:
        return self.waiting().filter(expires_at__lte=now)


class Invitation(models.Model):
    """Asks a member, or whoever has an e-mail address, to write a story too.

    One to an address never names the member it belongs to, so that nobody learns who has an account.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting for an answer"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        RUN_OUT = "run_out", "ran out"

    story = models.ForeignKey("stories.Story", models.CASCADE, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="invitations"
    )
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, email="")
                | models.Q(models.Q(member__isnull=True), ~models.Q(email="")),
                name="invitation_is_to_one",
            ),
            models.UniqueConstraint(
                fields=["story", "member"],
                condition=models.Q(state="waiting"),
                name="one_waiting_invitation_a_member",
            ),
            models.UniqueConstraint(
                fields=["story", "email"],
                condition=models.Q(state="waiting") & ~models.Q(email=""),
                name="one_waiting_invitation_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", answered_at__isnull=True)
                | models.Q(~models.Q(state="waiting"), answered_at__isnull=False),
                name="invitation_end_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "accepted", "declined", "withdrawn", "run_out"]),
                name="invitation_state_is_known",
            ),
        ]
        indexes = [
            # the clock: which have run out
            models.Index(
                fields=["expires_at"], condition=models.Q(state="waiting"), name="invitation_running_out"
            ),
            models.Index(fields=["story", "-id"], name="invitation_of_story"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to story {self.story_id}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def called(self) -> str:
        """Whom it is to, as whoever invited wrote it."""
        return self.member.name if self.member else self.email
