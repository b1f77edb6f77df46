"""A story's blocks as plain text: what is searched, counted and sent by mail."""

from stories.prose.blocks import Block, block_text


def plain_text(body: Block) -> str:
    """Blocks with an empty line between them, list items with the mark that a reader sees before them."""
    out: list[str] = []
    _write(body, "", out)
    return "\n\n".join(out)


def _write(block: Block, mark: str, out: list[str]) -> None:
    """Append the block's paragraphs to `out`, the first with `mark` before it."""
    if block.kind in ("ul", "ol"):
        number = int(block.attributes.get("start", "1"))
        for offset, item in enumerate(block.children):
            # The mark of a list that begins an item stands behind the item's own.
            own = "• " if block.kind == "ul" else f"{number + offset}. "
            _write(item, (mark if not offset else "") + own, out)
        return
    if block.kind == "tr":
        cells = (" ".join(_paragraphs(cell)) for cell in block.children)
        if row := "\t".join(cells).strip():
            out.append(mark + row)
        return
    if block.runs:
        out.append(mark + block_text(block))
        mark = ""
    for child in block.children:
        before = len(out)
        _write(child, mark, out)
        if len(out) > before:
            mark = ""


def _paragraphs(block: Block) -> list[str]:
    out: list[str] = []
    _write(block, "", out)
    return out
