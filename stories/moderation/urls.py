"""The moderation face: `/moderation/`. Each view has its own door; to a stranger nothing is here."""

from django.urls import path

from stories.moderation.views import (
    claims,
    disclaimers,
    log,
    notes,
    published,
    queue,
    reasons,
    reports,
    requests,
    review,
)

app_name = "moderation"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("next/", queue.take_next, name="next"),
    path("<int:submission_id>/", review.review, name="review"),
    path("<int:submission_id>/claim/", claims.claim, name="claim"),
    path("<int:submission_id>/lease/", claims.renew, name="renew"),
    path("<int:submission_id>/release/", claims.release, name="release"),
    path("<int:submission_id>/requests/", requests.settle, name="settle"),
    path("<int:submission_id>/decision/", review.decide, name="decide"),
    path("<int:submission_id>/notes/", notes.note, name="note"),
    path("<int:submission_id>/notes/<int:note_id>/messages/", notes.message, name="note_message"),
    path("<int:submission_id>/notes/<int:note_id>/end/", notes.end, name="end_note"),
    path("<int:submission_id>/notes/<int:note_id>/correction/", notes.correct, name="fix_note"),
    path("<int:submission_id>/private-notes/", notes.private, name="private_note"),
    path("disclaimers/", disclaimers.disclaimers, name="disclaimers"),
    path("disclaimers/new/", disclaimers.new, name="new_disclaimer"),
    path("disclaimers/<slug:key>/", disclaimers.disclaimer, name="disclaimer"),
    path("disclaimers/<slug:key>/versions/", disclaimers.write, name="write_disclaimer"),
    path("disclaimers/<slug:key>/offer/", disclaimers.offer, name="offer_disclaimer"),
    path("reasons/", reasons.reasons, name="reasons"),
    path("reasons/new/", reasons.new, name="new_reason"),
    path("reasons/<slug:code>/", reasons.reason, name="reason"),
    path("reasons/<slug:code>/versions/", reasons.write, name="write_reason"),
    path("reasons/<slug:code>/offer/", reasons.offer, name="offer_reason"),
    path("published/<int:story_id>/", published.published, name="published"),
    path("published/<int:story_id>/disclaimer/", published.disclaimer, name="published_disclaimer"),
    path("published/<int:story_id>/removal/", published.removal, name="remove"),
    path("published/<int:story_id>/restoration/", published.restoration, name="restore"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:group_id>/", reports.report_group, name="report_group"),
    path("reports/<int:group_id>/claim/", reports.claim, name="claim_reports"),
    path("reports/<int:group_id>/lease/", reports.renew, name="renew_reports"),
    path("reports/<int:group_id>/release/", reports.release, name="release_reports"),
    path("reports/<int:group_id>/decision/", reports.decide, name="decide_reports"),
    path("log/", log.log, name="log"),
]
