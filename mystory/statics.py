"""Static files under names with their fingerprints, each address worked out once in a process."""

from functools import cache

from whitenoise.storage import CompressedManifestStaticFilesStorage


class FingerprintedFiles(CompressedManifestStaticFilesStorage):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # A page names a dozen files, and the look-up took longer than rendering the rest of its head.
        self.url = cache(super().url)
