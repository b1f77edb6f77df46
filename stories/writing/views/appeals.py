"""Appealing against a decline, a removal or the putting back of a change, and what was answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from stories.models import Appeal, Story
from stories.status import AlreadyThere, Incomplete, MoveRefused
from stories.workflow.appealing import appeal, appealable
from stories.writing.appealing import AppealForm, blank_appeal
from stories.writing.doors import MemberRequest, members_only, own_story
from stories.writing.limits import TOO_MANY_APPEALS, wait_before_appeal


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def appeals(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    if request.method != "POST":
        return _show(request, story)
    target = request.POST.get("target", "")
    form = AppealForm(request.POST, auto_id=f"id_{target}_%s")
    against = next((each for each in appealable(story) if each.target == target), None)
    if not form.is_valid():
        return _show(request, story, form=form, status=422)
    if against is None:
        messages.info(request, "There is an appeal against this decision already, or its time is over.")
        return redirect("writing:appeals", story.pk)
    if seconds := wait_before_appeal(request.user):
        form.add_error("text", TOO_MANY_APPEALS)
        page = _show(request, story, form=form, status=429)
        page["Retry-After"] = str(seconds)
        return page
    decided = against.decision or against.removal
    try:
        if decided is not None:
            appeal(story, decided, form.cleaned_data["text"], by=request.user, key=form.cleaned_data["key"])
            messages.success(request, "Your appeal is with the editors. You are told what they answer.")
    except AlreadyThere as there:
        messages.info(request, there.message)
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _show(request, story, form=form, status=422)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return _show(request, story, form=form, status=409)
    return redirect("writing:appeals", story.pk)


def _show(
    request: MemberRequest, story: Story, *, form: AppealForm | None = None, status: int = 200
) -> HttpResponse:
    """A form for each decision; the one that was sent, as it was sent."""
    sent = form["target"].value() if form is not None else ""
    offered = [
        (each, form if form is not None and each.target == sent else blank_appeal(each.target))
        for each in appealable(story, at=timezone.now())
    ]
    made = (
        Appeal.objects.filter(story=story, sanction__isnull=True)
        .select_related("answer", "decision__reason", "removal")
        .order_by("-id")
    )
    page = {
        "story": story,
        "offered": offered,
        "form": form if form is not None and form not in [shown for _, shown in offered] else None,
        "made": made,
    }
    return render(request, "stories/writing/appeals.html", page, status=status)
