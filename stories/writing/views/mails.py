"""Which mails somebody gets: chosen by who is signed in, and one kind turned off by whoever holds a mail of it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.languages import choose_mail_language
from stories.models import MailChoice
from stories.notices.choosing import choose, stopped_by, turn_off
from stories.permissions import is_editor
from stories.writing.doors import MemberRequest, members_only
from stories.writing.mail_forms import MailForm


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def mails(request: MemberRequest) -> HttpResponse:
    choice = MailChoice.objects.filter(member=request.user).first() or MailChoice(member=request.user)
    form = _form(request, choice)
    if request.method == "POST" and form.is_valid():
        choose_mail_language(request.user, form.cleaned_data["language"])
        choose(request.user, off=form.off(), zone=form.cleaned_data.get("zone", choice.zone))
        messages.success(request, "Your choice is saved.")
        return redirect("writing:mails")
    status = 422 if form.is_bound else 200
    return render(request, "stories/writing/mails.html", {"form": form}, status=status)


def _form(request: MemberRequest, choice: MailChoice) -> MailForm:
    editor = is_editor(request.user)
    form = MailForm(
        request.POST if request.method == "POST" else None,
        is_editor=editor,
        team_zone=settings.WORKING_ZONE,
        initial={"language": request.user.mail_language, "zone": choice.zone},
    )
    form.initial["kinds"] = [key for key in form.offered if key not in choice.off]
    return form


@csrf_exempt  # a mail program sends it, for whoever pressed its button: the address is what says who asks
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, turns off on POST, and needs no login: all it can do is to stop mails of one kind to one person."""
    found = stopped_by(token)
    if found is None:
        raise Http404("This address turns no mails off.")
    user, kind = found
    if request.method == "POST":
        turn_off(user, kind.key)
    return render(
        request, "stories/writing/mails_stop.html", {"kind": kind, "is_off": request.method == "POST"}
    )
