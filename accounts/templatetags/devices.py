"""What a browser calls itself, as a person would say it."""

import re

from django import template

register = template.Library()

# The first that matches: most browsers also call themselves by the names further down.
BROWSERS = [
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"UCBrowser/", "UC Browser"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"Safari/", "Safari"),
]
SYSTEMS = [
    (r"iPhone", "an iPhone"),
    (r"iPad", "an iPad"),
    (r"Android", "an Android device"),
    (r"CrOS", "a Chromebook"),
    (r"Windows", "a Windows computer"),
    (r"Mac OS X|Macintosh", "a Mac"),
    (r"Linux", "a Linux computer"),
]


@register.filter
def device_name(user_agent: str) -> str:
    browser = _first(BROWSERS, user_agent)
    system = _first(SYSTEMS, user_agent)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or user_agent[:60] or "A browser that does not say its name"


def _first(names: list[tuple[str, str]], user_agent: str) -> str:
    return next((name for pattern, name in names if re.search(pattern, user_agent)), "")
