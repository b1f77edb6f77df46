"""A real mail server on this machine that refuses, then recovers: what is due is delayed, never lost or sent twice."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.parser import BytesParser

import pytest
from django.utils import timezone

from stories.models import Notice, Reason
from stories.notices.delivering import deliver_due
from tests.stories import make_declined, make_published, make_returned

HOUR = timedelta(hours=1)


class MailServer(socketserver.ThreadingTCPServer):
    """Answers `refusal` to who connects while it has one; keeps what it took."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.refusal = self.refusal_of_data = ""
        self.taken: list[bytes] = []


class Session(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        if self.server.refusal:
            self.say(self.server.refusal)
            return
        self.say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self.take()
            elif line == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self) -> None:
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        message = b"".join(line.removeprefix(b".") for line in lines)
        if self.server.refusal_of_data:
            self.say(self.server.refusal_of_data)
        else:
            self.server.taken.append(message)
            self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with MailServer() as running:
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.server_address[1]
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5
        yield running
        running.shutdown()


def test_mail_server_that_refuses_and_recovers_loses_nothing(server, author, other_author, editor, reason):
    make_returned(author, editor=editor)
    make_declined(other_author, editor=editor, reason=reason)
    make_published(author, editor=editor, title="میرے دادا کا قلم")
    server.refusal = "421 too busy, come back later"
    now = timezone.now()

    assert [deliver_due(at=now + step * HOUR) for step in range(5)] == [0] * 5
    server.refusal, server.refusal_of_data = "", "451 disk full"
    assert deliver_due(at=now + 100 * HOUR) == 0  # and over three days: what is not for ever is tried again
    server.refusal_of_data = ""
    assert deliver_due(at=now + 200 * HOUR) == 3
    assert deliver_due(at=now + 300 * HOUR) == 0

    read = [BytesParser(policy=policy.default).parsebytes(message) for message in server.taken]
    assert sorted(str(message["to"]) for message in read) == sorted(
        [author.email, author.email, other_author.email]
    )
    assert len({message["message-id"] for message in read}) == 3
    assert "Your story “\u2068میرے دادا کا قلم\u2069” is published" in {
        str(message["subject"]).strip() for message in read
    }
    for message in read:
        assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert set(Notice.objects.values_list("mail", flat=True)) == {Notice.Mail.SENT}


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="advertising")
