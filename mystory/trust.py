"""The settings of trust: what takes two editors, and what an author is known by."""

from mystory import env

# Which decisions a second editor has to agree to, wherever there is one.
SECOND_AGREEMENT = env.some_of("MYSTORY_SECOND_AGREEMENT", ("law", "removals"), default="law removals")
# How many stories an author whom readers have not read yet may have with the editors at once.
STORIES_BEFORE_FIRST = env.number("MYSTORY_STORIES_BEFORE_FIRST", default=3, least=1)
