"""The verbs: the only code that changes a state.

Each locks, checks, writes, records and tells, in one transaction. They lock in one order: author, story,
submission, claim; and never the rows of the record.
"""
