"""What stops the site from starting, as one sentence that says what to do."""


class Problem(Exception):
    """Its text is shown to a person as it is, without a trace-back."""
