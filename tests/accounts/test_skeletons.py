import pytest
from django.db import connection

from accounts.models import User
from accounts.skeletons import skeleton


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("Asha", "asha"),
        ("as-ha", "asha"),
        ("as_ha", "asha"),
        ("z00m", "zoom"),
        ("bil1", "bill"),
        ("bi11", "bill"),
        ("bernie", "bemle"),
        ("savvy", "sawy"),
        ("ｒａｖｉ", "ravi"),
    ],
)
def test_skeleton_is_one_for_names_that_look_alike(name, like):
    assert skeleton(name) == skeleton(like)


@pytest.mark.parametrize(("name", "other"), [("asha", "usha"), ("ravi", "ravi2"), ("mona", "nona")])
def test_skeleton_differs_for_names_that_look_different(name, other):
    assert skeleton(name) != skeleton(other)


@pytest.mark.parametrize("name", ["asha", "r-n-rn_vv01il", "vvv", "rrnn", "x0x", "a--b", "i1l0o"])
def test_skeleton_is_the_same_in_python_and_in_the_database(db, name):
    user = User.objects.create_user(name, f"{name}@example.org")

    assert user.skeleton == skeleton(name)


def test_skeleton_cannot_be_written_by_hand(db):
    user = User.objects.create_user("asha", "asha@example.org")

    with connection.cursor() as cursor, pytest.raises(Exception, match="generated column"):
        cursor.execute("UPDATE accounts_user SET skeleton = 'free' WHERE id = %s", [user.pk])
