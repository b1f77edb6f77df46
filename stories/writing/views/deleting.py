"""The bin: what an author deleted, the way back out of it, and deleting for good."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.models import Story
from stories.models.keyset import page_of
from stories.status import AlreadyThere, MoveRefused
from stories.workflow import deleting
from stories.writing.doors import MemberRequest, members_only, own_story_in_bin, wants_json
from stories.writing.forms import ErasureForm


@require_safe
@members_only
def bin_page(request: MemberRequest) -> HttpResponse:
    mine = Story.objects.in_bin().filter(author=request.user).select_related("draft")
    page = page_of(
        mine.defer("draft__body", "draft__summary"), order=["-id"], cursor=request.GET.get("page", "")
    )
    rows = [(story, deleting.goes_at(story)) for story in page.items]
    return render(request, "stories/writing/bin.html", {"rows": rows, "page": page})


def in_bin(request: MemberRequest, story: Story) -> HttpResponse:
    """Instead of the editor. A page that still saves by itself is told, and keeps its text on the device."""
    if wants_json(request):
        message = "This story lies in the bin, so it cannot be changed. Your text is still here."
        return JsonResponse({"message": message, "reason": "reading"}, status=409)
    context = {"story": story, "goes_at": deleting.goes_at(story), "sent": request.method == "POST"}
    return render(request, "stories/writing/in_bin.html", context, status=409 if context["sent"] else 200)


@require_POST
@members_only
def put_in_bin(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story_in_bin(request, story_id)
    try:
        deleting.put_in_bin(story, by=request.user)
    except AlreadyThere:
        pass
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("writing:edit", story.pk)
    return redirect(f"{reverse('writing:stories')}?deleted={story.pk}")


def just_deleted(request: MemberRequest) -> Story | None:
    """The story that the list says was deleted a moment ago, while it can still be brought back."""
    named = request.GET.get("deleted", "")
    if not (named.isascii() and named.isdigit() and len(named) < 19):
        return None
    mine = Story.objects.in_bin().filter(author=request.user, pk=int(named))
    return mine.select_related("draft").defer("draft__body", "draft__summary").first()


@require_POST
@members_only
def bring_back(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story_in_bin(request, story_id)
    try:
        deleting.bring_back(story, by=request.user)
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("writing:bin")
    else:
        messages.success(request, "Your story is back, as it was.")
    return redirect("writing:edit", story.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def erase(request: MemberRequest, story_id: int) -> HttpResponse:
    """Says plainly what goes and what stays, and deletes for good once the word is typed."""
    story = own_story_in_bin(request, story_id)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deleting.erase(story, by=request.user)
        except MoveRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "The story is deleted for good.")
            return redirect("writing:bin" if story.is_deleted else "writing:stories")
    page = {"story": story, "form": form, "was_submitted": story.submissions.exists()}
    return render(request, "stories/writing/erase.html", page, status=400 if form.errors else 200)
