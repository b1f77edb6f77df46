"""What a document may cost: bytes, entries, layers, processor seconds, memory."""

from dataclasses import dataclass

MAX_BYTES = 20_000_000  # of the file that was sent
MAX_RESULT_BYTES = 100_000_000  # of what the reader may answer


@dataclass(frozen=True)
class Limits:
    """The reader's limits, passed to its process as JSON. A book of 80,000 words in .docx has some 15 MB of XML."""

    max_entries: int = 2_000
    max_unpacked: int = 80_000_000  # bytes, all parts together
    max_ratio: int = 200  # unpacked to packed; a book in .docx has about 30
    max_xml: int = 30_000_000  # bytes of one part
    max_depth: int = 150  # elements within each other
    max_elements: int = 1_200_000  # in one part
    max_characters: int = 2_000_000  # of the HTML that is written; the sanitiser takes a quarter
    max_pictures: int = 60
    max_picture: int = 10_000_000  # bytes
    cpu_seconds: int = 10
    memory_bytes: int = 1_000_000_000


LIMITS = Limits()

WALL_SECONDS = 30  # a busy machine may give the process a third of a core
WAIT_SECONDS = 10  # for a free place, when others' files are being read

# Requests of one web process that may wait for the reader; the others of its four threads answer readers.
WAITING = 2
