"""The author's addresses."""

from django.urls import path

from stories.writing.views import (
    archive,
    bringing,
    comparing,
    deleting,
    editing,
    inbox,
    listing,
    looking,
    moving,
    pictures,
    settling,
    sharing,
    submissions,
)

app_name = "writing"
urlpatterns = [
    path("", listing.stories, name="stories"),
    path("new/", editing.new, name="new"),
    path("files/", bringing.files, name="files"),
    path("notices/", inbox.notices, name="notices"),
    path("notices/<int:notice_id>/", inbox.follow_notice, name="follow_notice"),
    path("portrait/", pictures.portrait, name="portrait"),
    path("pictures/", pictures.upload, name="pictures"),
    path("archive/", archive.archive, name="archive"),
    path("archive/file/", archive.archive_file, name="archive_file"),
    path("bin/", deleting.bin_page, name="bin"),
    path("<int:story_id>/", editing.edit, name="edit"),
    path("<int:story_id>/submission/", moving.submit, name="submit"),
    path("<int:story_id>/submissions/<int:submission_id>/", submissions.submission, name="submission"),
    path("<int:story_id>/submissions/<int:submission_id>/answers/", submissions.answer, name="answer"),
    path("<int:story_id>/submissions/<int:submission_id>/replies/", submissions.reply, name="reply"),
    path("<int:story_id>/withdrawal/", moving.withdraw, name="withdraw"),
    path("<int:story_id>/history/", looking.history, name="history"),
    path("<int:story_id>/comparison/", comparing.compare, name="compare"),
    path("<int:story_id>/restoration/", comparing.restore, name="restore"),
    path("<int:story_id>/settlement/", settling.settle, name="settle"),
    path("<int:story_id>/preview/", looking.preview, name="preview"),
    path("<int:story_id>/unlisting/", moving.unlist, name="unlist"),
    path("<int:story_id>/publication/", moving.publish_again, name="publish_again"),
    path("<int:story_id>/schedule/", moving.unschedule, name="unschedule"),
    path("<int:story_id>/sharing/", sharing.links, name="sharing"),
    path("<int:story_id>/sharing/<int:link_id>/end/", sharing.end, name="end_link"),
    path("<int:story_id>/bin/", deleting.put_in_bin, name="put_in_bin"),
    path("<int:story_id>/return/", deleting.bring_back, name="bring_back"),
    path("<int:story_id>/deletion/", deleting.erase, name="erase"),
]
