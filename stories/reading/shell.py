"""Pages, or parts of them, rendered once in a process with blanks that are filled in for each reader."""

import re
from html import escape

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from stories.prose.safe import as_html

_BLANK = re.compile("\x02([a-z_]+)\x03")  # two characters that no text of ours holds


class Shell:
    """Rendering head, masthead and foot took longer than finding the story, and they hardly differ.

    The template prints its values or asks whether there is one (`{% if bio %}`), and does nothing else with
    them: no filter, no comparison. It is rendered once for each combination of values that are there.
    It is never shown a request, so nothing of who asks can be left in it.
    """

    def __init__(self, template: str) -> None:
        self.template = template
        self.parts: dict[tuple[object, ...], list[str]] = {}

    def fill(self, values: dict[str, str]) -> SafeString:
        """Strings are escaped as a template would, save those that are marked as safe."""
        shape = (settings.SITE_NAME, settings.SITE_URL, *map(bool, values.values()))
        parts = self.parts.get(shape)
        if parts is None:
            parts = self.parts[shape] = self._render(values)
        filled = parts.copy()
        filled[1::2] = [_escaped(values[name]) for name in parts[1::2]]
        return as_html("".join(filled))

    def _render(self, values: dict[str, str]) -> list[str]:
        blanks = {name: as_html(f"\x02{name}\x03") if value else "" for name, value in values.items()}
        site = {
            "site_name": settings.SITE_NAME,
            "site_url": settings.SITE_URL,
            "publisher_name": settings.PUBLISHER_NAME,
        }
        return _BLANK.split(render_to_string(self.template, {**site, **blanks}))


def _escaped(value: str) -> str:
    return value if isinstance(value, SafeString) else escape(value)
