"""Markdown's footnotes, as the form that footnotes have in a story: signs in the text, and a list after a rule.

`[^a]` is the sign of the note `[^a]: words`. A note that nothing refers to, and the second of one name, stay where they
stand as what they are, words; a sign without a note stays as it is typed.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.footnote import footnote_plugin

# Looking for the end of a name that never ends, again from each bracket, would take as long as the square of the text.
_ENDLESS = re.compile(r"\[\^[^ \n\]]{100}")


def may_have_notes(text: str) -> bool:
    return "[^" in text and not _ENDLESS.search(text)


def read_notes(reader: MarkdownIt) -> MarkdownIt:
    """`reader`, which understands footnotes from now on."""
    reader.use(footnote_plugin, inline=False, move_to_end=False)
    reader.core.ruler.after("inline", "notes_last", _put_notes_last)
    reader.add_render_rule("footnote_ref", _render_sign)
    return reader


def _put_notes_last(state: StateCore) -> None:
    referred = {
        note["label"]: number for number, note in state.env.get("footnotes", {}).get("list", {}).items()
    }
    text: list[Token] = []
    notes: dict[int, list[Token]] = {}
    into = [text]
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            number = referred.get(token.meta["label"], -1)
            is_note = number >= 0 and number not in notes
            into.append(notes.setdefault(number, []) if is_note else into[-1])
        elif token.type == "footnote_reference_close":
            into.pop()
        else:
            into[-1].append(token)
    if notes:
        text += [Token("hr", "hr", 0), Token("ordered_list_open", "ol", 1)]
        for number in sorted(notes):
            text += [Token("list_item_open", "li", 1), *notes[number], Token("list_item_close", "li", -1)]
        text.append(Token("ordered_list_close", "ol", -1))
    state.tokens = text


def _render_sign(
    renderer: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return f"<sup>{tokens[index].meta['id'] + 1}</sup>"
