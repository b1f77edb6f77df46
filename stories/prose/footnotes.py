"""Footnotes: signs in the text, and the notes as a numbered list after a rule at its end.

An author's text has no form for them but this one, which word processors' notes come in as. Only where the signs
are 1, 2, 3 ... in their order, one for each note, are they footnotes: a list after a rule may be just a list.
"""

from stories.prose.blocks import Block, Run, walk

MOST_DIGITS = 4


def notes_at_end(body: Block) -> Block | None:
    """The list whose items are the notes of the signs above it."""
    if len(body.children) < 3:
        return None
    *above, rule, notes = body.children
    if rule.kind != "hr" or notes.kind != "ol" or "start" in notes.attributes:
        return None
    signs = dict.fromkeys(sign_of(run) for top in above for block in walk(top) for run in block.runs)
    signs.pop(0, None)
    return notes if list(signs) == list(range(1, len(notes.children) + 1)) else None


def sign_of(run: Run) -> int:
    """The number that is the sign of a note, or 0."""
    text = run.text.strip()
    is_sign = "sup" in run.marks and not run.href and text.isascii() and text.isdecimal()
    return int(text) if is_sign and len(text) <= MOST_DIGITS else 0
