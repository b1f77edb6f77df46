"""Handing a story over: asked by who leads it, answered by one of its authors."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from stories.models import Story
from stories.status import AlreadyThere, MoveRefused
from stories.workflow import handing_over
from stories.writing.doors import MemberRequest, members_only, own_story


@require_POST
@members_only
def offer(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)
    to = request.POST.get("to", "")

    def ask() -> str:
        asked = handing_over.offer(story, to=to, by=request.user)
        return f"{asked.offered_to.name} is asked. You lead the story until they say yes."

    return _done(request, story, ask)


@require_POST
@members_only
def take_over(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)

    def take() -> str:
        handing_over.take_over(story, by=request.user)
        return "You lead the story now. Its other authors are told."

    return _done(request, story, take)


@require_POST
@members_only
def decline(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)

    def say_no() -> str:
        handing_over.decline(story, by=request.user)
        return "You declined. Nothing changes, and who asked you is told."

    return _done(request, story, say_no)


@require_POST
@members_only
def withdraw(request: MemberRequest, story_id: int) -> HttpResponse:
    story = own_story(request, story_id)

    def take_back() -> str:
        handing_over.withdraw_offer(story, by=request.user)
        return "Nobody is asked any more. You lead the story as before."

    return _done(request, story, take_back)


def _done(request: MemberRequest, story: Story, verb: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, verb())
    except AlreadyThere as refusal:
        messages.info(request, refusal.message)
    except MoveRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("writing:authors", story.pk)
