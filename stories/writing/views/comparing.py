"""Two texts of a story compared, and an earlier one made the draft again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from stories.comparing import comparison_of
from stories.prose.errors import ProseError
from stories.status import MoveRefused, SubmissionState
from stories.workflow.restoring import restore as restore_text
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.trusted import told_before
from stories.writing.versions import NOW, PUBLISHED, latest_key, named

NOT_THERE = "This text is not among those of this story. Earlier ones are kept for 30 days."


@require_safe
@members_only
def compare(request: MemberRequest, story_id: int) -> HttpResponse:
    """The older of the two first, whichever was asked for first."""
    story = own_story(request, story_id)
    keys = [request.GET.get("before") or latest_key(story), request.GET.get("after") or NOW]
    found = [named(story, key) for key in keys]
    if None in found:
        raise Http404(NOT_THERE)
    (before, older), (after, newer) = sorted(
        filter(None, found), key=lambda each: (each[0].is_now, each[0].at)
    )
    is_pending = after.is_now and PUBLISHED in keys and story.is_public
    page = {
        "story": story,
        "before": before,
        "after": after,
        "comparison": comparison_of(older, newer),
        "is_pending": is_pending,
        "told": told_before(request.user, story) if is_pending else None,
        "may_restore": not before.is_now
        and not story.submissions.filter(state=SubmissionState.IN_REVIEW).exists(),
    }
    return render(request, "stories/writing/comparison.html", page)


@require_POST
@members_only
def restore(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    found = named(story, request.POST.get("text", ""))
    if found is None:
        raise Http404(NOT_THERE)
    version, text = found
    try:
        saved = restore_text(story, text, by=request.user)
    except (MoveRefused, ProseError) as refusal:
        messages.error(request, refusal.message)
        return redirect("writing:history", story.pk)
    if saved.changed:
        messages.success(
            request,
            "The earlier text is your draft again. What stood there is in the history, if you want it back.",
        )
    else:
        messages.info(request, f"Your draft is this text already: {version.what.lower()}.")
    return redirect("writing:edit", story.pk)
