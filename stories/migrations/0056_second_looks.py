"""A second look at reports that were not upheld, by somebody else than who answered first."""

import django.db.models.deletion
from django.db import migrations, models

MAY_JUDGE = """
CREATE OR REPLACE FUNCTION stories_may_judge(reports bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT public.stories_wrote((SELECT g.story_id FROM public.stories_reportgroup g WHERE g.id = reports), member)
     AND NOT EXISTS (SELECT 1 FROM public.stories_report r WHERE r.reporter_id = member AND r.group_id IN (
           SELECT unnest(ARRAY[g.id, g.again_of_id]) FROM public.stories_reportgroup g WHERE g.id = reports))
     AND NOT EXISTS (SELECT 1 FROM public.stories_reportgroup g
                       JOIN public.stories_reportdecision d ON d.group_id = g.again_of_id
                      WHERE g.id = reports AND d.decided_by_id = member)
$$;
"""

MAY_JUDGE_BACK = """
CREATE OR REPLACE FUNCTION stories_may_judge(reports bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT public.stories_wrote((SELECT g.story_id FROM public.stories_reportgroup g WHERE g.id = reports), member)
     AND NOT EXISTS (SELECT 1 FROM public.stories_report r WHERE r.group_id = reports AND r.reporter_id = member)
$$;
"""

LOOKS = """
CREATE FUNCTION stories_check_second_look() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (SELECT 1 FROM stories_reportgroup g JOIN stories_report r ON r.group_id = g.again_of_id
                     JOIN stories_reportgroup f ON f.id = g.again_of_id
                    WHERE g.id = NEW.group_id AND r.id = NEW.report_id AND g.story_id = f.story_id
                      AND f.state IN ('dismissed', 'duplicate') AND g.state IN ('waiting', 'in_review')) THEN
      RAISE EXCEPTION 'a second look is asked for of an answer that did nothing'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'second_look_is_at_an_answer';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || '{"text": ""}' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER second_look_stays BEFORE INSERT OR UPDATE OR DELETE ON stories_secondlook
  FOR EACH ROW EXECUTE FUNCTION stories_check_second_look();
"""

LOOKS_BACK = """
DROP TRIGGER second_look_stays ON stories_secondlook;
DROP FUNCTION stories_check_second_look();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0042_corrections"),
    ]

    operations = [
        migrations.CreateModel(
            name="SecondLook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="reportgroup",
            name="one_open_group_of_reports_a_story",
        ),
        migrations.AddField(
            model_name="reportgroup",
            name="again_of",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="again",
                to="stories.reportgroup",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportgroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("again_of__isnull", True), ("state__in", ["waiting", "in_review"])),
                fields=("story",),
                name="one_open_group_of_reports_a_story",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="second_looks",
                to="stories.reportgroup",
            ),
        ),
        migrations.AddField(
            model_name="secondlook",
            name="report",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="second_look", to="stories.report"
            ),
        ),
        migrations.RunSQL(MAY_JUDGE, MAY_JUDGE_BACK),
        migrations.RunSQL(LOOKS, LOOKS_BACK),
    ]
