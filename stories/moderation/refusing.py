"""What an editor is told who came second: why nothing was done, who was first, and the words that were typed."""

from dataclasses import dataclass
from typing import TypeVar

from django import forms

from accounts.models import User
from stories.models import Event, Story
from stories.moderation.changes import Happening, say_event
from stories.status import Action, MoveRefused

Sent = TypeVar("Sent", bound=forms.Form)

# What an editor, the author or the clock does to a story that readers have seen.
_DEEDS = (
    Action.PUBLISH,
    Action.UNLIST,
    Action.PUBLISH_AGAIN,
    Action.REMOVE,
    Action.RESTORE,
    "change_disclaimer",
    "correct",
    "propose",
)


@dataclass(frozen=True)
class Refused:
    """`typed` are labels and words of a form that is not there any more; `in_form` says that it still is."""

    message: str
    typed: list[tuple[str, str]]
    in_form: bool
    happened: Happening | None = None


def refused_by(
    refused: MoveRefused, form: forms.Form, *, in_form: bool = False, happened: Happening | None = None
) -> Refused:
    return Refused(refused.message, [] if in_form else _typed(form), in_form, happened)


def last_deed(story: Story) -> Event | None:
    """The latest of what changed how readers see `story`: one query."""
    return story.events.filter(action__in=_DEEDS).select_related("actor").order_by("-id").first()


def by_another(deed: Event | None, user: User) -> Happening | None:
    if deed is None or deed.actor_id == user.pk:
        return None
    return Happening(deed.at, say_event(deed))


def sent_again(form: Sent, **seen: object) -> Sent:
    """The form as it was sent, after the page it came from was shown anew: what was `seen` is what stands there now."""
    data = form.data.copy()  # type: ignore[attr-defined]
    for name, value in seen.items():
        data[name] = str(value)
    form.data = data
    return form


def _typed(form: forms.Form) -> list[tuple[str, str]]:
    """Not what was chosen: that is one click."""
    fields = [field for field in form.visible_fields() if isinstance(field.field.widget, forms.Textarea)]
    return [(str(field.label), str(field.value())) for field in fields if field.value()]
