"""Two texts of one story: both are shown, and their author makes one of them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from stories.comparing import names_of
from stories.content import Content
from stories.models import SavedText, Story
from stories.prose.errors import ProseError
from stories.status import MoveRefused
from stories.workflow.drafting import DraftConflict, Turn, tidy
from stories.workflow.keeping import set_aside
from stories.workflow.restoring import settle as settle_texts
from stories.writing.conflict import Conflict, SettleForm, settled
from stories.writing.doors import MemberRequest, members_only, own_story

ONCE_MORE = (
    "This story was saved once more in the meantime, so the choice is asked again. Nothing was overwritten."
)
GONE = "This text is in the history no more, so nothing was changed. What is saved is here."


def show_both(
    request: MemberRequest, story: Story, offered: Content, refusal: MoveRefused, *, turn: Turn
) -> HttpResponse:
    """What is saved beside what was sent. The latter is kept in the history too, whatever becomes of this page."""
    text = tidy(offered)
    story.draft.refresh_from_db()
    if story.draft.content == text:
        messages.error(request, refusal.message)
        return redirect("writing:edit", story.pk)
    kept = set_aside(story, text, by=request.user)
    return _ask(request, story, kept, refusal.message, turn, may_choose=isinstance(refusal, DraftConflict))


@require_POST
@members_only
def settle(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, GONE)
        return redirect("writing:edit", story.pk)
    chosen, turn = form.cleaned_data, form.turn_of_page()
    offered = story.saved_texts.filter(pk=chosen["offered"]).first()
    if offered is None:
        messages.error(request, GONE)
        return redirect("writing:edit", story.pk)
    if story.draft.version != chosen["version"]:
        return _ask(request, story, offered, ONCE_MORE, turn, may_choose=True)
    try:
        content = settled(story.draft, offered, chosen["take"], request.POST.dict())
        settle_texts(story, content, by=request.user, version=chosen["version"], turn=turn)
    except DraftConflict:
        story.draft.refresh_from_db()
        return _ask(request, story, offered, ONCE_MORE, turn, may_choose=True)
    except ProseError as error:
        return _ask(request, story, offered, error.message, turn, may_choose=True, status=400)
    except MoveRefused as refusal:
        return _ask(request, story, offered, refusal.message, turn, may_choose=False)
    messages.success(request, "Your draft is saved. Both texts are in the history too.")
    return redirect("writing:edit", story.pk)


def _ask(
    request: MemberRequest,
    story: Story,
    offered: SavedText,
    message: str,
    turn: Turn,
    *,
    may_choose: bool,
    status: int = 409,
) -> HttpResponse:
    page = {
        "story": story,
        "draft": story.draft,
        "offered": offered,
        "message": message,
        "turn": turn,  # so that the page that sent it knows its copy of this text as dealt with
        "may_choose": may_choose,
        "conflict": Conflict(story.draft, offered, names_of(story.draft, offered)),
    }
    return render(request, "stories/writing/conflict.html", page, status=status)
