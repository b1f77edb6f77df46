"""What is said when a text cannot be taken."""


class ProseError(ValueError):
    """A text that cannot be taken; `message` is a whole sentence or two for the person who wrote it."""

    default = "This text could not be read. Nothing was lost: it is still in the form."

    def __init__(self, message: str = "") -> None:
        self.message = message or self.default
        super().__init__(self.message)


class TooLong(ProseError):
    default = (
        "This story is longer than 500 KB of text, which is about 80,000 words. "
        "Please make two stories of it, or take out what came along when it was pasted."
    )


class TooDeep(ProseError):
    default = (
        "This text has more than 100 layers of formatting within each other. "
        "Please paste it again as plain text and set the headings and lists here."
    )
