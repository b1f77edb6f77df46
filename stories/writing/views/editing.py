"""Begins a story, and the editor: the whole draft as one form, saved by a person or by the page itself."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stories.models import Story
from stories.status import AlreadyThere, Incomplete, MoveRefused, NoRoom, WrongState
from stories.workflow.drafting import DraftConflict, begin_story, save_draft
from stories.workflow.submitting import submit
from stories.writing.allowing import fixes_in, fixes_shown
from stories.writing.covering import cover_note, forget_cover_note, keep_cover_note
from stories.writing.doors import InBin, MemberRequest, members_only, own_story, wants_json
from stories.writing.forms import NewStoryForm, StoryForm
from stories.writing.limits import (
    TOO_MANY_SAVES,
    TOO_MANY_STORIES,
    TOO_MANY_SUBMISSIONS,
    wait_before_save,
    wait_before_story,
    wait_before_submission,
)
from stories.writing.saving import Unfit, add_missing, save_form
from stories.writing.standing import as_seen_by, standing_of
from stories.writing.trusted import as_told, said_of, told_before
from stories.writing.views.deleting import in_bin
from stories.writing.views.settling import show_both
from stories.writing.wishing import wish_in, wish_kept, wish_shown

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@members_only
def new(request: MemberRequest) -> HttpResponse:
    form = NewStoryForm(request.POST or None, initial={"language": _usual_language(request)})
    if request.method != "POST" or not form.is_valid():
        return render(request, "stories/writing/new.html", {"form": form}, status=400 if form.errors else 200)
    if wait := wait_before_story(request.user):
        form.add_error(None, TOO_MANY_STORIES)
        page = render(request, "stories/writing/new.html", {"form": form}, status=429)
        page["Retry-After"] = str(wait)
        return page
    chosen = form.cleaned_data
    try:
        story = begin_story(by=request.user, key=chosen["key"], language=chosen["language"])
        with suppress(DraftConflict):  # sent again later: what was written meanwhile stays
            content = story.draft.content.changed(title=chosen["title"])
            save_draft(story, content, by=request.user, version=0)
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("writing:new")
    return redirect("writing:edit", story.pk)


def _usual_language(request: MemberRequest) -> str:
    return request.user.languages[0] if request.user.languages else "en"


@require_http_methods(FORM_METHODS)
@members_only
def edit(request: MemberRequest, story_id: int) -> HttpResponse:
    try:
        story = own_story(request, story_id)
    except InBin as lying:
        return in_bin(request, lying.story)
    if request.method != "POST":
        return _show(request, story, StoryForm(draft=story.draft))
    form = StoryForm(request.POST, request.FILES, draft=story.draft)
    keep_cover_note(request, story.pk)
    if wait := wait_before_save(request.user):
        return _ask_to_wait(request, story, form, wait)
    if wants_json(request):
        return _save_quietly(request, story, form)
    if request.POST.get("action") == "submit":
        return _submit(request, story, form)
    return _save(request, story, form)


def _save(request: MemberRequest, story: Story, form: StoryForm) -> HttpResponse:
    try:
        save_form(form, story, by=request.user)
    except Unfit:
        return _show(request, story, form, status=400)
    except (DraftConflict, WrongState) as refusal:
        return _compare(request, story, form, refusal)
    messages.success(request, "Your draft is saved.")
    return redirect("writing:edit", story.pk)


def _submit(request: MemberRequest, story: Story, form: StoryForm) -> HttpResponse:
    """Saves what was sent, then hands it in; what is missing is said at its field, with the draft saved."""
    try:
        saved = save_form(form, story, by=request.user)
        if wait := wait_before_submission(request.user):
            form.add_error(None, TOO_MANY_SUBMISSIONS)
            story.draft = saved.draft
            page = _show(request, story, form, status=429, is_saved=True)
            page["Retry-After"] = str(wait)
            return page
        submission = submit(
            story,
            by=request.user,
            note=cover_note(request, story.pk),
            wish=wish_in(request),
            may_fix=fixes_in(request),
        )
    except Unfit:
        return _show(request, story, form, status=400)
    except (DraftConflict, WrongState) as refusal:
        if isinstance(refusal, AlreadyThere):
            messages.info(request, refusal.message)
            return redirect("writing:edit", story.pk)
        return _compare(request, story, form, refusal)
    except Incomplete as missing:
        add_missing(form, missing)
        story.draft = saved.draft
        return _show(request, story, form, status=400, is_saved=True)
    except NoRoom as refusal:
        form.add_error(None, refusal.message)
        story.draft = saved.draft
        return _show(request, story, form, status=409, is_saved=True)
    forget_cover_note(request, story.pk)
    messages.success(request, said_of(submission))
    return redirect("writing:edit", story.pk)


def _save_quietly(request: MemberRequest, story: Story, form: StoryForm) -> JsonResponse:
    """For the page's own saving: the answer says which version the next save has to name."""
    try:
        saved = save_form(form, story, by=request.user)
    except Unfit:
        errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
        return JsonResponse(
            {"message": "Not saved yet: something needs another look.", "errors": errors}, status=400
        )
    except DraftConflict as conflict:
        return JsonResponse(
            {"message": conflict.message, "reason": "conflict", "version": conflict.draft.version}, status=409
        )
    except WrongState as refusal:
        return JsonResponse({"message": refusal.message, "reason": "reading"}, status=409)
    draft = saved.draft
    answer = {"version": draft.version, "saved_at": draft.saved_at.isoformat(), "changed": saved.changed}
    return JsonResponse({**answer, "cover": draft.cover})


def _ask_to_wait(request: MemberRequest, story: Story, form: StoryForm, seconds: int) -> HttpResponse:
    """Before anything is read of what may be half a megabyte. A page waits as long as it is told."""
    if wants_json(request):
        answer: HttpResponse = JsonResponse({"message": TOO_MANY_SAVES}, status=429)
    else:
        form.add_error(None, TOO_MANY_SAVES)
        answer = _show(request, story, form, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def _show(
    request: MemberRequest, story: Story, form: StoryForm, *, status: int = 200, is_saved: bool = False
) -> HttpResponse:
    form.show_what_is_needed()
    standing = as_seen_by(request.user, story, standing_of(story))
    told = told_before(request.user, story) if standing.may_submit else None
    standing = as_told(standing, told)
    wished_for = wish_kept(standing)
    page = {
        "story": story,
        "draft": story.draft,
        "standing": standing,
        "form": form,
        # What a bound form sent is older than what was saved from it.
        "version": story.draft.version if is_saved or not form.is_bound else form["version"].value(),
        "is_saved": is_saved,
        "cover_note": cover_note(request, story.pk),
        "may_fix": standing.may_submit and fixes_shown(request, story),
        "fix_words": settings.FIX_WORDS,
        "wished_for": wish_shown(request, wished_for),
        "wish": wished_for,
        "told": told,
        "zone": timezone.get_current_timezone_name(),
    }
    template = "stories/writing/reading.html" if standing.is_with_reader else "stories/writing/edit.html"
    return render(request, template, page, status=status)


def _compare(request: MemberRequest, story: Story, form: StoryForm, refusal: MoveRefused) -> HttpResponse:
    """Both texts side by side. Nothing of what was sent is gone, whatever stood in its way."""
    offered = refusal.offered if isinstance(refusal, DraftConflict) else form.content()
    return show_both(request, story, offered, refusal, turn=form.turn_of_page())
