"""Warnings and suspensions: who may give and answer them, and what a suspended member does not do."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION stories_check_sanction() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a warning or a suspension stays in the record'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sanction_stays';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF stories_wrote(NEW.story_id, NEW.given_by_id) OR NOT stories_wrote(NEW.story_id, NEW.member_id) THEN
      RAISE EXCEPTION 'an editor who did not write the story warns or suspends somebody who did'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'sanction_is_fair';
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(NEW) - '{ended_at,end,appeal,appealed_at,answer,is_upheld,answered_by_id,answered_at}'::text[]
     <> to_jsonb(OLD) - '{ended_at,end,appeal,appealed_at,answer,is_upheld,answered_by_id,answered_at}'::text[]
     OR OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW."end") IS DISTINCT FROM (OLD.ended_at, OLD."end")
     OR OLD.appealed_at IS NOT NULL AND (NEW.appealed_at, NEW.appeal) IS DISTINCT FROM (OLD.appealed_at, OLD.appeal)
     OR OLD.answered_at IS NOT NULL AND (NEW.answered_at, NEW.answer, NEW.is_upheld, NEW.answered_by_id)
        IS DISTINCT FROM (OLD.answered_at, OLD.answer, OLD.is_upheld, OLD.answered_by_id) THEN
    RAISE EXCEPTION 'a warning or a suspension keeps its words and its length, and ends once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sanction_stays';
  END IF;
  IF NEW.answered_by_id IN (NEW.given_by_id, NEW.member_id) THEN
    RAISE EXCEPTION 'somebody else than who suspended answers the appeal'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sanction_is_answered_by_another';
  END IF;
  IF NEW."end" = 'over' AND NEW.ended_at < NEW.ends_at OR NEW."end" = 'lifted' AND NEW.is_upheld IS NOT TRUE THEN
    RAISE EXCEPTION 'a suspension ends when its time is over or its appeal was upheld'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'suspension_ends_in_its_time';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sanction_is_fair BEFORE INSERT OR UPDATE OR DELETE ON stories_sanction
  FOR EACH ROW EXECUTE FUNCTION stories_check_sanction();

CREATE FUNCTION stories_refuse_suspended() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM stories_sanction s
      WHERE s.member_id = NEW.actor_id AND s.kind = 'suspension' AND s.ended_at IS NULL AND s.ends_at > NEW.at) THEN
    RAISE EXCEPTION 'who is suspended neither submits nor publishes'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'suspended_member_waits';
  END IF;
  RETURN NEW;
END $$;
-- What an upheld appeal brings back is the deed of who answered it.
CREATE TRIGGER suspended_member_waits BEFORE INSERT ON stories_event FOR EACH ROW
  WHEN (NEW.action IN ('submit', 'resubmit', 'replace', 'publish_again') AND NOT NEW.data ? 'appeal')
  EXECUTE FUNCTION stories_refuse_suspended();
"""

GUARDS_BACK = """
DROP TRIGGER suspended_member_waits ON stories_event;
DROP FUNCTION stories_refuse_suspended();
DROP TRIGGER sanction_is_fair ON stories_sanction;
DROP FUNCTION stories_check_sanction();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0056_second_looks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Sanction",
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
                        choices=[("warning", "Warning"), ("suspension", "Suspension")], max_length=10
                    ),
                ),
                ("note", models.TextField(verbose_name="what the member is told")),
                ("key", models.UUIDField(unique=True)),
                ("given_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[("over", "over"), ("lifted", "lifted, because the appeal was upheld")],
                        max_length=8,
                    ),
                ),
                ("appeal", models.TextField(blank=True)),
                ("appealed_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("is_upheld", models.BooleanField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="statement",
            name="restriction_is_known",
        ),
        migrations.AlterField(
            model_name="statement",
            name="restriction",
            field=models.CharField(
                choices=[
                    ("not_published", "The story is not published"),
                    ("removed", "The story is not shown to anybody but its authors any more"),
                    ("suspended", "The member can neither submit nor publish for a time"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("restriction__in", ["not_published", "removed", "suspended"])),
                name="restriction_is_known",
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="given_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="ground",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.reasonversion"
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sanctions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="story",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="sanctions", to="stories.story"
            ),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(fields=["member", "-id"], name="sanction_of_member"),
        ),
        migrations.AddIndex(
            model_name="sanction",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("kind", "suspension")),
                fields=["ends_at"],
                name="suspension_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ends_at__isnull", True), ("kind", "warning")),
                    models.Q(("ends_at__gt", models.F("given_at")), ("kind", "suspension")),
                    _connector="OR",
                ),
                name="suspension_has_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(("note", ""), _negated=True), name="sanction_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("end", ""), ("ended_at__isnull", True)),
                    models.Q(("end__in", ["over", "lifted"]), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="sanction_end_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appeal", ""), ("appealed_at__isnull", True)),
                    models.Q(
                        models.Q(("appealed_at__isnull", False), ("kind", "suspension")),
                        models.Q(("appeal", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sanction_appeal_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="sanction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answered_at__isnull", True),
                        ("answered_by__isnull", True),
                        ("is_upheld__isnull", True),
                    ),
                    models.Q(
                        models.Q(
                            ("answered_at__isnull", False),
                            ("answered_by__isnull", False),
                            ("appealed_at__isnull", False),
                            ("is_upheld__isnull", False),
                        ),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="sanction_answer_is_whole",
            ),
        ),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
    ]
