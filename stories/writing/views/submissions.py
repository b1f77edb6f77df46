"""One trip of a story to the editors: its rounds, what was asked, what the author answers and says."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stories.models import Statement, Story, Submission
from stories.status import AlreadyThere, Incomplete, MoveRefused, StoryState, SubmissionState
from stories.workflow.answering import answer_requests, open_requests
from stories.workflow.answering import reply as send_reply
from stories.writing.allowing import fixes_shown
from stories.writing.answers import AnswersForm, ReplyForm
from stories.writing.covering import cover_note, keep_cover_note
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.limits import TOO_MANY_REPLIES, wait_before_reply
from stories.writing.noted import sent_notes
from stories.writing.rounds import Round, Turn, open_in, rounds_of
from stories.writing.standing import as_seen_by, standing_of
from stories.writing.trusted import told_after
from stories.writing.views.moving import submit as hand_in

ANSWERABLE = (SubmissionState.RETURNED, SubmissionState.QUEUED)


@require_safe
@members_only
def submission(request: MemberRequest, story_id: int, submission_id: int) -> HttpResponse:
    story, found = _load(request, story_id, submission_id)
    return _show(request, story, found)


@require_POST
@members_only
def answer(request: MemberRequest, story_id: int, submission_id: int) -> HttpResponse:
    """Keeps a tick for each request, and submits the story again when asked to."""
    story, found = _load(request, story_id, submission_id)
    keep_cover_note(request, story.pk)
    form = AnswersForm(request.POST, requests=open_requests(found))
    if not form.is_valid():
        return _show(request, story, found, answers=form, status=400)
    try:
        written = answer_requests(found, form.given(), by=request.user)
    except Incomplete as missing:
        form.add_error(f"because_{missing.field}", missing.message)
        return _show(request, story, found, answers=form, status=400)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return _show(request, story, found, answers=form, status=409)
    if request.POST.get("action") == "submit":
        return hand_in(request, story_id=story.pk)
    said = "Your answers are kept." if written else "Your answers are as they were."
    if found.state == SubmissionState.RETURNED:
        said = f"{said} They go to the editors when you submit the story again."
    messages.success(request, said)
    return redirect("writing:submission", story.pk, found.pk)


@require_POST
@members_only
def reply(request: MemberRequest, story_id: int, submission_id: int) -> HttpResponse:
    """A message to the editors; those who read or have read the story are told."""
    story, found = _load(request, story_id, submission_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, story, found, reply=form, status=400)
    if wait := wait_before_reply(request.user):
        form.add_error(None, TOO_MANY_REPLIES)
        page = _show(request, story, found, reply=form, status=429)
        page["Retry-After"] = str(wait)
        return page
    try:
        send_reply(found, form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.user)
    except AlreadyThere as there:
        messages.info(request, there.message)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, story, found, reply=form, status=400)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return _show(request, story, found, reply=form, status=409)
    else:
        messages.success(request, "Your message is with the editors.")
    return redirect("writing:submission", story.pk, found.pk)


def _removal(story: Story) -> Statement | None:
    """Why readers do not see it any more."""
    if story.state != StoryState.REMOVED:
        return None
    stated = Statement.objects.filter(event__story=story, restriction=Statement.Restriction.REMOVED)
    return stated.select_related("ground__reason").order_by("-id").first()


def _load(request: MemberRequest, story_id: int, submission_id: int) -> tuple[Story, Submission]:
    story = own_story(request, story_id)
    found = story.submissions.select_related("revision").filter(pk=submission_id).first()
    if found is None:
        raise Http404("No submission of this story is at this address.")
    return story, found


def _show(
    request: MemberRequest,
    story: Story,
    submission: Submission,
    *,
    answers: AnswersForm | None = None,
    reply: ReplyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = as_seen_by(request.user, story, standing_of(story))
    rounds = rounds_of(submission, story, reader=request.user)
    current = _last_return(rounds) if submission.state in ANSWERABLE else None
    asked = open_in(rounds) if current else []
    if answers is None and asked:
        answers = AnswersForm(requests=asked)
    is_latest = standing.submission_id == submission.pk
    is_newer = story.draft.version > submission.revision.draft_version
    page: dict[str, Any] = {
        "story": story,
        "submission": submission,
        "text": submission.revision,
        "standing": standing,
        "is_latest": is_latest,
        "removal": _removal(story) if is_latest else None,
        "rounds": rounds,
        "answers": answers,
        "current": current.decision if current else None,
        "answered": sum(request.state != "open" for request in asked),
        "asked": len(asked),
        "reply": reply or (ReplyForm() if submission.is_open else None),
        "cover_note": cover_note(request, story.pk),
        "is_newer": is_newer,
        # Another one once something of this reader's was sent, so that the device forgets the words it kept.
        "stamp": sum(turn.is_mine for found in rounds for turn in found.turns),
        "may_send": is_latest and standing.may_submit and _is_to_send(submission, answers, is_newer=is_newer),
        "editors_mail": settings.EDITORS_MAIL,
        "notes": sent_notes(submission),
        "may_fix": standing.may_submit and fixes_shown(request, story),
        "fix_words": settings.FIX_WORDS,
        "told": told_after(request.user, submission),
    }
    return render(request, "stories/writing/submission.html", page, status=status)


def _is_to_send(submission: Submission, answers: AnswersForm | None, *, is_newer: bool) -> bool:
    """Where answers are asked for, their own form submits the story as well, so that none is lost on the way."""
    if submission.state == SubmissionState.RETURNED:
        return answers is None
    return submission.state == SubmissionState.QUEUED and is_newer


def _last_return(rounds: list[Round]) -> Turn | None:
    """The editors' latest answer; the page has it with its rounds already."""
    turns = [turn for found in rounds for turn in reversed(found.turns)]
    return next((turn for turn in turns if turn.decision is not None), None)
