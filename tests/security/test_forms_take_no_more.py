"""What is sent beside the fields of a form changes nothing."""

import pytest
from django.test import Client

from accounts.models import User
from stories.models import Story
from tests.security.forms import FORMS

# What a member would like to be asked for.
WISHES = {
    "state": "published", "story": "1", "author": "1", "author_id": "1", "published_revision": "1", "slug": "mine",
    "published_at": "2020-01-01", "first_published_at": "2020-01-01", "scheduled_for": "2020-01-01", "by": "1",
    "is_staff": "on", "is_superuser": "on", "is_active": "on", "groups": "1", "user_permissions": "1", "id": "1",
    "pk": "1", "user": "1", "owner": "1", "recipient": "1", "decided_by": "1", "editor": "1", "round": "9",
    "disclosures": "x", "pictures": "x", "at": "2020-01-01", "date_joined": "2020-01-01", "terms_version": "x",
}  # fmt: skip


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_form_takes_more_than_it_asks_for(things, request, form):
    """Beside what is asked every form is sent what a member would like to have."""
    user = None if form.who == "anonymous" else request.getfixturevalue(form.who)
    client = Client()
    if user is not None:
        client.force_login(user)
    fixed = ("author_id", "slug", "first_published_at")
    before = list(Story.objects.order_by("pk").values_list("pk", *fixed))
    public = set(Story.objects.exclude(published_revision=None).values_list("pk", flat=True))

    client.post(form.path(things), {**WISHES, **form.data(things)})

    assert (
        list(Story.objects.filter(pk__in=[row[0] for row in before]).order_by("pk").values_list("pk", *fixed))
        == before
    )
    assert set(Story.objects.exclude(published_revision=None).values_list("pk", flat=True)) == public
    if user is not None:
        kept = (user.is_staff, user.is_superuser, user.is_active, user.date_joined, user.terms_version)
        groups = list(user.groups.all())
        user = type(user).objects.get(pk=user.pk)
        assert (
            user.is_staff,
            user.is_superuser,
            user.is_active,
            user.date_joined,
            user.terms_version,
        ) == kept
        assert list(user.groups.all()) == groups
    assert not User.objects.filter(is_superuser=True).exists()
