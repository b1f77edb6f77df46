"""A town to walk through: a story in each state, awkward names and words, pages that fail, a mail that was sent."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.mail import EmailMultiAlternatives, get_connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone

from accounts import profiles
from accounts.models import User
from mystory import urls
from stories.models import (
    Answer,
    Appeal,
    Batch,
    Invitation,
    LaterLook,
    PreparedReply,
    Proposal,
    Reason,
    Report,
    ReportClaim,
    Request,
    SavedView,
    SecondLook,
    SecondReading,
    Story,
)
from stories.workflow.answering import Given, answer_requests, reply
from stories.workflow.appealing import appeal, appealable
from stories.workflow.counting import count_figures
from stories.workflow.deciding import return_to_author
from stories.workflow.deleting import put_in_bin
from stories.workflow.inviting import invite
from stories.workflow.judging import dismiss
from stories.workflow.looking_again import look_again
from stories.workflow.noting import write_private_note
from stories.workflow.preparing import write_reply
from stories.workflow.proposing import propose_removal
from stories.workflow.publishing import remove, unlist
from stories.workflow.submitting import submit
from tests.redress.reports import ILLEGAL, make_claimed_reports, make_report, read_reports
from tests.stories import (
    approve_claimed,
    change_draft,
    make_batch,
    make_claimed,
    make_declined,
    make_draft,
    make_note,
    make_published,
    make_small_change,
    make_topic,
    make_view,
    make_waiting,
    read,
)

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG_TITLE = f"{LONG_WORD} and what it taught me about the patience of people who wait for other people"
BODY = (
    "<p>It began with a <a href='https://example.com/a'>letter</a> and <strong>one</strong> <em>reply</em>.</p>"
    "<h2>1. The letter</h2><ul><li>One page</li><li>Two stamps</li></ul>"
    f"<blockquote><p>{LONG_WORD}</p></blockquote><hr>"
    "<h2>2. The reply</h2><ol><li>Late</li><li>Short</li></ol><h3>And after</h3><p>Nothing.</p>"
)
URDU = (
    "<p>میرے دادا کے پاس سات قلم تھے۔ MyStory پر یہ پہلی تحریر ہے۔</p><h2>چالیس دن</h2><p>الف اکیلا ہے۔</p>"
)


def break_down(request: HttpRequest) -> HttpResponse:
    raise ValueError("A page that breaks, for the page that says so.")


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def suspect(request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation


def refuse_form(request: HttpRequest) -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def hold_up(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


urlpatterns = [
    path("wrong/400/", suspect),
    path("wrong/403/", refuse),
    path("wrong/form/", refuse_form),
    path("wrong/429/", hold_up),
    path("wrong/500/", break_down),
    path("demo/", include("mystory.demo.urls")),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
handler429 = urls.handler429


@dataclass(frozen=True)
class Town:
    published: Story
    long: Story
    urdu: Story
    unlisted: Story
    removed: Story
    draft: Story
    waiting: Story
    reading: Story
    returned: Story
    declined: Story
    scheduled: Story
    deleted: Story
    invitation: Invitation
    report: Report
    dismissed: Report
    second_look: SecondLook
    reports_read: ReportClaim
    appeal: Appeal
    proposal: Proposal
    second_reading: SecondReading
    later_look: LaterLook
    reply: PreparedReply
    view: SavedView
    batch: Batch

    @staticmethod
    def submission(story: Story) -> int:
        return story.submissions.latest("pk").pk


def build(author: User, other_author: User, editor: User, other_editor: User) -> Town:
    reason = Reason.objects.get(code="advertising")
    make_topic("home", "Home and family, neighbours and everybody else who comes to the kitchen table")
    profiles.change(
        author, display_name="Asha Wolfeschlegelsteinhausenberger", by=author,
        bio="Writes letters. " * 12, links=[], languages=["en", "ur"],
    )  # fmt: skip
    published = make_published(
        author, editor=editor, body=BODY, tags=("letters", "post"), summary="One reply."
    )
    urdu = make_published(author, editor=editor, title="میرے دادا کا قلم", body=URDU, language="ur")
    later_look = make_small_change(author, editor=editor, title=LONG_TITLE, words=f"as {LONG_WORD} says ")
    declined = make_declined(author, editor=editor, reason=reason, title="Declined").story
    dismissed, looked_at = (_dismissed(author, editor, other_editor) for _ in range(2))
    town = Town(
        published=_revised(published, by=author),
        long=make_published(author, editor=editor, title=LONG_TITLE, body=BODY, topics=("work", "home")),
        urdu=urdu,
        unlisted=unlist(make_published(author, editor=editor, title="Put away"), by=author),
        removed=remove(
            make_published(author, editor=editor, title="Taken down"),
            by=other_editor, reason=reason, note="It sells something.",
        ),
        draft=make_draft(author, title="Only begun"),
        waiting=make_waiting(other_author, title=LONG_TITLE, body=BODY).story,
        reading=make_claimed(author, editor=editor, title="On the desk", body=BODY).submission.story,
        returned=_returned(author, editor),
        declined=declined,
        scheduled=_scheduled(author, editor),
        deleted=put_in_bin(make_draft(author, title=LONG_TITLE), by=author),
        invitation=invite(make_draft(other_author, title=LONG_TITLE), by=other_author, username=author.username),
        report=make_report(published, told=replace(ILLEGAL, passage="It began with a letter", explanation=LONG_WORD)),
        reports_read=make_claimed_reports(urdu, other_author, editor=editor, passage="الف اکیلا ہے۔"),
        dismissed=dismissed,
        second_look=look_again(looked_at, f"It says {LONG_WORD}."),
        appeal=_appeal(declined, by=author),
        later_look=later_look,
        second_reading=SecondReading.objects.create(
            decision=urdu.submissions.get().decisions.get(), chosen_at=timezone.now()
        ),
        proposal=propose_removal(
            make_published(author, editor=editor, title=LONG_TITLE),
            by=other_editor, reason=reason, note=f"It is {LONG_WORD}.",
        ),
        reply=write_reply(by=editor, is_shared=False, language="en", name=LONG_WORD[:80], text="Dear {author}!"),
        view=make_view(editor, name=LONG_WORD[:40], query="topic=gone&language=ur", is_shared=False),
        batch=make_batch(editor, make_waiting(other_author, title=LONG_TITLE)),
    )  # fmt: skip
    count_figures(at=timezone.now() + timedelta(days=40))  # the month is over
    return town


def _returned(author: User, editor: User) -> Story:
    """Asked for three things, of which the author did one and disagrees with another."""
    asked = ["Name the year.", f"Say what {LONG_WORD} is.", "دوسرا خط کس نے لکھا تھا؟"]
    held = make_claimed(author, editor=editor, title="Sent back", body=BODY)
    make_note(held, text=f"Is it {LONG_WORD}?", block=0, quote="letter and one reply")
    make_note(held, kind="suggestion", block=2, quote="One page", replacement=f"One page of {LONG_WORD}")
    make_note(held, kind="request", text="دوسرا خط کس نے لکھا تھا؟", block=1)
    submission = return_to_author(read(held), by=editor, requests=asked[:2]).submission
    write_private_note(submission, f"They wrote {LONG_WORD} before.", key=uuid4(), by=editor)
    done, not_done, _ = Request.objects.made_on(submission)
    given = {
        done.pk: Given(Answer.Kind.DONE),
        not_done.pk: Given(Answer.Kind.DISAGREED, f"{LONG_WORD} says it."),
    }
    answer_requests(submission, given, by=author)
    reply(submission, "I need a week for the rest.", key=uuid4(), by=author)
    return submission.story


def _dismissed(author: User, editor: User, other_editor: User) -> Report:
    held = make_claimed_reports(make_published(author, editor=editor, title="Reported"), editor=other_editor)
    dismiss(read_reports(held), by=other_editor, answer=f"It is their own {LONG_WORD}.")
    return held.group.reports.get()


def _appeal(story: Story, *, by: User) -> Appeal:
    (first, *_) = appealable(story)
    return appeal(
        story, first.decision or first.removal, f"{LONG_WORD} is nothing that I sell.", by=by, key=uuid4()
    )


def _revised(story: Story, *, by: User) -> Story:
    """Read by everybody, and its next text waits for an editor."""
    change_draft(story, body=BODY.replace("one", "another"))
    submit(story, by=by)
    return story


def _scheduled(author: User, editor: User) -> Story:
    held = make_claimed(author, editor=editor, title="To come")
    return approve_claimed(held, publish_at=timezone.now() + timedelta(days=2)).submission.story


def send_mail(folder: str) -> None:
    with get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder) as connection:
        mail = EmailMultiAlternatives(
            "“Bread at four” is published", "It is.", to=["asha@mystory.example"], connection=connection
        )
        mail.attach_alternative("<p>It is.</p>", "text/html")
        mail.send()
