"""Decisions that are read twice: who may read them, and that a reading is never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION stories_check_second_reading() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'what was read a second time stays in the record'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'second_reading_stays';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.read_at IS NOT NULL
      OR (NEW.decision_id, NEW.chosen_at) IS DISTINCT FROM (OLD.decision_id, OLD.chosen_at)) THEN
    RAISE EXCEPTION 'a second reading is made once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'second_reading_stays';
  END IF;
  IF NEW.reader_id IS NOT NULL AND EXISTS (
      SELECT 1 FROM stories_decision d JOIN stories_submission s ON s.id = d.submission_id
       WHERE d.id = NEW.decision_id AND (
         stories_wrote(s.story_id, NEW.reader_id)
         OR EXISTS (SELECT 1 FROM stories_claim c WHERE c.submission_id = s.id AND c.editor_id = NEW.reader_id)
         OR EXISTS (SELECT 1 FROM stories_proposal p
                     WHERE p.submission_id = s.id AND p.proposed_by_id = NEW.reader_id))) THEN
    RAISE EXCEPTION 'somebody who neither wrote it nor read it reads it a second time'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'second_reader_is_another';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER second_reading_is_fair BEFORE INSERT OR UPDATE OR DELETE ON stories_secondreading
  FOR EACH ROW EXECUTE FUNCTION stories_check_second_reading();
"""

GUARDS_BACK = """
DROP TRIGGER second_reading_is_fair ON stories_secondreading;
DROP FUNCTION stories_check_second_reading();
"""


def permit(apps, schema_editor):
    alias = schema_editor.connection.alias
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label="stories", model="secondreading")
    )
    may, _ = (
        apps.get_model("auth", "Permission")
        .objects.using(alias)
        .get_or_create(
            content_type=kind,
            codename="read_agreement",
            defaults={"name": "Can see how often two readings agree"},
        )
    )
    apps.get_model("auth", "Group").objects.using(alias).get(name="Chief editors").permissions.add(may)


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0053_mail_choices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chosen_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("approve", "approved"), ("return", "sent back"), ("decline", "declined")],
                        max_length=8,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_reading",
                        to="stories.decision",
                    ),
                ),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="second_readings",
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
            ],
            options={
                "permissions": [("read_agreement", "Can see how often two readings agree")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["id"],
                        name="second_reading_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("read_at__isnull", True), ("reader__isnull", True), ("verdict", "")),
                            models.Q(
                                ("read_at__isnull", False),
                                ("reader__isnull", False),
                                ("verdict__in", ["approve", "return", "decline"]),
                            ),
                            _connector="OR",
                        ),
                        name="second_reading_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason__isnull", False), ("verdict", "decline")),
                            models.Q(
                                models.Q(("verdict", "decline"), _negated=True), ("reason__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="second_decline_has_its_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
