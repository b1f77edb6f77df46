"""The views of the queue that an editor keeps, as links, and what of them is not there any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from stories.models import SavedView
from stories.moderation.filters import QueueFilter
from stories.moderation.narrowing import in_words


@dataclass(frozen=True)
class Kept:
    """`gone` says kindly what the view asks for and is not there any more; "" while all is."""

    saved: SavedView
    view: QueueFilter
    words: str
    gone: str

    @classmethod
    def of(cls, saved: SavedView, topics: Mapping[str, str]) -> "Kept":
        asked = parse_qsl(saved.query)
        view = QueueFilter.read(dict(asked))
        lost = len(asked) > len(view.parts)
        gone = "A part of this view is not known any more, so it shows more than it did." if lost else ""
        return cls(saved, view, in_words(view, topics=topics), gone_from(view, topics) or gone)


def gone_from(view: QueueFilter, topics: Mapping[str, str]) -> str:
    if not view.topic or view.topic in topics:
        return ""
    return f"The topic “{view.topic}” is not there any more. Only stories that were sent in under it before stand here."
