"""The script vectors: our own, and those of the file that MYSTORY_XSS_VECTORS names."""

import json
import os
from pathlib import Path
from typing import Any

OWN = Path(__file__).with_name("vectors.jsonl")


def load_vectors(*, tier: int | None = None) -> list[dict[str, Any]]:
    """Each a dictionary with `id`, `category`, `payload`, and perhaps `forbid`: CSS selectors that match nothing."""
    paths = [OWN]
    if os.environ.get("MYSTORY_XSS_VECTORS"):
        paths.append(Path(os.environ["MYSTORY_XSS_VECTORS"]))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    vectors = [json.loads(line) for line in lines]
    return [vector for vector in vectors if tier is None or vector.get("tier", 2) <= tier]
