"""Which elements are open while a text is read: what they hold, and how the text in them looks."""

from collections.abc import Set

from stories.prose.blocks import MARKS, Block
from stories.prose.elements import BREAKS
from stories.prose.errors import TooDeep

MAX_DEPTH = 100  # elements within each other


class Open:
    """An element that is open: its name, and the block or mark that it brought."""

    __slots__ = ("block", "mark", "name")

    def __init__(self, name: str, *, block: Block | None = None, mark: str = "") -> None:
        self.name = name
        self.block = block
        self.mark = mark


class Openings:
    """A stack of at most MAX_DEPTH elements; whoever reads says what happens when a text or a container ends."""

    def __init__(self, outermost: Block) -> None:
        self.stack: list[Open] = []
        self.open_names: dict[str, int] = {}
        self.containers: list[Block] = [outermost]
        self.marks: dict[str, int] = {}
        self.href = ""
        self._look: tuple[tuple[str, ...], str] | None = None

    def end_text(self) -> None:
        raise NotImplementedError

    def end_container(self, block: Block) -> None:
        raise NotImplementedError

    def look(self) -> tuple[tuple[str, ...], str]:
        """The marks that are open, in their order, and the address of the link."""
        if self._look is None:
            self._look = (tuple(mark for mark in MARKS if self.marks.get(mark)), self.href)
        return self._look

    def push(self, entry: Open) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise TooDeep
        self.stack.append(entry)
        self.open_names[entry.name] = self.open_names.get(entry.name, 0) + 1
        if entry.mark:
            self.marks[entry.mark] = self.marks.get(entry.mark, 0) + 1
            self._look = None
        elif entry.block is not None:
            self.containers.append(entry.block)

    def push_link(self, href: str) -> None:
        """Open a link; a link that is open ends, for links do not nest."""
        self.drop("a")
        self.push(Open("a"))
        self.href, self._look = href, None

    def pop(self) -> None:
        entry = self.stack.pop()
        self._forget(entry)
        if entry.name in BREAKS:
            self.end_text()
        if entry.block is not None:
            self.containers.pop()
            self.end_container(entry.block)

    def pop_within(self, names: Set[str], barriers: Set[str]) -> None:
        """End the nearest open element of these names and all within it, unless a barrier stands before it."""
        for name in names:
            if self.open_names.get(name):
                break
        else:
            return
        for index in range(len(self.stack) - 1, -1, -1):
            name = self.stack[index].name
            if name in names:
                while len(self.stack) > index:
                    self.pop()
                return
            if name in barriers:
                return

    def drop(self, name: str) -> None:
        """End the last open mark or link of this name and leave open what stands within it."""
        if not self.open_names.get(name):
            return
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].name == name:
                self._forget(self.stack.pop(index))
                return

    def is_loose(self) -> bool:
        """Whether text stands in no block of its own, as somebody types it who knows of no tags."""
        return not any(entry.name in BREAKS for entry in self.stack)

    def is_in_head(self) -> bool:
        """Whether a row that begins now belongs to its table's head."""
        nearest = next((entry.name for entry in reversed(self.stack) if entry.name in ("thead", "table")), "")
        return nearest == "thead"

    def _forget(self, entry: Open) -> None:
        self.open_names[entry.name] -= 1
        if entry.mark:
            self.marks[entry.mark] -= 1
            self._look = None
        elif entry.name == "a":
            self.href, self._look = "", None
