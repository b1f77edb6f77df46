"""Which tables are the record: the site's own database role may add to them and read them, nothing else."""

RECORD_TABLES = (
    "stories_event",
    "stories_decision",
    "stories_request",
    "stories_answer",
    "stories_revision",
    "stories_note",
    "stories_message",
    "stories_settlement",
    "stories_privatenote",
    "stories_styleconsent",
    "stories_fix",
    "stories_disclaimerversion",
    "stories_report",
    "stories_reportdecision",
    "stories_reasonversion",
    "stories_statement",
    "stories_publicline",
    "stories_appeal",
    "stories_appealanswer",
)
