import pytest

from accounts.fields import plain_code


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("१२३४५६", "123456"),
        ("۱۲۳ ۴۵۶", "123456"),
        ("௧௨௩-௪௫௬", "123456"),
        ("１２３４５６", "123456"),
        ("bcdf–ghjk", "bcdfghjk"),
        (" BCDF GHJK\u200b", "BCDFGHJK"),
        ("", ""),
    ],
)
def test_code_typed_in_any_digits_becomes_plain(typed, plain):
    assert plain_code(typed) == plain
