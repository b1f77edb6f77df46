"""`python -m stories.demo.pictures FOLDER NAME...` draws pictures into a folder, saying each name when it is there."""

import json
import os
import sys
from pathlib import Path

from stories.demo.pictures.catalogue import draw_named

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for wanted in sys.argv[2:]:
        picture = draw_named(wanted)
        for name, data in (
            (f"{wanted}.webp", picture.data),
            (f"{wanted}.json", json.dumps(picture.facts).encode()),
        ):
            half = folder / f"{name}.{os.getpid()}"
            half.write_bytes(data)
            half.replace(folder / name)
        sys.stdout.write(f"{wanted}\n")
        sys.stdout.flush()
