"""Addresses of videos, sounds and posts become cards; what only looks like one does not."""

import re

import pytest

from stories.prose.clean import clean
from stories.prose.embeds import PLAYER_HOSTS, embed_of
from stories.prose.parse import parse
from stories.prose.render import render

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def embed(html: str):
    return embed_of(parse(clean(html)).children[0])


@pytest.mark.parametrize(
    ("address", "label", "player"),
    [
        (VIDEO, "Video on YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?app=m&v=dQw4w9WgXcQ&t=1m5s", "Video on YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=65"),
        ("http://youtu.be/dQw4w9WgXcQ?t=90", "Video on YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90"),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "Video on YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/76979871/abc123", "Video on Vimeo", "https://player.vimeo.com/video/76979871?dnt=1&h=abc123"),
        ("https://dai.ly/x8abcde", "Video on Dailymotion", "https://www.dailymotion.com/embed/video/x8abcde"),
        ("https://www.tiktok.com/@baker/video/7012345678901234567", "Video on TikTok", "https://www.tiktok.com/player/v1/7012345678901234567"),
        ("https://soundcloud.com/baker/sets/oven", "Audio on SoundCloud", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fbaker%2Fsets%2Foven&auto_play=false"),
        ("https://open.spotify.com/intl-de/track/4cOdK2wGLETKBW3PvgPWqT?si=1", "Audio on Spotify", "https://open.spotify.com/embed/track/4cOdK2wGLETKBW3PvgPWqT"),
        ("https://podcasts.apple.com/in/podcast/the-oven/id123456789", "Audio on Apple Podcasts", "https://embed.podcasts.apple.com/in/podcast/the-oven/id123456789"),
        ("https://archive.org/details/bread_1921", "Recording on the Internet Archive", "https://archive.org/embed/bread_1921"),
        ("https://baker.bandcamp.com/track/oven", "Audio on Bandcamp", ""),
        ("https://twitter.com/baker/status/1234567890", "Post on X", ""),
        ("https://bsky.app/profile/baker.example/post/3kabc", "Post on Bluesky", ""),
        ("https://www.instagram.com/p/Cabc-123/", "Post on Instagram", ""),
        ("https://mastodon.social/@baker/109876543210987654", "Post on Mastodon", ""),
        ("https://www.reddit.com/r/Breadit/comments/abc123/my_loaf/", "Post on Reddit", ""),
    ],
)  # fmt: skip
def test_address_of_a_provider_is_known(address, label, player):
    found = embed(f'<p><a href="{address.replace("&", "&amp;")}">{address}</a></p>')

    assert (found.label, found.player, found.title) == (label, player, "")
    assert not player or player.startswith(tuple(f"{host}/" for host in PLAYER_HOSTS))


@pytest.mark.parametrize(
    "html",
    [
        f'<p>See <a href="{VIDEO}">this</a></p>',
        f'<p><a href="{VIDEO}">one</a> <a href="{VIDEO}2">two</a></p>',
        f'<h2><a href="{VIDEO}">this</a></h2>',
        '<p><a href="https://www.youtube.com/">YouTube</a></p>',
        '<p><a href="https://www.youtube.com/watch?v=short">x</a></p>',
        '<p><a href="https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ">x</a></p>',
        '<p><a href="https://evil.example/https://youtu.be/dQw4w9WgXcQ">x</a></p>',
        '<p><a href="https://evil.example/?https://youtube.com/watch?v=dQw4w9WgXcQ">x</a></p>',
        '<p><a href="https://archive.org/details/../x">x</a></p>',
        '<p><a href="mailto:a@youtu.be">x</a></p>',
        "<p>words</p>",
    ],
)
def test_what_only_looks_like_one_is_none(html):
    assert embed(html) is None


def test_card_is_a_link_that_says_where_it_leads():
    page = render(clean(f'<p><a href="{VIDEO}">The oven at &lt;four&gt;</a></p><p>After.</p>'))

    assert page.html == (
        '<p class="embed" data-kind="video" data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ">'
        f'<a href="{VIDEO}" rel="ugc nofollow noopener"><span class="embed-kind" lang="en" dir="ltr">Video on YouTube</span> '
        '<span class="embed-title">The oven at &lt;four&gt;</span> '
        '<span class="embed-address" dir="ltr">youtube.com/watch?v=dQw4w9WgXcQ</span></a></p><p>After.</p>'
    )
    assert [link.href for link in page.links] == [VIDEO]
    assert page.text == "The oven at <four>\n\nAfter."


def test_link_within_a_list_or_a_quote_stays_a_link():
    page = render(
        clean(
            f'<ul><li><a href="{VIDEO}">x</a></li></ul><blockquote><p><a href="{VIDEO}">y</a></p></blockquote>'
        )
    )

    assert not re.search("embed-|data-player", page.html)
