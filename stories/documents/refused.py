"""What the reader of a document says when it will not go on; imports nothing, for the confined process uses it."""


class Refused(Exception):
    """`reason` is one of the names that `stories.documents.words` has a sentence for."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
