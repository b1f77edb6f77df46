"""The notes beside an author's text: read, answered, and other words taken or refused."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from stories.models import Note, Story, Submission
from stories.models.note import MESSAGE_CHARACTERS
from stories.status import AlreadyThere, Incomplete, MoveRefused, NoRoom, Stale
from stories.workflow.drafting import DraftConflict
from stories.workflow.noting import send_message
from stories.workflow.suggesting import refuse_words, take_words
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.noted import notes_page

SAVED_ELSEWHERE = (
    "Your draft was saved somewhere else since you opened this page, so the words were not put in yet. Nothing was "
    "lost: this is your text as it stands now. Look at it, and take the words again."
)


class MessageForm(forms.Form):
    key = forms.UUIDField()
    text = forms.CharField(
        max_length=MESSAGE_CHARACTERS,
        error_messages={
            "required": "Write the message first.",
            "max_length": "The message is longer than %(limit_value)s characters.",
        },
    )


class AnswerForm(forms.Form):
    """`version` is that of the draft on the page."""

    action = forms.ChoiceField(choices=[("take", "Take"), ("refuse", "Refuse")])
    version = forms.IntegerField(min_value=0, max_value=2**31 - 1)


@require_safe
@members_only
def notes(request: MemberRequest, story_id: int, submission_id: int) -> HttpResponse:
    story, submission = _load(request, story_id, submission_id)
    return _show(request, story, submission)


@require_POST
@members_only
def message(request: MemberRequest, story_id: int, submission_id: int, note_id: int) -> HttpResponse:
    story, submission = _load(request, story_id, submission_id)
    found = _load_note(submission, note_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        errors = [str(error) for each in form.errors.values() for error in each]
        return _show(request, story, submission, errors=errors, asked=found, status=400)
    try:
        send_message(found, form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.user)
    except AlreadyThere as there:
        messages.info(request, there.message)
    except MoveRefused as refused:
        status = 429 if isinstance(refused, NoRoom) else 400 if isinstance(refused, Incomplete) else 409
        return _show(request, story, submission, errors=[refused.message], asked=found, status=status)
    else:
        messages.success(request, "Your message is with the editors.")
    return _back(story, submission, found)


@require_POST
@members_only
def settle(request: MemberRequest, story_id: int, submission_id: int, note_id: int) -> HttpResponse:
    """Takes the words that an editor suggests, or refuses them."""
    story, submission = _load(request, story_id, submission_id)
    found = _load_note(submission, note_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        errors = ["The page was not whole when it was sent. Nothing was changed; try it again here."]
        return _show(request, story, submission, errors=errors, asked=found, status=400)
    try:
        if form.cleaned_data["action"] == "take":
            take_words(found, version=form.cleaned_data["version"], by=request.user)
            messages.success(request, "The words are in your draft. It is not sent to the editors yet.")
        else:
            refuse_words(found, by=request.user)
            messages.success(request, "Your text stays as it is.")
    except AlreadyThere as there:
        messages.info(request, there.message)
    except DraftConflict:
        story = own_story(request, story_id)
        return _show(request, story, submission, errors=[SAVED_ELSEWHERE], asked=found, status=409)
    except MoveRefused as refused:
        status = 409 if isinstance(refused, Stale) else 400
        return _show(request, story, submission, errors=[refused.message], asked=found, status=status)
    return _back(story, submission, found)


def _load(request: MemberRequest, story_id: int, submission_id: int) -> tuple[Story, Submission]:
    story = own_story(request, story_id)
    found = story.submissions.select_related("revision").filter(pk=submission_id).first()
    if found is None:
        raise Http404("No submission of this story is at this address.")
    found.story = story
    return story, found


def _load_note(submission: Submission, note_id: int) -> Note:
    """Of those that were sent: what an editor still keeps back is not found."""
    mine = Note.objects.filter(submission=submission).shown().select_related("revision", "by")
    found = mine.filter(pk=note_id).first()
    if found is None:
        raise Http404("No note of this submission is at this address.")
    found.submission = submission
    return found


def _back(story: Story, submission: Submission, found: Note) -> HttpResponse:
    return redirect(f"{reverse('writing:notes', args=[story.pk, submission.pk])}#note-{found.pk}")


def _show(
    request: MemberRequest,
    story: Story,
    submission: Submission,
    *,
    errors: list[str] | None = None,
    asked: Note | None = None,
    status: int = 200,
) -> HttpResponse:
    page: dict[str, Any] = {
        "story": story,
        "submission": submission,
        "draft": story.draft,
        "noted": notes_page(story, submission),
        "errors": errors,
        "asked": asked,
        "typed": request.POST.get("text", ""),
    }
    return render(request, "stories/writing/notes.html", page, status=status)
