"""PostgreSQL refuses to run as root, so root starts it as somebody else, without adding an account."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mystory.problem import Problem

NOBODY = "nobody"


@dataclass(frozen=True)
class Identity:
    """Words to put before each of PostgreSQL's commands, and who has to own its folders (None: whoever runs)."""

    prefix: tuple[str, ...] = ()
    owner: str | None = None

    def command(self, *words: object) -> list[str]:
        return [*self.prefix, *(str(word) for word in words)]

    def give(self, folder: Path) -> None:
        """Make a folder, with all in it, the identity's own."""
        if self.owner is None:
            return
        account = pwd.getpwnam(self.owner)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def find_identity(program: str) -> Identity:
    """The first identity in which `program --version` answers."""
    if os.geteuid() != 0:
        return Identity()
    for identity in identities_for_root():
        if answers(identity, program):
            return identity
    raise Problem(
        "PostgreSQL cannot run as root, and this machine lets root neither use `unshare` nor become nobody: "
        "run the command as an ordinary user, or set DATABASE_URL."
    )


def identities_for_root() -> Iterator[Identity]:
    # A user namespace: the server sees an ordinary user, the files stay root's. Containers often forbid it.
    if unshare := shutil.which("unshare"):
        yield Identity((unshare, "--user", "--map-user=1000", "--map-group=1000"))
    # Nobody, still allowed to walk through folders that are closed to others, as /root is.
    if setpriv := shutil.which("setpriv"):
        become = (setpriv, f"--reuid={NOBODY}", f"--regid={gid_of_nobody()}", "--clear-groups")
        yield Identity((*become, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"), NOBODY)
        yield Identity(become, NOBODY)


def gid_of_nobody() -> int:
    return pwd.getpwnam(NOBODY).pw_gid


def answers(identity: Identity, program: str) -> bool:
    try:
        answer = subprocess.run(
            identity.command(program, "--version"), capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return answer.returncode == 0
