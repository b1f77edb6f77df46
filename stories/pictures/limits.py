"""What a picture may cost: bytes, pixels, processor seconds, memory."""

from dataclasses import dataclass

MAX_BYTES = 10_000_000  # of the file that was sent
MAX_RESULT_BYTES = 25_000_000  # of what the decoder may answer


@dataclass(frozen=True)
class Limits:
    """The decoder's limits, passed to its process as JSON.

    Measured on a slow core: a photograph of 12 megapixels takes 0.6 s, the largest that is allowed 1 to 3 s.
    """

    max_pixels: int = 40_000_000
    max_side: int = 12_000  # pixels
    max_scans: int = 100  # of a JPEG; a progressive one has about 10, a hostile one thousands
    long_side: int = 2_400  # pixels of what is kept
    cpu_seconds: int = 5
    memory_bytes: int = 1_000_000_000
    quality: int = 82  # of WebP, 0 to 100


LIMITS = Limits()
# A portrait is shown on 88 pixels at most, of which a screen may have three for each of ours.
PORTRAIT = Limits(long_side=400)

WALL_SECONDS = 20  # a busy machine may give the process a quarter of a core
WAIT_SECONDS = 10  # for a free place, when others' pictures are being read

# Requests of one web process that may wait for the decoder; the others of its four threads answer readers.
WAITING = 3
