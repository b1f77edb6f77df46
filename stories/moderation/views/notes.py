"""Writing beside the text: notes on passages, messages about them, and what editors keep for each other."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import User
from stories.models import Note, Submission
from stories.moderation.claim_forms import HeldForm
from stories.moderation.doors import EditorRequest, editors_only, load_claim, load_submission
from stories.moderation.going import to_review, view_of
from stories.moderation.note_forms import MessageForm, NoteForm, PrivateNoteForm
from stories.status import AlreadyThere, Incomplete, MoveRefused, NoRoom
from stories.workflow.fixing import fix
from stories.workflow.noting import close_note, send_message, withdraw_note, write_note, write_private_note

_SENT_LATER = "It goes to the author with your decision."


@editors_only
@require_POST
def note(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    form = NoteForm(request.POST, body=submission.revision.body)
    if not form.is_valid():
        return _show(request, submission, form, status=422)
    claim = load_claim(request.user, submission, form.cleaned_data["claim"])
    data = form.cleaned_data
    try:
        written = write_note(
            claim, form.written(), revision_id=data["revision"], key=data["key"], by=request.user
        )
    except AlreadyThere as there:
        messages.info(request, there.message)
        return to_review(request, submission.pk)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, submission, form, status=422)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return _show(request, submission, form, status=429 if isinstance(refused, NoRoom) else 409)
    messages.success(request, f"The note stands beside the text. {_SENT_LATER}")
    return _back(request, submission, written)


@editors_only
@require_POST
def message(request: EditorRequest, submission_id: int, note_id: int) -> HttpResponse:
    submission, found = _load(request, submission_id, note_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _say_again(request, submission, form.errors, address="note_message", note_id=found.pk)

    def send() -> None:
        send_message(found, form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.user)

    if refused := _refused(send):
        return _say_again(request, submission, refused, address="note_message", note_id=found.pk)
    messages.success(request, "Your message is with the author.")
    return _back(request, submission, found)


@editors_only
@require_POST
def end(request: EditorRequest, submission_id: int, note_id: int) -> HttpResponse:
    """Takes back what the author has not seen, closes what they have."""
    submission, found = _load(request, submission_id, note_id)
    is_closing = request.POST.get("action") == "close"
    try:
        (close_note if is_closing else withdraw_note)(found, by=request.user)
    except MoveRefused as refused:
        messages.info(request, refused.message)
        return _back(request, submission, found)
    messages.success(request, "The note is closed." if is_closing else "The note is taken back.")
    return to_review(request, submission.pk, "notes")


@editors_only
@require_POST
def correct(request: EditorRequest, submission_id: int, note_id: int) -> HttpResponse:
    """Puts a suggestion into the text, as its author allowed."""
    submission, found = _load(request, submission_id, note_id)
    form = HeldForm(request.POST)
    claim = load_claim(request.user, submission, form.cleaned_data["claim"] if form.is_valid() else 0)
    try:
        fix(found, claim, by=request.user)
        messages.success(request, "The text is corrected. Its author is told with your decision.")
    except AlreadyThere as there:
        messages.info(request, there.message)
    except MoveRefused as refused:
        messages.warning(request, refused.message)
    return _back(request, submission, found)


@editors_only
@require_POST
def private(request: EditorRequest, submission_id: int) -> HttpResponse:
    submission = load_submission(request.user, submission_id)
    form = PrivateNoteForm(request.POST)
    if not form.is_valid():
        return _say_again(request, submission, form.errors, address="private_note")
    about = _about(submission, form.cleaned_data["author"])

    def keep() -> None:
        write_private_note(about, form.cleaned_data["text"], key=form.cleaned_data["key"], by=request.user)

    if refused := _refused(keep):
        return _say_again(request, submission, refused, address="private_note")
    messages.success(request, "The note is kept. Only editors see it.")
    return to_review(request, submission.pk, "private")


def _about(submission: Submission, username: str) -> Submission | User:
    """The submission, or one of those who write the story."""
    if not username:
        return submission
    written_by = (
        submission.story.authorships.select_related("author").filter(author__username=username).first()
    )
    if written_by is None:
        raise Http404("Nobody of this name writes the story.")
    return written_by.author


def _load(request: EditorRequest, submission_id: int, note_id: int) -> tuple[Submission, Note]:
    submission = load_submission(request.user, submission_id)
    found = get_object_or_404(Note.objects.filter(submission=submission).select_related("by"), pk=note_id)
    found.submission = submission
    return submission, found


def _refused(verb: Callable[[], None]) -> dict[str, Any]:
    """What the verb said when it did nothing, by field; empty when all is well, or was before."""
    try:
        verb()
    except AlreadyThere:
        return {}
    except Incomplete as missing:
        return {missing.field: [missing.message]}
    except MoveRefused as refused:
        return {"": [refused.message]}
    return {}


def _back(request: EditorRequest, submission: Submission, found: Note) -> HttpResponse:
    return to_review(request, submission.pk, f"note-{found.pk}")


def _show(request: EditorRequest, submission: Submission, form: NoteForm, *, status: int) -> HttpResponse:
    page = {
        "submission": submission,
        "text": submission.revision,
        "note_form": form,
        "view": view_of(request),
    }
    return render(request, "stories/moderation/note.html", page, status=status)


def _say_again(
    request: EditorRequest,
    submission: Submission,
    errors: Any,
    *,
    address: str,
    note_id: int | None = None,
) -> HttpResponse:
    """What could not be sent, with why, and the words still there."""
    parts = [submission.pk, *([note_id] if note_id is not None else [])]
    page = {
        "submission": submission,
        "text": submission.revision,
        "errors": [error for found in errors.values() for error in found],
        "typed": request.POST,
        "address": reverse(f"moderation:{address}", args=parts) + view_of(request).suffix,
        "view": view_of(request),
    }
    return render(request, "stories/moderation/note_again.html", page, status=422)
