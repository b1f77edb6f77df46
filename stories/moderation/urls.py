"""The moderation face: `/moderation/`. Each view has its own door; to a stranger nothing is here."""

from django.urls import path

from stories.moderation.views import claims, queue, review

app_name = "moderation"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("next/", queue.take_next, name="next"),
    path("<int:submission_id>/", review.review, name="review"),
    path("<int:submission_id>/claim/", claims.claim, name="claim"),
    path("<int:submission_id>/lease/", claims.renew, name="renew"),
    path("<int:submission_id>/release/", claims.release, name="release"),
    path("<int:submission_id>/decision/", review.decide, name="decide"),
]
