"""The settings of trust: what takes two editors, and what an author is known by."""

from mystory import env

# How many words of a text an editor may correct whose author allowed it.
FIX_WORDS = env.number("MYSTORY_FIX_WORDS", default=20, least=1)
# Which decisions a second editor has to agree to, wherever there is one.
SECOND_AGREEMENT = env.some_of("MYSTORY_SECOND_AGREEMENT", ("law", "removals"), default="law removals")
# How many stories an author whom readers have not read yet may have with the editors at once.
STORIES_BEFORE_FIRST = env.number("MYSTORY_STORIES_BEFORE_FIRST", default=3, least=1)
# After how many approvals in a row an author's small changes to published stories go live at once; 0 for never. Ten are
# more than a spammer would wait for, and about what a monthly author has in a year.
# In the demo nobody has written as many.
DEMO = env.flag("MYSTORY_DEMO", default=False)
TRUSTED_AFTER = env.number("MYSTORY_TRUSTED_AFTER", default=3 if DEMO else 10, least=0)
# Fewer words than this, put in and taken out together, are a small change.
SMALL_CHANGE_WORDS = env.number("MYSTORY_SMALL_CHANGE_WORDS", default=50, least=1)
# How many of a hundred such changes an editor looks at afterwards.
SECOND_LOOK_PERCENT = env.number("MYSTORY_SECOND_LOOK_PERCENT", default=100, least=0)
# How many of a hundred decisions on first rounds are read by a second editor, who does not see the decision.
SECOND_READING_PERCENT = env.number("MYSTORY_SECOND_READING_PERCENT", default=5)
