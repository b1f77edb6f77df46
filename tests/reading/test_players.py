"""Players of videos and sounds: nothing is asked of them before the reader does, and only known hosts are let in."""

import pytest
from playwright.sync_api import Page, Route, expect

from stories.prose.embeds import PLAYER_HOSTS
from tests.stories import make_claimed, make_draft, make_published

VIDEO = '<p>Look.</p><p><a href="https://youtu.be/dQw4w9WgXcQ">The oven at four</a></p>'
POST = '<p>Look.</p><p><a href="https://x.com/baker/status/123456">A post</a></p>'
ALLOWED = f"frame-src {' '.join(PLAYER_HOSTS)}"


def test_only_a_page_with_something_to_play_may_show_players(client, author, editor):
    video = make_published(author, editor=editor, title="A film", body=VIDEO)
    post = make_published(author, editor=editor, title="A post", body=POST)

    with_player, without = client.get(video.path), client.get(post.path)

    assert ALLOWED in with_player["Content-Security-Policy"]
    assert "frame-src" not in without["Content-Security-Policy"]
    assert "js/players" in with_player.content.decode()
    assert b"<iframe" not in with_player.content
    assert "frame-src" not in client.get("/")["Content-Security-Policy"]


def test_preview_and_review_show_the_card_as_readers_will_see_it(client, author, editor):
    draft = make_draft(author, body=VIDEO)
    held = make_claimed(author, editor=editor, title="A film", body=VIDEO)
    client.force_login(author)
    preview = client.get(f"/writing/{draft.pk}/preview/")
    client.force_login(editor)
    review = client.get(f"/moderation/{held.submission_id}/")

    for page in (preview, review):
        assert 'class="embed"' in page.content.decode()
        assert ALLOWED in page["Content-Security-Policy"]


def test_feed_shows_the_link(client, author, editor):
    make_published(author, editor=editor, title="A film", body=VIDEO)

    feed = client.get("/feed/json/").json()["items"][0]["content_html"]

    assert '<a href="https://youtu.be/dQw4w9WgXcQ"' in feed
    assert "The oven at four" in feed


@pytest.mark.browser
def test_player_comes_when_the_reader_asks_and_not_before(page: Page, author, editor, quiet, axe):
    story = make_published(author, editor=editor, title="A film", body=VIDEO)
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<title>player</title><p>Playing</p>")

    page.route("https://www.youtube-nocookie.com/**", answer)
    page.goto(story.path)
    button = page.get_by_role("button", name="Play it here: Video on YouTube")
    expect(button).to_be_visible()
    assert axe(page) == []
    assert asked == []
    button.click()

    expect(page.frame_locator("iframe.player").get_by_text("Playing")).to_be_visible()
    assert asked == ["https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"]
    frame = page.locator("iframe.player")
    expect(frame).to_have_attribute(
        "sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups"
    )
