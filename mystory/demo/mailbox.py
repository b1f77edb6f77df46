"""Reads what Django's file mail backend wrote under var/mail/."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

LINE_BETWEEN = b"\n" + b"-" * 79 + b"\n"
KEY = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]+\.log-[0-9]{1,4}")
MOST = 200


@dataclass(frozen=True)
class Mail:
    key: str
    subject: str
    to: str
    sent: datetime | None
    text: str
    html: str


def newest(folder: Path) -> list[Mail]:
    """Newest first. A file holds all that one connection sent; its name begins with the time it was opened."""
    found: list[Mail] = []
    for file in sorted(folder.glob("*.log"), reverse=True):
        found += reversed(read(file))
        if len(found) >= MOST:
            break
    return sorted(found[:MOST], key=lambda mail: mail.sent.timestamp() if mail.sent else 0, reverse=True)


def find(folder: Path, key: str) -> Mail | None:
    """Only keys of our own making reach the file system."""
    if not KEY.fullmatch(key):
        return None
    name, _, number = key.rpartition("-")
    file = folder / name
    mails = read(file) if file.is_file() else []
    return mails[int(number)] if int(number) < len(mails) else None


def read(file: Path) -> list[Mail]:
    parts = [part for part in file.read_bytes().split(LINE_BETWEEN) if part.strip()]
    return [parse(f"{file.name}-{number}", part) for number, part in enumerate(parts)]


def parse(key: str, raw: bytes) -> Mail:
    message = message_from_bytes(raw.lstrip(), policy=policy.default)
    assert isinstance(message, EmailMessage)  # noqa: S101  what policy.default makes
    return Mail(
        key=key,
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        sent=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        text=content(message, "plain"),
        html=content(message, "html"),
    )


def content(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body else ""
