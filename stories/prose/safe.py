"""The only place in the project that marks a string as safe HTML."""

import json

from django.utils.safestring import SafeString, mark_safe

# What could end a <script> or begin a comment in it, and the line ends that JavaScript has and JSON has not.
_IN_SCRIPT = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def as_html(rendered: str) -> SafeString:
    """Mark what `render.render` or a shell filled with escaped values made as HTML that is printed as it stands."""
    return mark_safe(rendered)  # noqa: S308


def as_json(value: object) -> SafeString:
    """`value` as JSON that may stand inside a <script> element, whatever strings it holds."""
    return mark_safe(json.dumps(value, ensure_ascii=False).translate(_IN_SCRIPT))  # noqa: S308
