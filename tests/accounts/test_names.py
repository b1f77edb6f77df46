import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, transaction

from accounts import names
from accounts.models import User, UsernameHold


@pytest.mark.parametrize("name", ["abc", "a-b", "asha_rao", "x" * 30, "2cool", "demo-author"])
def test_check_gives_a_good_name(db, name):
    assert names.check(name) == name


def test_check_folds_case_width_and_blanks(db):
    assert names.check(" Ａsha-RAO ") == "asha-rao"


@pytest.mark.parametrize(
    "name", ["ab", "x" * 31, "-ab", "ab-", "_ab", "a b", "a.b", "अशा", "аsha", "as​ha", "asha\n2", "", "a@b"]
)
def test_check_refuses_a_name_of_another_shape(db, name):
    with pytest.raises(ValidationError) as refusal:
        names.check(name)

    assert refusal.value.code == "shape"


@pytest.mark.parametrize(
    "name",
    ["admin", "Admin", "adm1n", "a-d-m-i-n", "staff", "ed1tor", "editor", "editors", "mystory", "my-st0ry",
     "mystory-team", "moderation", "feed", "f-eed", "yourstory", "chief-editor", "root", "www"],
)  # fmt: skip
def test_check_refuses_the_words_of_the_site_and_what_looks_like_them(db, name):
    with pytest.raises(ValidationError) as refusal:
        names.check(name)

    assert refusal.value.code == "reserved"


@pytest.mark.parametrize("name", ["ravi", "RAVI", "rav1", "ra-vi", "ra_v_i", "ravl"])
def test_check_refuses_a_name_that_looks_like_somebody_elses(member, other_member, name):
    with pytest.raises(ValidationError) as refusal:
        names.check(name, member=member)

    assert refusal.value.code == "taken"


@pytest.mark.parametrize(
    ("username", "email"),
    [("ash4", "ASHA@example.org"), ("ASHA", "b@example.org"), ("a-sha", "b@example.org"), ("ab", "b@x.org"),
     ("Ravi kumar", "b@x.org"), ("अशा", "b@x.org")],
)  # fmt: skip
def test_database_refuses_what_the_rules_refuse(member, username, email):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(username, email)


def test_database_refuses_a_name_that_somebody_else_had(member, other_member):
    names.rename(member, username="asha-rao", by=member)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        User.objects.filter(pk=other_member.pk).update(username="asha")

    assert names.is_name_clash(refusal.value)


def test_rename_keeps_the_old_name_for_its_member(member, other_member):
    names.rename(member, username="Asha-Rao", by=member)

    assert member.username == "asha-rao"
    with pytest.raises(ValidationError):
        names.rename(other_member, username="as-ha", by=other_member)
    names.rename(member, username="asha", by=member)
    assert User.objects.get(pk=member.pk).username == "asha"


def test_rename_by_another_member_is_refused(member, other_member):
    with pytest.raises(PermissionDenied):
        names.rename(member, username="asha-rao", by=other_member)

    assert User.objects.get(pk=member.pk).username == "asha"


def test_rename_within_the_same_look_is_allowed(member):
    names.rename(member, username="as-ha", by=member)

    assert User.objects.get(pk=member.pk).username == "as-ha"
    assert list(UsernameHold.objects.values_list("skeleton", flat=True)) == ["asha"]


def test_rename_stops_at_five_names(member):
    for name in ["asha-b", "asha-c", "asha-d", "asha-e"]:
        names.rename(member, username=name, by=member)

    with pytest.raises(ValidationError) as refusal:
        names.rename(member, username="asha-f", by=member)

    assert refusal.value.code == "too_many"
    names.rename(member, username="asha-b", by=member)
    assert member.username == "asha-b"


def test_holder_finds_who_had_a_name(member):
    names.rename(member, username="asha-rao", by=member)

    assert names.holder("asha") == member
    assert names.holder("ASHA-RAO") == member
    assert names.holder("ravi") is None


def test_name_of_somebody_deleted_stays_held(member):
    member.emailaddress_set.all().delete()
    member.delete()

    with pytest.raises(ValidationError):
        names.check("asha")


def race(*tasks):
    """Runs the tasks in threads that start together; gives what each returned or raised."""
    results = [None] * len(tasks)
    together = threading.Barrier(len(tasks))

    def run(number, task):
        try:
            together.wait(10)
            results[number] = task()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(5))
def test_names_that_look_alike_taken_at_once_go_to_one(turn):
    likes = ["z00m", "zoom", "zo-om", "z-0-0-m"]

    results = race(
        *(lambda n=n: User.objects.create_user(n, f"{n}@example.org") for n in likes),
    )

    assert sum(isinstance(result, User) for result in results) == 1
    assert sum(isinstance(result, IntegrityError) and names.is_name_clash(result) for result in results) == 3


@pytest.mark.django_db(transaction=True)
def test_name_given_up_and_taken_at_once_stays_with_its_member():
    asha = User.objects.create_user("asha", "asha@example.org")
    ravi = User.objects.create_user("ravi", "ravi@example.org")

    results = race(
        lambda: names.rename(asha, username="asha-rao", by=asha),
        lambda: names.rename(ravi, username="asha", by=ravi),
        lambda: User.objects.create_user("as-ha", "x@example.org"),
    )

    assert results[0] is None
    assert isinstance(results[1], ValidationError)
    assert isinstance(results[2], IntegrityError)
    assert names.holder("asha") == asha
