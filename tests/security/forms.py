"""Every address that takes a form, who may send it, and what is sent when all is well."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.core import signing
from django.urls import reverse

from stories.models import (
    AppealClaim,
    Claim,
    Decision,
    Disclaimer,
    DisclaimerVersion,
    HeldDecision,
    Reason,
    Report,
    ReportClaim,
    Story,
    Submission,
)
from tests.cast import PASSWORD

Things = dict[str, object]


@dataclass(frozen=True)
class Sent:
    """`data` makes what a person sends; names in `text` are what they typed, which must never be lost."""

    name: str
    who: str
    data: Callable[[Things], dict[str, object]]
    gaps: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    extra: tuple[str, ...] = field(default=("next",))

    def path(self, things: Things) -> str:
        return reverse(self.name, args=[things[gap] for gap in self.gaps])


def _draft(things: Things) -> dict[str, object]:
    story = Story.objects.select_related("draft").get(pk=things["draft_id"])
    return {
        "version": story.draft.version, "markup": "text", "title": "A title", "summary": "A summary",
        "body": "Some words.\n\nMore words.", "language": "en", "topics": "work", "tags": "one, two",
        "cover": "", "cover_alt": "", "cover_removed": "", "action": "", "wished_for": "",
        "asks_fixes": "1", "may_fix": "on",
        "disclosed": "before", "disclosed_before": "https://example.com/", "disclosed_company": "",
    }  # fmt: skip


def _decision(things: Things) -> dict[str, object]:
    held = Claim.objects.select_related("submission__revision").get(submission=things["submission_id"])
    return {
        "claim": held.pk, "revision": held.submission.revision_id, "sha256": held.submission.revision.sha256,
        "decision": "return", "disclaimer": DisclaimerVersion.objects.filter(language="en").first().pk,
        "reason": Reason.objects.first().pk, "led_by": "own", "note": "Say more.",
        "requests": "A year.\nA place.", "publish_at": "",
    }  # fmt: skip


def _answers(things: Things) -> dict[str, object]:
    return {f"tick_{things['request_id']}": "disagreed", f"because_{things['request_id']}": "Because."}


def _held(things: Things) -> dict[str, object]:
    return {"claim": Claim.objects.get(submission=things["submission_id"]).pk}


def _note(things: Things) -> dict[str, object]:
    held = Claim.objects.select_related("submission").get(submission=things["submission_id"])
    return {
        "claim": held.pk, "revision": held.submission.revision_id, "key": uuid4(), "kind": "suggestion", "block": "2",
        "quote": "two winters", "before": "", "replacement": "three winters", "text": "Why.",
    }  # fmt: skip


def _held_reports(things: Things) -> dict[str, object]:
    return {"claim": ReportClaim.objects.get(group=things["group_id"]).pk}


def _answer(things: Things) -> dict[str, object]:
    return {
        **_held_reports(things), "up_to": Report.objects.latest("pk").pk, "decision": "remove", "note": "Why.",
        "answer": "You were right.", "reason": Reason.objects.first().pk, "earlier": "",
        "disclaimer": DisclaimerVersion.objects.first().pk,
    }  # fmt: skip


def _appeal(things: Things) -> dict[str, object]:
    (declined,) = Decision.objects.filter(submission__story=things["declined_story_id"])
    return {"key": uuid4(), "target": f"decision-{declined.pk}", "text": "It is not true."}


def _batch(things: Things) -> dict[str, object]:
    submission = Submission.objects.get(pk=things["waiting_id"])
    return {
        "kind": "decline", "row": f"{submission.pk}-{submission.version}-{submission.revision_id}", "key": uuid4(),
        "reason": Reason.objects.first().pk, "led_by": "own", "note": "Why.",
    }  # fmt: skip


def _nothing(things: Things) -> dict[str, object]:
    return {}


def _words(**fields: object) -> Callable[[Things], dict[str, object]]:
    return lambda things: dict(fields)


def _held_appeal(things: Things) -> dict[str, object]:
    return {"claim": AppealClaim.objects.get(hearing__appeal=things["appeal_id"]).pk}


def _report(things: Things) -> dict[str, object]:
    opened = signing.dumps(int(time.time()) - 60, salt="stories.reading.report")
    return {
        "key": uuid4(), "opened": opened, "kind": "illegal", "passage": "A town", "explanation": "It is not one.",
        "name": "Rosa", "email": "rosa@other.example", "in_good_faith": "on", "website": "",
    }  # fmt: skip


STORY, SUBMISSION, RETURNED = ("story_id",), ("submission_id",), ("returned_story_id", "returned_id")
IN_WORDS = ("title", "summary", "body", "tags", "cover_alt")
NAMES = ("display_name", "bio", *(f"link_{part}_{n}" for n in (1, 2) for part in ("label", "url")))

FORMS = [
    Sent("account_signup", "anonymous", _words(email="new@mystory.example", username="newcomer", password1=PASSWORD,
         age="on", terms="on"), text=("email", "username")),
    Sent("account_login", "anonymous", _words(login="asha-rao", password=PASSWORD, remember="on"), text=("login",)),
    Sent("account_reset_password", "anonymous", _words(email="asha-rao@mystory.example"), text=("email",)),
    Sent("account_confirm_password_reset_code", "anonymous", _words(code="BCDF-GHJK")),
    Sent("account_email_verification_sent", "anonymous", _words(code="BCDF-GHJK")),
    Sent("mfa_authenticate", "anonymous", _words(code="123456")),
    Sent("mfa_login_webauthn", "anonymous", _words(credential="{}")),
    Sent("account_logout", "reader", _nothing),
    Sent("account_reauthenticate", "author", _words(password=PASSWORD)),
    Sent("account_profile", "author", _words(**dict.fromkeys(NAMES, ""), languages="hi"), text=NAMES),
    Sent("account_username", "author", _words(username="asha-new"), text=("username",)),
    Sent("account_email", "author", _words(email="asha@other.example", action_add="")),
    Sent("account_change_password", "author", _words(oldpassword=PASSWORD, password1="another lantern here",
         password2="another lantern here")),
    Sent("mfa_add_webauthn", "author", _words(name="key", passwordless="on", credential="{}")),
    Sent("mfa_reauthenticate_webauthn", "author", _words(credential="{}")),
    Sent("mfa_activate_totp", "author", _words(code="123456")),
    Sent("usersessions_list", "author", _nothing),
    Sent("reading:report", "anonymous", _report, ("slug",), ("passage", "explanation", "name", "email")),
    Sent("writing:new", "author", lambda things: {"key": uuid4(), "title": "New", "language": "en"}, text=("title",)),
    Sent("writing:edit", "author", _draft, ("draft_id",), (*IN_WORDS, "disclosed_before", "disclosed_company")),
    Sent("writing:notices", "author", _words(up_to="1")),
    Sent("writing:mails", "author", _words(language="hi", kinds="talk")),
    Sent("writing:follow_notice", "author", _nothing, ("notice_id",)),
    Sent("writing:portrait", "author", _words(file="no file", action="")),
    Sent("writing:files", "author", lambda things: {"key": uuid4(), "documents": "no file"}),
    Sent("writing:pictures", "author", _words(file="no file")),
    Sent("writing:authors", "author", _words(who="rosa@other.example"), STORY, ("who",)),
    Sent("writing:order_authors", "author", _words(author="asha-rao"), STORY),
    Sent("writing:leave", "author", _nothing, STORY),
    Sent("writing:hand_over", "author", _words(to="asha-rao"), STORY),
    *(Sent(f"writing:{verb}", "author", _nothing, STORY)
      for verb in ("take_over", "decline_hand_over", "withdraw_hand_over")),
    Sent("writing:withdraw_invitation", "author", _nothing, ("draft_id", "invitation_id")),
    Sent("writing:accept_invitation", "other_author", _nothing, ("invitation_id",)),
    Sent("writing:decline_invitation", "other_author", _nothing, ("invitation_id",)),
    *(Sent(f"writing:{verb}", "author", _nothing, STORY)
      for verb in ("submit", "withdraw", "unlist", "publish_again", "unschedule")),
    Sent("writing:put_in_bin", "author", _nothing, ("draft_id",)),
    Sent("writing:bring_back", "author", _nothing, ("draft_id",)),
    Sent("writing:sharing", "author", lambda things: {"key": uuid4()}, ("draft_id",)),
    Sent("writing:end_link", "author", _nothing, ("story_id", "link_id")),
    Sent("writing:archive", "author", _nothing),
    Sent("writing:closing", "author", _words(stories="named")),
    Sent("writing:keep_account", "author", _nothing),
    Sent("writing:erase", "author", _words(word="delete"), ("draft_id",), ("word",)),
    Sent("writing:answer", "author", _answers, RETURNED),
    Sent("writing:reply", "author", lambda things: {"key": uuid4(), "text": "A word."}, RETURNED, ("text",)),
    Sent("writing:note_message", "author", lambda things: {"key": uuid4(), "text": "A word."}, (*RETURNED, "note_id"),
         ("text",)),
    Sent("writing:settle_note", "author", _words(action="take", version="1"), (*RETURNED, "note_id")),
    Sent("moderation:next", "editor", lambda things: {"key": uuid4()}),
    Sent("moderation:claim", "editor", lambda things: {"key": uuid4()}, SUBMISSION),
    Sent("moderation:renew", "editor", _held, SUBMISSION),
    Sent("moderation:release", "editor", _held, SUBMISSION),
    Sent("moderation:settle", "editor", _decision, SUBMISSION),
    Sent("moderation:take_over", "chief_editor", lambda things: {**_held(things), "key": uuid4(), "note": "Ill."},
         SUBMISSION, ("note",)),
    Sent("moderation:presence", "editor", _words(gone=""), SUBMISSION),
    Sent("moderation:keep", "editor", _decision, SUBMISSION),
    Sent("moderation:decide", "editor", _decision, SUBMISSION, ("note", "requests")),
    Sent("moderation:note", "editor", _note, SUBMISSION, ("text", "quote", "replacement", "before")),
    Sent("moderation:note_message", "editor", lambda things: {"key": uuid4(), "text": "A word."},
         ("returned_id", "note_id"), ("text",)),
    Sent("moderation:end_note", "editor", _words(action="close"), ("returned_id", "note_id")),
    Sent("moderation:fix_note", "editor", _words(claim="1"), ("returned_id", "note_id")),
    Sent("moderation:private_note", "editor", lambda things: {"key": uuid4(), "author": "", "text": "A word."},
         SUBMISSION, ("text",)),
    Sent("moderation:insert_reply", "editor", lambda things: {
         **_decision(things), "prepared": things["reply_id"]}, SUBMISSION, ("note", "requests")),
    Sent("moderation:preview_decision", "editor", _decision, SUBMISSION, ("note", "requests")),
    Sent("moderation:take_back", "editor", lambda things: {
         "held": HeldDecision.objects.get(submission=things["held_id"]).pk}, ("held_id",)),
    Sent("moderation:new_reply", "editor", _words(name="Thanks", language="en", text="Thank you, {author}."),
         text=("name", "text")),
    Sent("moderation:reply", "chief_editor", _words(name="Thanks", language="en", text="Thank you, {author}."),
         ("reply_id",), ("name", "text")),
    Sent("moderation:retire_reply", "chief_editor", _words(again=""), ("reply_id",)),
    Sent("moderation:new_batch", "editor", _batch, text=("note",)),
    Sent("moderation:run_batch", "editor", _batch, text=("note",)),
    Sent("moderation:undo_batch", "editor", lambda things: {"key": uuid4()}, ("batch_id",)),
    Sent("moderation:new_saved_view", "editor", _words(name="Late"), text=("name",)),
    Sent("moderation:saved_view", "chief_editor", _words(name="Late"), ("view_id",), ("name",)),
    Sent("moderation:share_saved_view", "chief_editor", _nothing, ("view_id",)),
    Sent("moderation:delete_saved_view", "chief_editor", _nothing, ("view_id",)),
    Sent("moderation:new_disclaimer", "chief_editor", _words(name="Kind", key="kind", language="en", label="Note",
         text="By {site}."), text=("name", "key", "label", "text")),
    Sent("moderation:write_disclaimer", "chief_editor", _words(language="en", label="Note", text="By {site}."),
         ("key",), ("label", "text")),
    Sent("moderation:correct", "editor", lambda things: {"key": uuid4(), "text": "It was 1987."}, STORY, ("text",)),
    Sent("moderation:feature", "editor", _words(ends_at="2099-01-01T10:00"), STORY),
    Sent("moderation:reword", "chief_editor", lambda things: {
         "version": DisclaimerVersion.objects.filter(disclaimer__key=things["key"], language="en").first().pk,
         "note": "Clearer."}, ("key", "language"), ("note",)),
    Sent("moderation:stop_rewording", "chief_editor", _words(again=""), ("key", "language")),
    Sent("moderation:offer_disclaimer", "chief_editor", _words(is_open="on", is_default="on"), ("key",)),
    Sent("moderation:new_reason", "chief_editor", _words(code="kind", family="rules", language="en", label="Note",
         text="Why.", remedy="What."), text=("label", "text", "remedy")),
    Sent("moderation:write_reason", "chief_editor", _words(language="en", label="Note", text="Why.", remedy="What."),
         ("code",), ("label", "text", "remedy")),
    Sent("moderation:offer_reason", "chief_editor", _words(label="Note", is_open="on"), ("code",)),
    Sent("moderation:published_disclaimer", "editor", lambda things: {
         "disclaimer": Disclaimer.objects.get(key="community").versions.first().pk, "note": "Why."}, STORY, ("note",)),
    Sent("moderation:remove", "editor", lambda things: {
        "reason": Reason.objects.first().pk, "led_by": "notice", "note": "Why."}, STORY,
         ("note",)),
    Sent("moderation:restore", "editor", _words(note="Why."), STORY, ("note",)),
    Sent("reading:second_look", "anonymous", _words(text="Look again."), ("receipt",), ("text",)),
    Sent("moderation:claim_reports", "editor", lambda things: {"key": uuid4()}, ("group_id",)),
    Sent("moderation:renew_reports", "editor", _held_reports, ("group_id",)),
    Sent("moderation:release_reports", "editor", _held_reports, ("group_id",)),
    Sent("moderation:decide_reports", "editor", _answer, ("group_id",), ("note", "answer")),
    Sent("writing:appeals", "author", _appeal, ("declined_story_id",), ("text",)),
    Sent("moderation:claim_appeal", "chief_editor", lambda things: {"key": uuid4()}, ("appeal_id",)),
    Sent("moderation:renew_appeal", "chief_editor", _held_appeal, ("appeal_id",)),
    Sent("moderation:release_appeal", "chief_editor", _held_appeal, ("appeal_id",)),
    Sent("moderation:take_over_appeal", "other_editor", lambda things: {**_held_appeal(things), "key": uuid4(),
         "note": "You are away."}, ("appeal_id",), ("note",)),
    Sent("moderation:answer_appeal", "chief_editor", lambda things: {**_held_appeal(things),
         "decision": "reject", "answer": "No.",
         "disclaimer": DisclaimerVersion.objects.first().pk}, ("appeal_id",), ("answer",)),
    Sent("moderation:answer_proposal", "chief_editor", _words(decision="refuse", words="No."), ("proposal_id",),
         ("words",)),
    Sent("moderation:sanction", "editor", lambda things: {"kind": "suspension", "days": 7, "story": things["story_id"],
         "reason": Reason.objects.first().pk, "note": "Why.", "key": uuid4()}, ("username",), ("note",)),
    Sent("writing:appeal_sanction", "author", lambda things: {"text": "No.", "key": uuid4()}, ("sanction_id",),
         ("text",)),
    Sent("moderation:read_again", "chief_editor", lambda things: {"verdict": "decline", "words": "No.",
         "reason": Reason.objects.first().pk}, ("reading_id",), ("words",)),
    Sent("moderation:judge_look", "chief_editor", lambda things: {"verdict": "put_back", "note": "No.",
         "reason": Reason.objects.first().pk}, ("look_id",), ("note",)),
    Sent("moderation:take_back_proposal", "editor", _nothing, ("proposal_id",)),
]  # fmt: skip
