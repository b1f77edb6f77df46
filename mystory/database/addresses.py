"""Where the embedded server's socket lies and what its addresses are: worked out, never looked up."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote, urlencode

PORT = 5432
DATABASE = "mystory"
SUPERUSER = "postgres"
OWNER = "mystory_owner"
SITE = "mystory_site"
LONGEST_SOCKET_PATH = 107  # bytes, what a unix socket's address has room for


def socket_folder(base: Path) -> Path:
    """`base/run`, or a short folder beside the temporary files when a socket cannot lie there.

    A socket's path has few bytes, and a comma would part it in two for PostgreSQL's clients.
    """
    base = base.resolve()
    near = base / "run"
    if len(os.fsencode(near / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH and "," not in str(near):
        return near
    name = hashlib.sha256(os.fsencode(base)).hexdigest()[:12]
    return Path(tempfile.gettempdir()).resolve() / f"mystory-{os.geteuid()}-{name}"


def address(base: Path, *, user: str, database: str = DATABASE) -> str:
    query = urlencode({"host": str(socket_folder(base)), "port": PORT})
    return f"postgresql://{quote(user)}@/{quote(database)}?{query}"
