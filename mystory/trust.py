"""The settings of trust: what takes two editors."""

from mystory import env

# Which decisions a second editor has to agree to, wherever there is one.
SECOND_AGREEMENT = env.some_of("MYSTORY_SECOND_AGREEMENT", ("law", "removals"), default="law removals")
