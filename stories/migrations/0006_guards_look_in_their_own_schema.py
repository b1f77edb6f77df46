"""A guard reads the site's own tables, never a temporary one that somebody made under the same name."""

from django.db import migrations

GUARDS = (
    *("revision_is_its_hash", "refuse_change", "check_claim", "check_decision", "refuse_unapproved"),
    *("need_disclaimer", "refuse_illegal_move", "need_event", "check_submission"),
)
FIX = [f"ALTER FUNCTION stories_{name}() SET search_path = public, pg_temp" for name in GUARDS]
LOOSEN = [f"ALTER FUNCTION stories_{name}() RESET search_path" for name in GUARDS]


class Migration(migrations.Migration):
    dependencies = [("stories", "0005_no_schedule_off_the_pages")]

    operations = [migrations.RunSQL(FIX, LOOSEN)]
