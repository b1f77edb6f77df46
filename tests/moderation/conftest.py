"""What the tests of the desk share."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from stories.models import Claim, Reason
from stories.workflow.disclaiming import offered_versions


class Desk:
    """An editor at the desk, sending what its pages send."""

    def __init__(self, editor: User) -> None:
        self.client = Client()
        self.client.force_login(editor)

    def get(self, name: str, /, *args: object, **query: object) -> HttpResponse:
        return self.client.get(reverse(f"moderation:{name}", args=args), query)

    def post(self, name: str, /, *args: object, **data: object) -> HttpResponse:
        return self.client.post(reverse(f"moderation:{name}", args=args), data)

    def decide(self, claim: Claim, decision: str, /, **data: Any) -> HttpResponse:
        revision = claim.submission.revision
        sent = {"claim": claim.pk, "revision": revision.pk, "sha256": revision.sha256, "decision": decision}
        sent["disclaimer"] = offered_versions("en")[0].pk
        return self.post("decide", claim.submission_id, **{**sent, **data})


@pytest.fixture
def desk(editor) -> Desk:
    return Desk(editor)


@pytest.fixture
def other_desk(other_editor) -> Desk:
    return Desk(other_editor)


@pytest.fixture
def chief_desk(chief_editor) -> Desk:
    return Desk(chief_editor)


@pytest.fixture
def reason(db) -> Reason:
    return Reason.objects.get(code="advertising")
