"""How much a member may send in how long."""

import hashlib

from django.core.files.uploadhandler import FileUploadHandler

from accounts.models import User
from stories.documents.limits import MAX_BYTES
from stories.flooding import DAY, HOUR, MINUTE
from stories.flooding import wait as _wait

UPLOADS = 60
WINDOW_SECONDS = 600
UPLOADS_A_DAY = 500
FILES = 40
STORIES_A_DAY = 50
SUBMISSIONS_AN_HOUR = 30
REPLIES_AN_HOUR = 20
SAVES_A_MINUTE = 240  # a page sends one a second at most, so a person with several never meets it
INVITATIONS_A_DAY = 20
APPEALS_A_DAY = 5
INVITATIONS_TO_ONE_A_DAY = 3

TOO_MANY_PICTURES = "That were many pictures at once. Wait a few minutes, then go on."
TOO_MANY_STORIES = (
    "You have begun many stories today. Nothing new was begun; go on with one of them, or come back tomorrow."
)
TOO_MANY_SUBMISSIONS = (
    "Your draft is saved. You have sent stories in many times within the hour; wait a little."
)
TOO_MANY_REPLIES = (
    "You have written to the editors many times within the hour. Nothing was sent; your words are still here. "
    "Wait a little."
)

TOO_MANY_APPEALS = (
    "You have sent several appeals today. Nothing was sent; your words are still here. Try it again tomorrow."
)
TOO_MANY_INVITATIONS = "That were many invitations in one day. Nothing was sent; try it again tomorrow."
TOO_MANY_SAVES = (
    "That were very many saves within a minute. Nothing is lost: what you wrote still stands here. "
    "Save it again in a minute."
)


def wait_before_save(user: User) -> int:
    """Counts a save, by a person or by a page; 0 when it may go on, else the seconds until it may."""
    return _wait("saves", user.pk, SAVES_A_MINUTE, MINUTE)


def wait_before_upload(user: User) -> int:
    """Counts an upload; 0 when it may go on, else the seconds until the next window."""
    return _wait("uploads", user.pk, UPLOADS, WINDOW_SECONDS) or _wait(
        "pictures", user.pk, UPLOADS_A_DAY, DAY
    )


def wait_before_file(user: User) -> int:
    return _wait("files", user.pk, FILES, WINDOW_SECONDS)


def wait_before_story(user: User) -> int:
    return _wait("stories", user.pk, STORIES_A_DAY, DAY)


def wait_before_submission(user: User) -> int:
    return _wait("submissions", user.pk, SUBMISSIONS_AN_HOUR, HOUR)


def wait_before_reply(user: User) -> int:
    return _wait("replies", user.pk, REPLIES_AN_HOUR, HOUR)


def wait_before_appeal(user: User) -> int:
    return _wait("appeals", user.pk, APPEALS_A_DAY, DAY)


def wait_before_invitation(user: User, *, to: str) -> int:
    """Counted by what was typed, never by who is found under it: the limit tells nothing of them."""
    typed = hashlib.sha256(to.encode()).hexdigest()[:32]
    return _wait("invitations", user.pk, INVITATIONS_A_DAY, DAY) or _wait(
        "invited", typed, INVITATIONS_TO_ONE_A_DAY, DAY
    )


class CutLargeFiles(FileUploadHandler):
    """Keeps no more of a sent file than a document may have and a little: what is longer is refused later."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size: int) -> None:
        return None
