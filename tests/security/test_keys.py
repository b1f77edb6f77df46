"""What a browser says a security key answered is a stranger's text: nonsense is refused, whatever its shape."""

import json
from base64 import urlsafe_b64encode

import pytest
from django.test import Client

from tests.cast import PASSWORD


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def answer(client_data: bytes = b"{}", **parts: bytes) -> str:
    response = {"clientDataJSON": b64(client_data), **{name: b64(part) for name, part in parts.items()}}
    return json.dumps({"id": "YQ", "rawId": "YQ", "type": "public-key", "response": response})


GET = b'{"type":"webauthn.get","challenge":"aa","origin":"http://testserver"}'
CREATE = GET.replace(b"get", b"create")
SIGNED = {"authenticatorData": bytes(37), "signature": b"x"}
NONSENSE = {
    "list": "[]",
    "number": "7",
    "text": '"x"',
    "long_number": "9" * 5000,
    "deep": "[" * 60_000,
    "deep_objects": '{"a":' * 10_000,
    "long": '"' + "a" * 200_000 + '"',
    "nul": '{"id": "\\u0000"}',
    "empty": "{}",
    "half": '{"id": 1}',
    "flat": '{"id": "a", "rawId": "a", "type": "public-key", "response": 5}',
    "no_base64": '{"id": "a", "rawId": "!!", "type": "public-key", "response": {}}',
    "list_inside": answer(b"[]", **SIGNED),
    "user_of_no_letters": answer(GET, userHandle=b"\xff", **SIGNED),
    "user_of_many_digits": answer(GET, userHandle=b"9" * 30, **SIGNED),
    "user_superscript": answer(GET, userHandle="²".encode(), **SIGNED),
    "no_cbor": answer(CREATE, attestationObject=b"\xff\xff"),
    "deep_cbor": answer(CREATE, attestationObject=b"\x81" * 5000),
    "empty_cbor": answer(CREATE, attestationObject=b"\xa0"),
}


@pytest.mark.usefixtures("fresh_limits")
@pytest.mark.parametrize("credential", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_signs_nobody_in(db, credential):
    client = Client()
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})

    sent = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})

    assert sent.status_code in {200, 302}
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("fresh_limits")
def test_nonsense_adds_no_key(author):
    client = Client()
    client.post("/accounts/login/", {"login": author.username, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get("/accounts/2fa/webauthn/add/").status_code == 200

    statuses = {
        name: client.post(
            "/accounts/2fa/webauthn/add/", {"name": "key", "credential": credential}
        ).status_code
        for name, credential in NONSENSE.items()
    }

    assert statuses == dict.fromkeys(NONSENSE, 200)
    assert author.authenticator_set.count() == 0
