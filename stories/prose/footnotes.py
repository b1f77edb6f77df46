"""Footnotes: signs in the text, and the notes as a numbered list after a rule at its end.

An author's text has no form for them but this one, which word processors' notes come in as. Only where the signs
are 1, 2, 3 ... in their order, one for each note, are they footnotes: a list after a rule may be just a list. A number
that is not its turn is no sign: 12 m² before the first note.
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
    seen = 0
    for run in (run for top in above for block in walk(top) for run in block.runs):
        seen += sign_of(run, seen=seen) == seen + 1
    return notes if seen >= len(notes.children) else None


def sign_of(run: Run, *, seen: int) -> int:
    """The number of the note that it is the sign of, after the signs of so many; 0 when it is none."""
    text = run.text.strip()
    is_number = "sup" in run.marks and not run.href and text.isascii() and text.isdecimal()
    number = int(text) if is_number and len(text) <= MOST_DIGITS else 0
    return number if number <= seen + 1 else 0
