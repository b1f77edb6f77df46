"""What is said when a picture cannot be taken."""


class PictureError(ValueError):
    """A picture that cannot be taken; `message` is for the person who sent it, `reason` where more came along."""

    def __init__(self, message: str) -> None:
        self.reason = message
        self.message = f"{message} Nothing else was changed."
        super().__init__(self.message)
