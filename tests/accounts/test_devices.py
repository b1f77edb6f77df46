import pytest

from accounts.templatetags.devices import device_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/156.0.0.0 Safari/537.36",
            "Chrome on a Linux computer",
        ),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/1 Safari/5 Edg/1", "Edge on a Windows computer"),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) {WEBKIT} Safari/604.1",
            "Safari on an iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/1 Mobile Safari/5", "Chrome on an Android device"),
        ("curl/8.1", "curl/8.1"),
        ("", "A browser that does not say its name"),
    ],
)
def test_device_is_named_as_a_person_would(user_agent, name):
    assert device_name(user_agent) == name
