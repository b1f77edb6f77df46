"""Look-ups and house-keeping: what the workflow writes can be read here, and changed by the workflow alone."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from stories.models import (
    CarriedDisclaimer,
    Claim,
    Decision,
    Disclaimer,
    DisclaimerVersion,
    Event,
    Notice,
    Picture,
    PublicLine,
    Reason,
    ReasonVersion,
    Statement,
    Story,
    Submission,
    Tag,
    Topic,
)


class ForLooking(admin.ModelAdmin):
    """Found and read, never added, changed or deleted; and no action that does any of it."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ForKeeping(admin.ModelAdmin):
    """What the house itself keeps: its words may change and new ones come, its key stays, nothing is deleted."""

    actions = None
    key: str

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [self.key] if obj is not None else []

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Topic)
class TopicAdmin(ForKeeping):
    key = "slug"
    list_display = ["name", "slug", "position", "is_open"]
    search_fields = ["name", "slug"]


@admin.register(Reason)
class ReasonAdmin(ForLooking):
    list_display = ["label", "code", "family", "position", "is_open"]
    list_filter = ["family", "is_open"]
    search_fields = ["label", "code"]


@admin.register(Story)
class StoryAdmin(ForLooking):
    list_display = ["id", "slug", "author", "state", "first_published_at", "created_at"]
    list_filter = ["state"]
    list_select_related = ["author"]
    search_fields = ["slug", "author__username"]
    exclude = ["published_revision", "scheduled_revision"]


@admin.register(Submission)
class SubmissionAdmin(ForLooking):
    list_display = ["id", "story", "state", "round", "opened_at", "queued_at", "ended_at"]
    list_filter = ["state"]
    list_select_related = ["story"]
    search_fields = ["story__slug", "story__author__username"]


@admin.register(Claim)
class ClaimAdmin(ForLooking):
    list_display = ["id", "submission", "editor", "claimed_at", "expires_at", "ended_at", "end"]
    list_filter = ["end"]
    list_select_related = ["editor", "submission"]
    search_fields = ["editor__username"]


@admin.register(Decision)
class DecisionAdmin(ForLooking):
    list_display = ["id", "submission", "kind", "decided_by", "policy", "decided_at", "reason"]
    list_filter = ["kind", "policy", "reason"]
    list_select_related = ["submission", "decided_by", "reason"]
    search_fields = ["decided_by__username"]


@admin.register(Statement)
class StatementAdmin(ForLooking):
    list_display = ["id", "event", "restriction", "led_by", "ground"]
    list_filter = ["restriction", "led_by"]
    list_select_related = ["event", "ground"]


@admin.register(PublicLine)
class PublicLineAdmin(ForLooking):
    list_display = ["id", "at", "kind", "family", "reason", "led_by", "language"]
    list_filter = ["kind", "family", "led_by"]


@admin.register(ReasonVersion)
class ReasonVersionAdmin(ForLooking):
    list_display = ["reason", "language", "number", "label", "made_by", "made_at"]
    list_select_related = ["reason", "made_by"]


@admin.register(Event)
class EventAdmin(ForLooking):
    list_display = ["id", "at", "action", "story", "actor", "from_state", "to_state"]
    list_select_related = ["story", "actor"]
    search_fields = ["action", "actor__username", "story__slug"]


@admin.register(Disclaimer)
class DisclaimerAdmin(ForLooking):
    list_display = ["name", "key", "is_default", "is_open"]


@admin.register(DisclaimerVersion)
class DisclaimerVersionAdmin(ForLooking):
    list_display = ["disclaimer", "language", "number", "label", "made_by", "made_at"]
    list_select_related = ["disclaimer", "made_by"]


@admin.register(CarriedDisclaimer)
class CarriedDisclaimerAdmin(ForLooking):
    list_display = ["story", "position", "label", "language", "given_at"]
    list_select_related = ["story"]


@admin.register(Notice)
class NoticeAdmin(ForLooking):
    """The outbox: what waits, what was given up, and what the mail server said."""

    list_display = ["id", "recipient", "kind", "mail", "mail_attempts", "mail_due_at", "mail_error"]
    list_filter = ["mail", "kind"]
    list_select_related = ["recipient"]
    search_fields = ["recipient__username"]


@admin.register(Picture)
class PictureAdmin(ForLooking):
    list_display = ["name", "owner", "mime", "width", "height", "size", "created_at"]
    list_select_related = ["owner"]
    search_fields = ["name", "owner__username"]


@admin.register(Tag)
class TagAdmin(ForLooking):
    list_display = ["name", "slug"]
    search_fields = ["name"]
