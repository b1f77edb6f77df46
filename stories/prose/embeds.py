"""A link that stands alone in its paragraph and leads to a video, a sound or a post elsewhere: what its card says.

Nothing is fetched: all that is known of the address is the address. The player's address is made here, of parts
that are checked, and never of what somebody wrote.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from stories.prose.blocks import Block, block_text

# The only pages that a story may show within its own, and only when the reader asks for it.
PLAYER_HOSTS = (
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    "https://www.dailymotion.com",
    "https://w.soundcloud.com",
    "https://open.spotify.com",
    "https://embed.podcasts.apple.com",
    "https://archive.org",
    "https://www.tiktok.com",
)

MAX_ADDRESS = 60  # characters that are shown of it


@dataclass(frozen=True)
class Embed:
    """`kind` is "Video", "Audio", "Recording" or "Post"; `player` is "" where there is none."""

    kind: str
    provider: str
    title: str
    address: str
    player: str

    @property
    def label(self) -> str:
        return f"{self.kind} on {self.provider}"


@dataclass(frozen=True)
class _Provider:
    kind: str
    name: str
    pattern: re.Pattern[str]  # of the address without scheme, "www." and "m."
    player: Callable[[re.Match[str]], str] | None = None


def _provider(
    kind: str, name: str, pattern: str, player: Callable[[re.Match[str]], str] | None = None
) -> _Provider:
    return _Provider(kind, name, re.compile(pattern), player)


_END = r"/?(?:[?#].*)?"
_YOUTUBE_ID = r"(?P<id>[\w-]{11})(?![\w-])(?P<rest>.*)"
_START = re.compile(r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,3})m)?(\d{1,6})?s?(?:&|$)")


def _youtube(found: re.Match[str]) -> str:
    start = _START.search(found[0])
    hours, minutes, seconds = (int(part or 0) for part in start.groups()) if start else (0, 0, 0)
    total = hours * 3600 + minutes * 60 + seconds
    return f"https://www.youtube-nocookie.com/embed/{found['id']}" + (f"?start={total}" if total else "")


def _vimeo(found: re.Match[str]) -> str:
    secret = f"&h={found['secret']}" if found["secret"] else ""
    return f"https://player.vimeo.com/video/{found['id']}?dnt=1{secret}"


def _soundcloud(found: re.Match[str]) -> str:
    track = quote(f"https://soundcloud.com/{found['user']}/{found['track']}", safe="")
    return f"https://w.soundcloud.com/player/?url={track}&auto_play=false"


_PROVIDERS = (
    _provider("Video", "YouTube", rf"(?:music\.)?youtube\.com/watch\?(?:[^#]*&)?v={_YOUTUBE_ID}", _youtube),
    _provider("Video", "YouTube", rf"youtube\.com/(?:shorts|live|embed)/{_YOUTUBE_ID}", _youtube),
    _provider("Video", "YouTube", rf"youtu\.be/{_YOUTUBE_ID}", _youtube),
    _provider("Video", "Vimeo", rf"vimeo\.com/(?P<id>\d{{1,12}})(?:/(?P<secret>[0-9a-f]{{1,20}}))?{_END}", _vimeo),
    _provider("Video", "Dailymotion", rf"(?:dailymotion\.com/video|dai\.ly)/(?P<id>[A-Za-z0-9]{{1,20}}){_END}",
              lambda found: f"https://www.dailymotion.com/embed/video/{found['id']}"),
    _provider("Video", "TikTok", rf"tiktok\.com/@[\w.-]+/video/(?P<id>\d{{5,25}}){_END}",
              lambda found: f"https://www.tiktok.com/player/v1/{found['id']}"),
    _provider("Audio", "SoundCloud", rf"soundcloud\.com/(?P<user>[\w-]+)/(?P<track>(?:sets/)?[\w-]+){_END}",
              _soundcloud),
    _provider("Audio", "Spotify",
              rf"open\.spotify\.com/(?:intl-\w\w/)?(?P<type>track|album|playlist|episode|show|artist)/(?P<id>\w{{22}}){_END}",
              lambda found: f"https://open.spotify.com/embed/{found['type']}/{found['id']}"),
    _provider("Audio", "Apple Podcasts", rf"podcasts\.apple\.com/(?P<path>[a-z]{{2}}/podcast/(?:[\w%-]+/)?id\d+){_END}",
              lambda found: f"https://embed.podcasts.apple.com/{found['path']}"),
    _provider("Audio", "Bandcamp", rf"[\w-]+\.bandcamp\.com/(?:track|album)/[\w-]+{_END}"),
    _provider("Recording", "the Internet Archive", rf"archive\.org/details/(?P<id>[\w.-]{{1,100}}){_END}",
              lambda found: f"https://archive.org/embed/{found['id']}"),
    _provider("Post", "X", rf"(?:x|twitter)\.com/\w{{1,20}}/status/\d{{1,25}}{_END}"),
    _provider("Post", "Bluesky", rf"bsky\.app/profile/[\w.:-]+/post/\w+{_END}"),
    _provider("Post", "Instagram", rf"instagram\.com/(?:[\w.]+/)?(?:p|reel|tv)/[\w-]+{_END}"),
    _provider("Post", "Threads", rf"threads\.(?:net|com)/@[\w.]+/post/[\w-]+{_END}"),
    _provider("Post", "Facebook", rf"facebook\.com/[\w.-]+/(?:posts|videos)/[\w-]+{_END}"),
    _provider("Post", "LinkedIn", rf"linkedin\.com/(?:posts/[\w%.-]+|feed/update/[\w:%.-]+){_END}"),
    _provider("Post", "Reddit", rf"(?:old\.)?reddit\.com/r/\w+/comments/\w+(?:/[\w%-]*)*{_END}"),
    # Mastodon has no one host: its addresses are known by their form.
    _provider("Post", "Mastodon", rf"[\w.-]+\.[a-z]{{2,20}}/@[\w.-]+(?:@[\w.-]+)?/\d{{15,20}}{_END}"),
)  # fmt: skip
_BEFORE = re.compile(r"https?://(?:www\.|m\.|mobile\.)?")


def embed_of(block: Block) -> Embed | None:
    """What the card of a paragraph says that is one link and nothing else; None for every other."""
    if block.kind != "p" or not block.runs or not block.runs[0].href:
        return None
    href = block.runs[0].href
    if any(run.href != href for run in block.runs):
        return None
    before = _BEFORE.match(href)
    address = href[before.end() :] if before else ""
    found = _first(address, _PROVIDERS)
    if found is None:
        return None
    provider, match = found
    return Embed(
        kind=provider.kind,
        provider=provider.name,
        title=_title(block_text(block), address),
        address=address if len(address) <= MAX_ADDRESS else address[: MAX_ADDRESS - 1] + "…",
        player=provider.player(match) if provider.player else "",
    )


def _first(address: str, providers: Iterable[_Provider]) -> tuple[_Provider, re.Match[str]] | None:
    for provider in providers:
        if match := provider.pattern.fullmatch(address):
            return provider, match
    return None


def _title(text: str, address: str) -> str:
    """The words of the link, unless they are its address once more."""
    words = " ".join(text.split())
    bare = _BEFORE.sub("", words).rstrip("/…")
    return "" if not bare or address.startswith(bare) or (" " not in words and "/" in words) else words
