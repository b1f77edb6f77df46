"""The reading face: everything that needs no account."""

from django.urls import path, register_converter

from stories.reading import lists
from stories.reading.addresses import WordsConverter
from stories.reading.story import story

register_converter(WordsConverter, "words")

app_name = "reading"
urlpatterns = [
    path("", lists.front, name="front"),
    path("latest/", lists.latest, name="latest"),
    path("stories/<words:slug>/", story, name="story"),
    path("topics/", lists.topics, name="topics"),
    path("topics/<slug:slug>/", lists.topic, name="topic"),
    path("tags/<words:slug>/", lists.tag, name="tag"),
    path("authors/<words:username>/", lists.author, name="author"),
]
