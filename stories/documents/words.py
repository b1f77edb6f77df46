"""What is said of a file that cannot be taken, and of what was left out of one that was."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

TAKEN = "MyStory takes .docx, .odt, .md, .html and .txt."
EMPTY = "This file is empty. Please choose it again."
TOO_LARGE = "This file is larger than 20 MB. Please make its pictures smaller and try again."
NO_TEXT = "There is no text in this file."
OLD_WORD = "This is an older Word file (.doc). Please open it in Word or LibreOffice, save it as .docx and try again."
BUSY = "Many files are being read just now, and yours could not be. Please try again in a minute."

_UNUSUAL = "This file is built in a way that no word processor writes, so it was not opened."
_SAVE_AGAIN = "Please open it in your word processor, save it again and try once more."

REFUSED: dict[str, str] = {
    "broken": f"This file could not be read; it may be cut off or damaged. {_SAVE_AGAIN}",
    "kind": f"This file is no document of Word or LibreOffice, whatever its name says. {TAKEN}",
    "password": "This file is locked with a password. Please save it without one and try again.",
    "entries": f"{_UNUSUAL} It has more than 2,000 parts. {_SAVE_AGAIN}",
    "paths": f"{_UNUSUAL} Its parts point outside of it. {_SAVE_AGAIN}",
    "unpacked": f"{_UNUSUAL} Unpacked it would be far larger than a story. {_SAVE_AGAIN}",
    "entities": f"{_UNUSUAL} It brings definitions of its own. {_SAVE_AGAIN}",
    "deep": f"{_UNUSUAL} It has too many layers within each other. {_SAVE_AGAIN}",
    "long": "This text is longer than a story can be, which is about 80,000 words. Please make several files of it.",
    "time": f"This file takes too long to read. {_SAVE_AGAIN}",
    "memory": "This file is too large to be read. Please make several files of it.",
}

# What a story does not keep, once and several times. In the order in which it is told.
_LEFT_OUT: dict[str, tuple[str, str]] = {
    "changes": (
        "1 tracked change: the text came in as if it were accepted.",
        "{} tracked changes: the text came in as if all were accepted.",
    ),
    "comments": ("1 comment.", "{} comments."),
    "headers": ("The header or footer of the pages.", "The headers and footers of the pages."),
    "contents": ("The table of contents: the site makes its own.", "The tables of contents: the site makes its own."),
    "heading_numbers": (
        "The number of 1 heading, which the word processor had counted.",
        "The numbers of {} headings, which the word processor had counted.",
    ),
    "hidden": ("1 piece of hidden text.", "{} pieces of hidden text."),
    "drawings": ("1 drawing.", "{} drawings."),
    "boxes": (
        "The place of 1 text box: its text stands after the paragraph it was beside.",
        "The places of {} text boxes: their text stands after the paragraphs they were beside.",
    ),
    "objects": ("1 embedded object, such as a chart or a sheet.", "{} embedded objects, such as charts or sheets."),
    "formulas": ("1 formula: only its letters came in.", "{} formulas: only their letters came in."),
    "forms": ("The fields of a form.", "The fields of forms."),
    "macros": ("The macros. They were not run.", "The macros. They were not run."),
    "linked": ("1 picture that is not in the file.", "{} pictures that are not in the file."),
    "lost": ("1 picture that the file names and does not have.", "{} pictures that the file names and does not have."),
    "many_pictures": ("1 picture: a file may bring 60.", "{} pictures: a file may bring 60."),
    "cropped": (
        "The crop of 1 picture: the whole picture came in.",
        "The crop of {} pictures: the whole pictures came in.",
    ),
}  # fmt: skip


def unknown_kind(ending: str) -> str:
    if ending == ".doc":
        return OLD_WORD
    if ending in (".pages", ".rtf", ".wps", ".pdf"):
        return f"MyStory does not read {ending} files. Please save it as .docx from your word processor and try again."
    return f"MyStory does not read files like this one. {TAKEN}"


def not_text(ending: str) -> str:
    return f"This file is named {ending}, but what is in it is no text. {TAKEN}"


def not_packed(ending: str) -> str:
    return f"This file is named {ending}, but it is another kind of file. {TAKEN}"


def left_out(counts: Mapping[str, int], missing: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each kind of thing that was left out, and for each picture that a text only named."""
    said = [
        (once if counts[key] == 1 else often).format(counts[key])
        for key, (once, often) in _LEFT_OUT.items()
        if counts.get(key, 0) > 0
    ]
    for address in dict.fromkeys(missing):
        name = PurePosixPath(address.partition("?")[0]).name[:80] or "without a name"
        if address.startswith("data:"):
            said.append("1 picture that could not be read.")
        elif "://" in address or address.startswith("//"):
            said.append(f"The picture “{name}”, which lies on another site: save it and put it in yourself.")
        else:
            said.append(
                f"The picture “{name}”, which lies in a file of its own: send it together with the text."
            )
    return tuple(said)
