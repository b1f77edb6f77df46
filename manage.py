#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from mystory.database import embedded
from mystory.problem import plainly


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mystory.settings")
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("MYSTORY_DEMO", "1")  # on the embedded database it is this machine's own demo
    var = Path(os.environ.get("MYSTORY_VAR") or Path(__file__).resolve().parent / "var")
    with plainly(), embedded.running(var):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
