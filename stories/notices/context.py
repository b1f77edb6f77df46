"""How many notices wait, for the masthead of signed-in pages. Asked for only by a template that shows it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from stories.notices.inbox import unread_count


def unread_notices(request: HttpRequest) -> dict[str, object]:
    """Lazy, so that a public page looks at neither session nor user."""

    def count() -> int:
        user = getattr(request, "user", None)
        return unread_count(user) if isinstance(user, User) else 0

    return {"unread_notices": SimpleLazyObject(count)}
