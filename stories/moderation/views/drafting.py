"""The decision while it is being written: a prepared reply into the note, and the message that would go out."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from stories.moderation.doors import EditorRequest, editors_only, load_submission
from stories.moderation.forms import DecisionForm
from stories.moderation.going import to_review
from stories.moderation.previewing import message_of
from stories.moderation.reply_forms import InsertForm
from stories.moderation.reviewing import review_of
from stories.moderation.settling import SettlingForm, asked_on
from stories.moderation.typed import as_typed, keep_typed
from stories.moderation.views.shown import not_whole, read_under, refuse, show
from stories.status import Incomplete, MoveRefused
from stories.workflow.deciding import NOTE_CHARACTERS
from stories.workflow.preparing import fill_reply, offered_replies


@editors_only
@require_POST
def insert(request: EditorRequest, submission_id: int) -> HttpResponse:
    """Adds the reply to what stands in the note, and comes back with the form as it was."""
    submission = load_submission(request.user, submission_id)
    form = InsertForm(request.POST, replies=offered_replies(request.user, submission.revision.language))
    typed = as_typed(request.POST)
    chosen = form.cleaned_data.get("prepared") if form.is_valid() else None
    if chosen is None:
        messages.info(request, "Choose a reply first. Nothing was lost.")
    else:
        parts = [typed.get("note", "").rstrip(), fill_reply(chosen, submission, by=request.user)]
        typed["note"] = "\n\n".join(part for part in parts if part)
        if len(typed["note"]) > NOTE_CHARACTERS:
            messages.warning(
                request, f"The note is longer than {NOTE_CHARACTERS:,} characters now. Shorten it."
            )
    keep_typed(submission, typed, by=request.user)
    return to_review(request, submission.pk, "id_note")


@editors_only
@require_POST
def preview(request: EditorRequest, submission_id: int) -> HttpResponse:
    """The very message, made by the decision itself, which is then taken back before anybody can see it."""
    submission = load_submission(request.user, submission_id)
    found = review_of(submission, by=request.user, now=timezone.now())
    form = DecisionForm(
        request.POST, versions=found.versions, disclosures=found.submission.revision.disclosures
    )
    settling = SettlingForm(request.POST, requests=asked_on(submission))
    is_complete = form.is_valid() and settling.is_valid()
    keep_typed(submission, as_typed(request.POST), by=request.user)
    if not {"claim", "revision", "sha256"} <= form.cleaned_data.keys():
        return not_whole(request, submission.pk)
    if not is_complete:
        return show(request, found, form, settling=settling, status=422)
    read = read_under(request.user, submission, form.cleaned_data)
    try:
        mail = message_of(read, form, settling.given(), by=request.user)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return show(request, found, form, settling=settling, status=422)
    except MoveRefused as refused:
        return refuse(request, submission.pk, refused, read)
    return show(request, found, form, settling=settling, mail=mail)
