"""Static files under names with their fingerprints, each address worked out once in a process."""

from collections.abc import Iterable, Iterator
from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage

OUR_MODULES = "js/"  # their imports name each other plainly


class FingerprintedFiles(CompressedManifestStaticFilesStorage):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # A page names a dozen files, and the look-up took longer than rendering the rest of its head.
        self.url = cache(super().url)

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """What nobody asks for by its plain name is compressed under the other one only, which takes seconds each."""
        named = set(self.hashed_files.values())
        return super().compress_files(
            [path for path in paths if path in named or path.startswith(OUR_MODULES)]
        )
