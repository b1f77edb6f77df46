import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from accounts.roles import CHIEF_EDITORS, EDITORS, Role, appoint, role_of


def groups(member):
    return sorted(member.groups.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("role", "expected"),
    [("editor", [EDITORS]), ("chief-editor", [CHIEF_EDITORS, EDITORS]), ("none", [])],
)
def test_appoint_command_sets_the_groups_again_and_again(member, capsys, role, expected):
    for _ in range(2):
        call_command("appoint", "ASHA", role)

        assert groups(member) == expected
        assert role_of(member) == role
    assert capsys.readouterr().out.startswith("asha is now ")


def test_appoint_command_turns_a_chief_editor_into_an_editor(member):
    call_command("appoint", "asha", "chief-editor")

    call_command("appoint", "asha", "editor")

    assert groups(member) == [EDITORS]


def test_appoint_command_names_a_member_that_is_not_there(db):
    with pytest.raises(CommandError, match="no member with the user name 'nobody'"):
        call_command("appoint", "nobody", "editor")


def test_appoint_command_refuses_another_role(member):
    with pytest.raises(CommandError, match="invalid choice: 'boss'"):
        call_command("appoint", "asha", "boss")


def test_appoint_command_refuses_a_closed_account_but_may_take_its_role(member):
    member.is_active = False
    member.save()

    with pytest.raises(CommandError, match="deactivated"):
        call_command("appoint", "asha", "editor")
    call_command("appoint", "asha", "none")


@pytest.mark.parametrize("role", [Role.NONE, Role.EDITOR])
def test_appoint_by_somebody_who_is_no_chief_editor_is_refused(member, other_member, role):
    appoint(other_member, role=role)

    with pytest.raises(PermissionDenied):
        appoint(member, role=Role.EDITOR, by=other_member)

    assert groups(member) == []


def test_appoint_by_a_chief_editor_is_allowed(member, other_member):
    appoint(other_member, role=Role.CHIEF_EDITOR)

    appoint(member, role=Role.EDITOR, by=other_member)

    assert groups(member) == [EDITORS]
