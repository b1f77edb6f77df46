"""A story is led by another of its authors once they said yes; the database lets it go to nobody else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

REFUSE = """
CREATE OR REPLACE FUNCTION stories_refuse_unapproved() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  shown bigint;
BEGIN
  FOREACH shown IN ARRAY ARRAY[NEW.published_revision_id, NEW.scheduled_revision_id] LOOP
    IF shown IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM stories_revision r
        JOIN stories_decision d ON d.revision_id = r.id AND d.kind = 'approve' AND d.sha256 = r.sha256
       WHERE r.id = shown AND r.story_id = NEW.id) THEN
      RAISE EXCEPTION 'revision % of story % was not approved', shown, NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'published_revision_is_approved';
    END IF;
  END LOOP;
  {AUTHOR}
  RETURN NEW;
END $$;
"""
HANDED_OVER = """
  IF TG_OP = 'UPDATE' AND NEW.author_id <> OLD.author_id THEN
    IF NOT EXISTS (SELECT 1 FROM stories_event e
                    WHERE e.story_id = NEW.id AND e.action = 'hand_over' AND e.xact = txid_current()) THEN
      RAISE EXCEPTION 'a story keeps its author until it is handed over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'story_keeps_its_author';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM stories_authorship a
                    WHERE a.story_id = NEW.id AND a.author_id = NEW.author_id AND a.left_at IS NULL) THEN
      RAISE EXCEPTION 'a story is handed over to one of its authors'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'story_is_led_by_an_author';
    END IF;
  END IF;
"""
KEPT = """
  IF TG_OP = 'UPDATE' AND NEW.author_id <> OLD.author_id THEN
    RAISE EXCEPTION 'a story keeps its author'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_keeps_its_author';
  END IF;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0023_stories_that_disclose"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting for an answer"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "taken back"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "offered_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hand_overs",
                        to="stories.story",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("story",),
                        name="one_waiting_hand_over_a_story",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offered_by", models.F("offered_to")), _negated=True),
                        name="hand_over_is_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("state", "waiting")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state__in", ["accepted", "declined", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="hand_over_end_has_its_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE.replace("{AUTHOR}", HANDED_OVER), REFUSE.replace("{AUTHOR}", KEPT)),
    ]
