"""Several files sent at once: what each of them became, and a sentence for each that could not be taken."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from stories.documents.limits import MAX_BYTES
from stories.documents.read import ENDINGS
from stories.prose.errors import ProseError
from stories.prose.plain import clean_line
from stories.status import MoveRefused
from stories.workflow.importing import Imported, import_file
from stories.writing.limits import TOO_MANY_STORIES, wait_before_file, wait_before_story

FILES_AT_ONCE = 10
PICTURES_AT_ONCE = 40
SECONDS = 40  # for one request; what stands before us gives up after 60

PICTURE_ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif"})
ACCEPT = ",".join(sorted(ENDINGS | PICTURE_ENDINGS))
TOO_MANY_FILES = "That were many files at once. Wait a few minutes, then send this one again."
NO_TIME = "There was no time left to read this file. Send it again, with fewer others."
NO_STORY = "These are only pictures. Choose the file with the text together with them."


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    use_fieldset = False


class FilesField(forms.FileField):
    """A list of files; none of them is looked into here."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        named = [file for file in files if isinstance(file, UploadedFile)]
        if not named:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return named


class FilesForm(forms.Form):
    """`key` is made with the page, so that a form sent twice makes its drafts once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    documents = FilesField(
        label="Files",
        help_text=f"Word (.docx), LibreOffice (.odt), Markdown, HTML or plain text; up to {FILES_AT_ONCE} at once, "
        f"each up to {MAX_BYTES // 1_000_000} MB. Pictures that a Markdown or HTML file names can be sent along.",
        widget=ManyFiles(attrs={"accept": ACCEPT}),
        error_messages={"required": "Choose one or more files first."},
    )

    def clean_documents(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["documents"]
        texts = sum(1 for file in files if not is_picture(file))
        if not texts:
            raise forms.ValidationError(NO_STORY, code="no_story")
        if texts > FILES_AT_ONCE:
            raise forms.ValidationError(
                f"You chose {texts} files; send at most {FILES_AT_ONCE} at once. Nothing was brought in.",
                code="many",
            )
        if len(files) - texts > PICTURES_AT_ONCE:
            raise forms.ValidationError(
                f"You chose {len(files) - texts} pictures; send at most {PICTURES_AT_ONCE} at once.",
                code="many",
            )
        return files


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a draft, or a sentence that says why not."""

    name: str
    made: Imported | None = None
    refusal: str = ""


def is_picture(file: UploadedFile) -> bool:
    return PurePath(file.name or "").suffix.lower() in PICTURE_ENDINGS


def bring_in(files: Sequence[UploadedFile], *, by: User, key: UUID) -> Iterator[Outcome]:
    """Each file by itself: one that is refused keeps no other from coming in."""
    until = time.monotonic() + SECONDS
    beside = {file.name or "": file.read() for file in files if is_picture(file)}
    for file in files:
        if not is_picture(file):
            yield _bring(file, beside, by=by, key=key, until=until)


def _bring(file: UploadedFile, beside: dict[str, bytes], *, by: User, key: UUID, until: float) -> Outcome:
    name = clean_line(file.name or "")[:120] or "A file without a name"
    if time.monotonic() > until:
        return Outcome(name, refusal=NO_TIME)
    if wait_before_file(by):
        return Outcome(name, refusal=TOO_MANY_FILES)
    data = file.read()
    own_key = uuid5(key, f"{sha256(data).hexdigest()} {name}")
    try:
        if wait_before_story(by):
            return Outcome(name, refusal=TOO_MANY_STORIES)
        return Outcome(name, import_file(name, data, by=by, key=own_key, beside=beside, until=until))
    except (ProseError, MoveRefused) as refusal:
        return Outcome(name, refusal=refusal.message)
