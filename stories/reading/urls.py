"""The reading face: everything that needs no account."""

from django.urls import path, re_path, register_converter

from stories.reading import about, feeds, lists, machines
from stories.reading.addresses import WordsConverter
from stories.reading.media import media
from stories.reading.personal import personal
from stories.reading.reporting import own_status, report, second_look, status
from stories.reading.search import search
from stories.reading.story import story

register_converter(WordsConverter, "words")

app_name = "reading"
urlpatterns = [
    path("", lists.front, name="front"),
    path("latest/", lists.latest, name="latest"),
    path("stories/<words:slug>/", story, name="story"),
    path("stories/<words:slug>/report/", report, name="report"),
    path("reports/at/<int:report_id>/", own_status, name="own_report"),
    path("reports/<str:token>/", status, name="report_status"),
    path("reports/<str:token>/second-look/", second_look, name="second_look"),
    path("topics/", lists.topics, name="topics"),
    path("topics/<slug:slug>/", lists.topic, name="topic"),
    path("topics/<slug:slug>/feed/", feeds.topic_feed, name="topic_feed"),
    path("tags/<words:slug>/", lists.tag, name="tag"),
    path("tags/<words:slug>/feed/", feeds.tag_feed, name="tag_feed"),
    path("authors/<words:username>/", lists.author, name="author"),
    path("authors/<words:username>/feed/", feeds.author_feed, name="author_feed"),
    path("about/moderation/", about.moderation, name="about_moderation"),
    path("about/moderation/figures.csv", about.moderation_sheet, name="moderation_sheet"),
    path("search/", search, name="search"),
    path("feed/", feeds.feed, name="feed"),
    path("feed/rss/", feeds.feed_rss, name="feed_rss"),
    path("feed/json/", feeds.feed_json, name="feed_json"),
    path("personal/", personal, name="personal"),
    re_path(r"^media/(?P<name>[A-Za-z0-9_][A-Za-z0-9_./-]{0,199})$", media, name="media"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-pages.xml", machines.sitemap_pages, name="sitemap_pages"),
    path("sitemap-<int:part>.xml", machines.sitemap_part, name="sitemap_part"),
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security_txt, name="security_txt"),
    path("healthz", machines.healthz, name="healthz"),
]
