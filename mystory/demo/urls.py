"""The mails that the demo site sent, which go to a folder and to nobody."""

from django.urls import path

from mystory.demo import views

app_name = "demo"
urlpatterns = [
    path("mail/", views.mails, name="mails"),
    path("mail/<str:key>/", views.mail, name="mail"),
    path("mail/<str:key>/html/", views.mail_as_html, name="mail_as_html"),
]
