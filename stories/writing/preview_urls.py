"""The address at which friends read a draft."""

from django.urls import path

from stories.writing.views.sharing import shared

app_name = "preview"
urlpatterns = [path("<str:token>/", shared, name="shared")]
