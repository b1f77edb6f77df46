"""Reporting a story: a page of its own beside the public one, and the receipt that needs no account."""

import hashlib
import ipaddress
from urllib.parse import unquote
from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from stories.flooding import DAY, HOUR, wait
from stories.models import Report, Story
from stories.models.report import PASSAGE_CHARACTERS
from stories.notices.reporting import how_to_complain, outcome_words
from stories.reading.addresses import one_spelling
from stories.reading.report_forms import ReportForm, SecondLookForm, age_of, opened_now
from stories.status import Incomplete, MoveRefused
from stories.workflow.looking_again import look_again, may_look_again
from stories.workflow.reporting import address_of, report_behind
from stories.workflow.reporting import report as send_report

REPORTS_AN_HOUR = 10
REPORTS_A_DAY = 30
MAILS_TO_ONE_A_DAY = 5
TOO_MANY = (
    "Many reports came from you, or from somebody on the same connection, in a short time. Nothing was sent, and "
    "what you wrote is still here. Try it again in an hour."
)
TOO_MANY_MAILS = (
    "This address had several mails from us today. Nothing was sent, and what you wrote is still here. Leave the "
    "address empty and keep the page you get instead, or try it again tomorrow."
)
# Neither kept on the way, nor found by a search, nor told to where its links lead.
HEADERS = {
    "Cache-Control": "private, no-store, max-age=0",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """`?passage=` fills the passage in: the story page's script puts there what the reader has selected."""
    story = get_object_or_404(
        Story.objects.published().select_related("published_revision"), slug=one_spelling(slug)
    )
    if request.method != "POST":
        return _form(request, story, ReportForm(initial=_initial(request)))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form(request, story, form, status=422)
    if seconds := _wait(request):
        form.add_error(None, TOO_MANY)
        return _form(request, story, form, status=429, retry_after=seconds)
    if seconds := _wait_for_mail(form.cleaned_data["email"]):
        form.add_error("email", TOO_MANY_MAILS)
        return _form(request, story, form, status=429, retry_after=seconds)
    member = request.user if isinstance(request.user, User) else None
    try:
        made = send_report(story, form.told(), by=member, key=form.cleaned_data["key"])
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _form(request, story, form, status=422)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return _form(request, story, form, status=409)
    return redirect(made.status_path)


@require_safe
def status(request: HttpRequest, token: str) -> HttpResponse:
    """How a report stands, for whoever has the address; one that opens nothing is not found, whatever the reason."""
    return _status(request, _behind(token))


@require_POST
def second_look(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address of an answered report asks that somebody else looks at it."""
    found = _behind(token)
    form = SecondLookForm(request.POST)
    if not form.is_valid():
        return _status(request, found, form=form, status=422)
    if seconds := _wait(request):
        form.add_error(None, TOO_MANY)
        page = _status(request, found, form=form, status=429)
        page["Retry-After"] = str(seconds)
        return page
    try:
        look_again(found, form.cleaned_data["text"])
    except Incomplete as missing:
        form.add_error(missing.field, missing.message)
        return _status(request, found, form=form, status=422)
    except MoveRefused as refused:
        form.add_error(None, refused.message)
        return _status(request, found, form=form, status=409)
    return redirect(found.status_path)


def _behind(token: str) -> Report:
    found = report_behind(token)
    if found is None:
        raise Http404
    return found


def _status(
    request: HttpRequest, found: Report, *, form: SecondLookForm | None = None, status: int = 200
) -> HttpResponse:
    decision = getattr(found.group, "decision", None)
    asked = getattr(found, "second_look", None)
    again = getattr(found.group, "again", None)
    second = getattr(again, "decision", None) if asked else None
    if form is None and asked is None and may_look_again(found.group, again, at=timezone.now()):
        form = SecondLookForm()
    context = {
        "form": form,
        "asked": asked,
        "again": again if asked else None,
        "second": second,
        "second_outcome": [words for words in outcome_words(second) if words] if second else [],
        "report": found,
        "story": found.group.story,
        "text": found.revision,
        "group": found.group,
        "decision": decision,
        "outcome": [words for words in outcome_words(decision) if words] if decision else [],
        "complain": how_to_complain(second or decision) if decision else "",
    }
    return _alone(render(request, "stories/reading/report_status.html", context, status=status))


@require_safe
def own_status(request: HttpRequest, report_id: int) -> HttpResponse:
    """From a notice on the site to the page of one's own report."""
    member = request.user if isinstance(request.user, User) else None
    if member is None:
        raise Http404
    found = get_object_or_404(Report, pk=report_id, reporter=member)
    return redirect(found.status_path) if found.status_path else _alone(HttpResponse(status=410))


def _initial(request: HttpRequest) -> dict[str, object]:
    passage = request.GET.get("passage", "")[:PASSAGE_CHARACTERS]
    return {"key": uuid4(), "opened": opened_now(), "passage": " ".join(passage.replace("\x00", "").split())}


def _form(
    request: HttpRequest, story: Story, form: ReportForm, *, status: int = 200, retry_after: int = 0
) -> HttpResponse:
    if form.is_bound:
        sent = request.POST.copy()
        sent["website"] = ""  # what a machine filled in, and a person cannot see
        if age_of(sent.get("opened", "")) is None:
            sent["opened"] = opened_now()
        form.data = sent
    context = {
        "form": form,
        "story": story,
        "text": story.published_revision,
        "address": unquote(address_of(story, "")),  # as it is read, not as it is sent
        "is_member": request.user.is_authenticated,
    }
    page = _alone(render(request, "stories/reading/report.html", context, status=status))
    if retry_after:
        page["Retry-After"] = str(retry_after)
    return page


def _alone(page: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        page[name] = value
    return page


def _wait(request: HttpRequest) -> int:
    """By account, and by network: kept for a day, as a fingerprint that nobody can turn back."""
    counted = [_network(request)]
    if request.user.is_authenticated:
        counted.append(f"member-{request.user.pk}")
    return max(
        max(wait("reports-hour", who, REPORTS_AN_HOUR, HOUR), wait("reports-day", who, REPORTS_A_DAY, DAY))
        for who in counted
    )


def _wait_for_mail(email: str) -> int:
    """A stranger may type anybody's address: nobody is mailed often by that."""
    if not email:
        return 0
    to = hashlib.sha256(email.lower().encode()).hexdigest()[:32]
    return wait("report-mails", to, MAILS_TO_ONE_A_DAY, DAY)


def _network(request: HttpRequest) -> str:
    """One address of IPv4, or the network that a household has of IPv6."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:
        address = ipaddress.ip_network(f"{address}/64", strict=False).network_address
    return salted_hmac("stories.reading.report", str(address), algorithm="sha256").hexdigest()[:32]
