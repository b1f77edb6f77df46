"""Corrections above published stories, which nobody changes afterwards."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION stories_check_correction() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM stories_story t WHERE t.id = NEW.story_id AND t.state IN ('published', 'unlisted')) THEN
    RAISE EXCEPTION 'only what readers have seen is corrected above it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_is_of_a_published_story';
  END IF;
  IF stories_wrote(NEW.story_id, NEW.by_id) THEN
    RAISE EXCEPTION 'who wrote a story does not correct it as its editor'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'correction_is_not_by_author';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER correction_is_fair BEFORE INSERT ON stories_correction
  FOR EACH ROW EXECUTE FUNCTION stories_check_correction();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_correction
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
"""

GUARDS_BACK = """
DROP TRIGGER append_only ON stories_correction;
DROP TRIGGER correction_is_fair ON stories_correction;
DROP FUNCTION stories_check_correction();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0045_batches"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("at", models.DateTimeField()),
                ("key", models.UUIDField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["story", "id"], name="correction_of_story")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="correction_says_something"
                    ),
                    models.UniqueConstraint(fields=("by", "key"), name="correction_form_sent_once"),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
    ]
