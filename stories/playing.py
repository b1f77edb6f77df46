"""Lets a page that shows a story show the players of its videos and sounds, when the reader asks for one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from stories.prose.embeds import PLAYER_HOSTS

PLAYER = 'data-player="'
CARD = '<p class="embed"'
View = Callable[..., HttpResponse]


def has_embeds(html: str) -> bool:
    return CARD in html


def with_players(view: View) -> View:
    """Opens the content policy for the known hosts, on those pages alone that have something to play."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        if PLAYER.encode() in response.content:
            response._csp_update = {"frame-src": list(PLAYER_HOSTS)}  # type: ignore[attr-defined]
        return response

    return answer
