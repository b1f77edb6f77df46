"""Two yardsticks beside the site's own addresses: what any page of Django costs on this machine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from stories.models import Rendering

CONSTANT = ("<!doctype html><title>Constant</title>" + "<p>word word word word</p>" * 600)[:13_400]


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CONSTANT)


def single_query(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "bench/story.html", {"rendering": Rendering.objects.get(pk=pk)})


urlpatterns = [
    path("yard/constant/", constant),
    path("yard/story/<int:pk>/", single_query),
    path("", include("mystory.urls")),
]
