"""How long a text is: words, and minutes to read them."""

import regex

WORDS_A_MINUTE = 200

# A sentence mark that stands alone between spaces, as Hindi and Bengali often put the danda.
_STRAY_MARK = regex.compile(r"(?<!\S)[।॥۔،؛؟.,;:!?…|]++(?!\S)")


def count_words(text: str) -> int:
    """Words as a word processor counts them: what stands between spaces, in any of our scripts.

    `text` is the plain text as a reader sees it, so a list item carries its mark ("• ", "1. ") and the
    mark counts, as does a dash between spaces; a sentence mark standing alone does not. That is the
    counting by which the sample story has 1,042 words.
    """
    return len(text.split()) - len(_STRAY_MARK.findall(text))


def reading_minutes(words: int) -> int:
    """Whole minutes at 200 words a minute, rounded up; nothing takes less than one."""
    return max(1, -(-words // WORDS_A_MINUTE))
