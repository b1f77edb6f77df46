"""Rules about addresses, proven by walking them all: who is refused, and that looking changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.addresses import Address, addresses

EDITORS_ADDRESSES = addresses("moderation")
ALL = addresses("reading", "writing", "preview", "moderation")
# Those that exist to change something. The walk below holds the rest to changing nothing when looked at.
VERBS = {
    "writing:pictures", "writing:submit", "writing:withdraw", "writing:unlist", "writing:publish_again",
    "writing:unschedule", "writing:follow_notice", "writing:put_in_bin", "writing:bring_back",
    "writing:answer", "writing:reply", "writing:restore", "writing:settle", "writing:end_link",
    "writing:order_authors", "writing:leave", "writing:hand_over", "writing:take_over",
    "writing:decline_hand_over", "writing:withdraw_hand_over", "writing:keep_account",
    "writing:withdraw_invitation", "writing:accept_invitation", "writing:decline_invitation",
    "moderation:next", "moderation:claim", "moderation:renew", "moderation:release", "moderation:settle",
    "moderation:decide",
    "moderation:presence", "moderation:keep",
    "moderation:write_disclaimer", "moderation:offer_disclaimer", "moderation:published_disclaimer",
    "moderation:remove", "moderation:restore", "moderation:insert_reply", "moderation:preview_decision",
    "moderation:take_back", "moderation:stop_rewording", "moderation:correct",
    "moderation:retire_reply", "moderation:write_reason", "moderation:offer_reason",
    "moderation:claim_reports", "moderation:renew_reports", "moderation:release_reports", "moderation:decide_reports",
    "moderation:answer_appeal", "moderation:share_saved_view", "moderation:delete_saved_view",
    "moderation:answer_proposal", "moderation:take_back_proposal", "moderation:read_again",
    "moderation:judge_look",
    "moderation:run_batch", "moderation:undo_batch",
    "moderation:sanction", "writing:appeal_sanction",
}  # fmt: skip
NAME = {"ids": lambda address: address.name}


def client_of(request: pytest.FixtureRequest, who: str) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(request.getfixturevalue(who))
    return client


def test_walk_finds_the_addresses():
    names = {address.name for address in ALL}

    assert names >= VERBS | {"moderation:queue", "moderation:review", "writing:edit", "reading:story"}


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
@pytest.mark.parametrize("who", ["anonymous", "reader", "author"])
def test_editors_addresses_are_not_found_by_anybody_else(things, state, request, who, method):
    client = client_of(request, who)
    before = state()

    answers = {
        address.name: getattr(client, method)(address.path(things)).status_code
        for address in EDITORS_ADDRESSES
    }

    assert answers == {address.name: 404 for address in EDITORS_ADDRESSES}
    assert state() == before


def test_editors_addresses_are_open_to_editors(things, editor, client):
    client.force_login(editor)

    assert client.get(reverse("moderation:queue")).status_code == 200
    assert client.get(reverse("moderation:review", args=[things["submission_id"]])).status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("who", ["anonymous", "reader", "author", "other_author", "editor", "chief_editor"])
def test_looking_changes_nothing(things, state, request, who, method):
    client = client_of(request, who)
    before = state()

    answers = {address.name: getattr(client, method)(address.path(things)).status_code for address in ALL}

    assert state() == before
    assert {name: status for name, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("address", [address for address in ALL if address.name in VERBS], **NAME)
def test_verb_refuses_to_be_looked_at(things, state, request, address: Address):
    client = client_of(request, "chief_editor" if address.name.startswith("moderation:") else "author")
    before = state()

    assert client.get(address.path(things)).status_code == 405
    assert client.head(address.path(things)).status_code == 405
    assert state() == before


@pytest.mark.parametrize("who", ["author", "editor"])
def test_form_from_elsewhere_is_refused(things, state, request, who):
    """Every address that takes a form wants the token of our own pages."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(request.getfixturevalue(who))
    before = state()

    answers = {address.name: client.post(address.path(things)).status_code for address in ALL}

    assert {name: status for name, status in answers.items() if status not in {403, 404, 405}} == {}
    assert state() == before
