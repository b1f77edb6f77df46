"""A feed as Atom, as RSS and as JSON."""

import json
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from stories.reading.entries import Entry, Feed

# What XML 1.0 cannot say, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NEVER = datetime(2026, 1, 1, tzinfo=UTC)


def atom(feed: Feed) -> str:
    return _NOT_IN_XML.sub(
        "",
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        + _tag("id", feed.id)
        + _tag("title", feed.title)
        + _tag("subtitle", feed.about)
        + f'<link rel="alternate" type="text/html" href={quoteattr(feed.page)}/>'
        + f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.address)}/>'
        + _tag("updated", (feed.updated or _NEVER).isoformat())
        + _tag("generator", settings.SITE_NAME)
        + "".join(map(_atom_entry, feed.entries))
        + "</feed>\n",
    )


def _atom_entry(entry: Entry) -> str:
    return (
        f"\n<entry xml:lang={quoteattr(entry.language)}>"
        + _tag("id", entry.id)
        + _tag("title", entry.title)
        + f'<link rel="alternate" type="text/html" href={quoteattr(entry.address)}/>'
        + _tag("published", entry.published.isoformat())
        + _tag("updated", entry.updated.isoformat())
        + "".join(
            f"<author>{_tag('name', author.name)}{_tag('uri', author.address) if author.address else ''}</author>"
            for author in entry.authors
        )
        + "".join(f"<category term={quoteattr(topic)}/>" for topic in entry.topics)
        + _tag("summary", entry.summary)
        + f'<content type="html">{escape(entry.html)}</content></entry>'
    )


def rss(feed: Feed) -> str:
    return _NOT_IN_XML.sub(
        "",
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        + _tag("title", feed.title)
        + _tag("link", feed.page)
        + _tag("description", feed.about)
        + f'<atom:link rel="self" type="application/rss+xml" href={quoteattr(feed.address)}/>'
        + _tag("lastBuildDate", format_datetime(feed.updated or _NEVER))
        + "".join(map(_rss_item, feed.entries))
        + "</channel></rss>\n",
    )


def _rss_item(entry: Entry) -> str:
    return (
        "\n<item>"
        + f'<guid isPermaLink="false">{escape(entry.id)}</guid>'
        + _tag("title", entry.title)
        + _tag("link", entry.address)
        + _tag("pubDate", format_datetime(entry.published))
        + "".join(_tag("dc:creator", author.name) for author in entry.authors)
        + _tag("dc:language", entry.language)
        + "".join(_tag("category", topic) for topic in entry.topics)
        + _tag("description", entry.summary)
        + _tag("content:encoded", entry.html)
        + "</item>"
    )


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def json_feed(feed: Feed) -> str:
    shown = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "items": [_json_item(entry) for entry in feed.entries],
    }
    return json.dumps(shown, ensure_ascii=False)


def _json_item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "language": entry.language,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [
            {"name": author.name} | ({"url": author.address} if author.address else {})
            for author in entry.authors
        ],
        "tags": list(entry.topics),
    }
    return {**item, "image": entry.cover} if entry.cover else item
