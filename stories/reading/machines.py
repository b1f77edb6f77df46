"""Pages for programs: what may be crawled, what there is, whom to tell of a hole, whether the site lives."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from stories.models import Correction, Revision, Story, Topic
from stories.prose.disclosures import earlier_address
from stories.reading.addresses import in_full
from stories.reading.public import public_page

# Stories to a part of the map, by number: a part is one range of the primary key, and old parts stay as they are.
# A map may have 50,000 addresses.
A_PART = 20_000
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

ROBOTS = """User-agent: *
Disallow: /accounts/
Disallow: /admin/
Disallow: /moderation/
Disallow: /personal/
Disallow: /preview/
Disallow: /search/
Disallow: /writing/

Sitemap: {sitemap}
"""


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    return _text(ROBOTS.format(sitemap=in_full("/sitemap.xml")))


@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires half a year from today, so that it is never found expired."""
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=180)
    return _text(
        f"Contact: {settings.SECURITY_CONTACT}\nExpires: {expires:%Y-%m-%dT%H:%M:%SZ}\n"
        f"Preferred-Languages: en\nCanonical: {in_full('/.well-known/security.txt')}\n"
    )


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    last = Story.objects.aggregate(last=Max("pk"))["last"] or 0
    parts = ["/sitemap-pages.xml", *(f"/sitemap-{part}.xml" for part in range(last // A_PART + 1))]
    items = "".join(f"<sitemap><loc>{in_full(part)}</loc></sitemap>\n" for part in parts)
    return _xml(f"<sitemapindex {_XMLNS}>\n{items}</sitemapindex>")


@public_page
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    topics = [f"/topics/{slug}/" for slug in Topic.objects.values_list("slug", flat=True)]
    paths = ["/", "/latest/", "/topics/", "/about/moderation/", *topics]
    return _urls("".join(f"<url><loc>{in_full(path)}</loc></url>\n" for path in paths))


@public_page
def sitemap_part(request: HttpRequest, part: int) -> HttpResponse:
    first = part * A_PART
    if first > 2**62:
        raise Http404
    stories = Story.objects.published().filter(pk__gte=first, pk__lt=first + A_PART).order_by("pk")
    rows = stories.values_list("pk", "slug", "published_at")
    elsewhere = _at_home_elsewhere(first, first + A_PART)
    corrected = _last_corrected(first, first + A_PART)
    return _urls(
        "".join(
            f"<url><loc>{in_full(f'/stories/{slug}/')}</loc>"
            f"<lastmod>{max(at, corrected.get(pk, at)):%Y-%m-%d}</lastmod></url>\n"
            for pk, slug, at in rows
            if at is not None and pk not in elsewhere
        )
    )


def _at_home_elsewhere(first: int, end: int) -> set[int]:
    """The stories whose page names an earlier address as the one to find them by: a map does not list those."""
    disclosing = Revision.objects.filter(story__gte=first, story__lt=end).exclude(disclosures=[])
    shown = disclosing.filter(published_as__isnull=False).values_list("published_as", "disclosures")
    return {pk for pk, lines in shown if earlier_address(lines)}


def _last_corrected(first: int, end: int) -> dict[int, datetime]:
    """When the stories that have corrections above them got the last one."""
    found = Correction.objects.filter(story__gte=first, story__lt=end).values_list("story")
    return dict(found.annotate(last=Max("at")))


@csrf_exempt
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether a page could be made now: 200, or 503 while the database does not answer."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _text("The database does not answer.\n", status=503)
    return _text("ok\n")


def _urls(items: str) -> HttpResponse:
    return _xml(f"<urlset {_XMLNS}>\n{items}</urlset>")


def _xml(root: str) -> HttpResponse:
    return HttpResponse(f"{_HEAD}{root}\n", content_type="application/xml; charset=utf-8")


def _text(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
