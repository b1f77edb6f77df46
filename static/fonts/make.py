"""Makes the site's typefaces from their npm packages: `make vendor` on a developer's machine, never on a server.

Needs npm and fonttools. The packages hold the whole fonts; a page needs a few hundred letters in the
weights 400 to 700. Scripts are cut by Unicode block with every layout feature kept: a cut by "letters we
use" or by "features we know" breaks conjuncts. The files, their licences and `manifest.json` are
committed, and the @font-face rules are written into the marked part of `css/tokens.css`.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

FONTS = Path(__file__).resolve().parent
TOKENS = FONTS.parent / "css" / "tokens.css"
BEGIN = "/* Typefaces, written by fonts/make.py: do not edit below. */\n"
VERSION = "5.3.0"

LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
    "U+2000-200B,U+200E-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD"
)
LATIN_EXTRA = "U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1EFF,U+20A0-20AB,U+20AD-20B8,U+20BA-20C0,U+2113"
RUPEE = "U+20B9"
# What stands between the letters of every Indian script; the danda is Devanagari's and lent to the others.
# The space too, so that a page in one script does not fetch the Latin face for its spaces.
JOINERS = "U+0020,U+00A0,U+0964-0965,U+200C-200D,U+25CC"
# Nastaliq: the letters of Urdu, its marks, digits and punctuation; the whole Arabic block would be 60 KB more.
URDU = (
    "U+0020,U+00A0,U+0600-0603,U+0609-060D,U+0610-061B,U+061E-061F,U+0621-063A,U+0640-0658,U+0660-066D,U+0670,U+0679,U+067E,"
    "U+0686,U+0688,U+0691,U+0698,U+06A9,U+06AF,U+06BA,U+06BE,U+06C0-06C3,U+06CC,U+06D2-06D4,U+06E5-06E6,"
    "U+06F0-06F9,U+200C-200D,U+FDFA-FDFD"
)
# Family on the page, end of the package's name, subset's name in the package, Unicode block.
SCRIPTS = [
    ("Devanagari", "devanagari", "U+0900-097F,U+A8E0-A8FF,U+1CD0-1CF9"),
    ("Bengali", "bengali", "U+0980-09FF"),
    ("Gurmukhi", "gurmukhi", "U+0A00-0A7F"),
    ("Gujarati", "gujarati", "U+0A80-0AFF"),
    ("Odia", "oriya", "U+0B00-0B7F"),
    ("Tamil", "tamil", "U+0B80-0BFF"),
    ("Telugu", "telugu", "U+0C00-0C7F"),
    ("Kannada", "kannada", "U+0C80-0CFF"),
    ("Malayalam", "malayalam", "U+0D00-0D7F"),
]


@dataclass(frozen=True)
class Face:
    family: str
    package: str
    source: str  # the file inside the package
    name: str  # our file
    unicodes: str
    limits: tuple[str, ...] = ("wght=400:700",)
    style: str = "normal"
    weight: str = "400 700"


def faces() -> list[Face]:
    found = []
    for name, package, tall in (("Literata", "literata", "opsz"), ("Inter", "inter", "wght")):
        limits = ("wght=400:700", "opsz=14:40") if tall == "opsz" else ("wght=400:700",)
        for subset, unicodes in (("latin", LATIN), ("latin-ext", LATIN_EXTRA), ("rupee", RUPEE)):
            source = "latin" if subset == "latin" else "latin-ext"
            axis, cut = (tall, limits) if subset == "latin" else ("wght", ("wght=400:700",))
            found.append(
                Face(name, package, f"{package}-{source}-{axis}-normal", f"{package}-{subset}", unicodes, cut)
            )
        if package == "literata":
            found.append(
                Face(
                    name,
                    package,
                    f"{package}-latin-wght-italic",
                    f"{package}-latin-italic",
                    LATIN,
                    style="italic",
                )
            )
    for script, package, block in SCRIPTS:
        for kind in ("Serif", "Sans"):
            whole = f"noto-{kind.lower()}-{package}"
            source = f"{whole}-{package}-wght-normal"
            found.append(Face(f"Noto {kind} {script}", whole, source, whole, f"{block},{JOINERS}"))
    urdu = "noto-nastaliq-urdu"
    # One weight: the second would be as large again, and Nastaliq stresses by size and colour.
    source = f"{urdu}-arabic-wght-normal"
    found.append(Face("Noto Nastaliq Urdu", urdu, source, urdu, URDU, ("wght=400",), weight="400"))
    return found


def cut(face: Face, packages: Path) -> Path:
    """Subset, then narrow the axes. Hinting goes; screens that would need it are gone too."""
    source = packages / face.package / "files" / f"{face.source}.woff2"
    target = FONTS / f"{face.name}.woff2"
    with tempfile.TemporaryDirectory() as folder:
        narrow, small = Path(folder) / "narrow.ttf", Path(folder) / "small.ttf"
        run("fontTools.varLib.instancer", source, *face.limits, "-o", narrow)
        run(
            "fontTools.subset", narrow, f"--unicodes={face.unicodes}", "--layout-scripts=*", "--no-hinting",
            "--layout-features-=frac,numr,dnom", "--layout-features+=pnum,tnum", "--flavor=woff2",
            f"--output-file={small}",
        )  # fmt: skip
        target.write_bytes(small.read_bytes())
    return target


def run(module: str, *arguments: object) -> None:
    subprocess.run([sys.executable, "-m", module, *map(str, arguments)], check=True, capture_output=True)


def rules(made: list[Face]) -> str:
    """The @font-face rules. A face is fetched only by a page that has a letter of its range."""
    lines = []
    for face in made:
        lines.append(
            f'@font-face {{ font-family: "{face.family}"; src: url("../fonts/{face.name}.woff2") format("woff2");'
            f" font-weight: {face.weight}; font-style: {face.style}; font-display: swap;"
            f" unicode-range: {face.unicodes}; }}"
        )
    return "\n".join(lines) + "\n"


def fetch(packages: set[str], folder: Path) -> Path:
    wanted = [f"@fontsource-variable/{name}@{VERSION}" for name in sorted(packages)]
    (folder / "package.json").write_text("{}")
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *wanted], cwd=folder, check=True
    )
    return folder / "node_modules" / "@fontsource-variable"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--packages", type=Path, help="a folder that already holds the packages")
    given = arguments.parse_args()
    wanted = faces()
    with tempfile.TemporaryDirectory() as folder:
        packages = given.packages or fetch({face.package for face in wanted}, Path(folder))
        with ThreadPoolExecutor(2) as pool:
            files = list(pool.map(lambda face: cut(face, packages), wanted))
        for package in sorted({face.package for face in wanted}):
            licence = (packages / package / "LICENSE").read_text()
            (FONTS / f"OFL-{package}.txt").write_text(licence.rstrip() + "\n")
    manifest = {
        file.name: {
            "package": f"@fontsource-variable/{face.package}",
            "version": VERSION,
            "source": f"{face.source}.woff2",
            "bytes": file.stat().st_size,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
        for face, file in zip(wanted, files, strict=True)
    }
    (FONTS / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    above = TOKENS.read_text().split(BEGIN)[0]
    TOKENS.write_text(above + BEGIN + rules(wanted))


if __name__ == "__main__":
    main()
