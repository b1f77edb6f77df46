"""What an editor did to several submissions at once, and to which of them why not."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mystory.database.together import Together

# A record like the others; and each row is about what its editor did to this very submission.
RECORD = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_batch
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_batchrow
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE FUNCTION stories_check_batch_row() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.event_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM stories_event e JOIN stories_batch b ON b.id = NEW.batch_id
       WHERE e.id = NEW.event_id AND e.submission_id = NEW.submission_id AND e.actor_id = b.by_id) THEN
    RAISE EXCEPTION 'a row of a batch is about what its editor did to this submission'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_row_is_of_its_editor';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER batch_row_is_fair BEFORE INSERT ON stories_batchrow
  FOR EACH ROW EXECUTE FUNCTION stories_check_batch_row();
CREATE FUNCTION stories_check_undo() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.undoes_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM stories_batch b
       WHERE b.id = NEW.undoes_id AND b.by_id = NEW.by_id AND b.kind IN ('claim', 'release', 'return', 'decline')) THEN
    RAISE EXCEPTION 'only who did it undoes a batch'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'batch_is_undone_by_its_editor';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER undo_is_fair BEFORE INSERT ON stories_batch
  FOR EACH ROW EXECUTE FUNCTION stories_check_undo();
"""

RECORD_BACK = """
DROP TRIGGER undo_is_fair ON stories_batch;
DROP FUNCTION stories_check_undo();
DROP TRIGGER batch_row_is_fair ON stories_batchrow;
DROP FUNCTION stories_check_batch_row();
DROP TRIGGER append_only ON stories_batchrow;
DROP TRIGGER append_only ON stories_batch;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0048_second_readings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claim", "taken"),
                            ("release", "put back"),
                            ("free", "put back from a colleague"),
                            ("return", "sent back"),
                            ("decline", "declined"),
                            ("undo", "undone"),
                        ],
                        max_length=7,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("key", models.UUIDField()),
                ("note", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.reason",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="stories.batch",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BatchRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("left_out", models.TextField(blank=True)),
                ("was_waiting", models.BooleanField(default=False)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="stories.batch"
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch_row",
                        to="stories.event",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.revision"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.submission"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="batch",
                    index=models.Index(fields=["by", "-id"], name="batch_of_editor"),
                ),
                migrations.AddConstraint(
                    model_name="batch",
                    constraint=models.UniqueConstraint(fields=("by", "key"), name="batch_form_sent_once"),
                ),
                migrations.AddConstraint(
                    model_name="batch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["claim", "release", "free", "return", "decline", "undo"])
                        ),
                        name="batch_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "undo"), ("undoes__isnull", False)),
                            models.Q(models.Q(("kind", "undo"), _negated=True), ("undoes__isnull", True)),
                            _connector="OR",
                        ),
                        name="batch_undoes_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "decline"), _negated=True),
                            models.Q(("reason__isnull", False), models.Q(("note", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="batch_of_declines_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batch",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["return", "free"]), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="batch_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batchrow",
                    constraint=models.UniqueConstraint(
                        fields=("batch", "position"), name="one_batch_row_a_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batchrow",
                    constraint=models.UniqueConstraint(
                        fields=("batch", "submission"), name="submission_once_a_batch"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batchrow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("position__gte", 1), ("position__lte", 50)),
                        name="batch_is_not_too_long",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="batchrow",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("event__isnull", False), ("left_out", "")),
                            models.Q(("event__isnull", True), models.Q(("left_out", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="batch_row_says_what_or_why_not",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(RECORD, RECORD_BACK),
    ]
