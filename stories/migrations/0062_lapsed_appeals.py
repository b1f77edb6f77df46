"""Appeals about stories that were deleted for good end: no text is left that could come back."""

from django.db import migrations, models

_MOVES = """
CREATE OR REPLACE FUNCTION stories_appeal_move_is_legal(source text, target text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = target OR source || '>' || target IN (
    '>open', 'open>in_review', 'in_review>open', 'in_review>upheld', 'in_review>rejected'{more})
$$;
"""
MOVES = _MOVES.replace("{more}", ", 'open>lapsed'")
MOVES_BACK = _MOVES.replace("{more}", "")


class Migration(migrations.Migration):
    dependencies = [("stories", "0061_appeals_of_changes")]

    operations = [
        migrations.RemoveConstraint("hearing", "appeal_state_is_known"),
        migrations.RemoveConstraint("hearing", "appeal_end_has_its_time"),
        migrations.AlterField(
            "hearing",
            "state",
            models.CharField(
                choices=[
                    ("open", "open"),
                    ("in_review", "in_review"),
                    ("upheld", "upheld"),
                    ("rejected", "rejected"),
                    ("lapsed", "lapsed"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            "hearing",
            models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "in_review", "upheld", "rejected", "lapsed"])),
                name="appeal_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            "hearing",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state__in", ["open", "in_review"])),
                    models.Q(("ended_at__isnull", False), ("state__in", ["upheld", "rejected", "lapsed"])),
                    _connector="OR",
                ),
                name="appeal_end_has_its_time",
            ),
        ),
        migrations.RunSQL(MOVES, MOVES_BACK),
    ]
