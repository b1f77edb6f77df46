"""Appeals against suspensions go the way of all appeals: a hearing, a due time, a lease, and an answer in the record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Those that were there before. What the guards ask of new ones was asked of these by others.
FILL = """
ALTER TABLE stories_appeal DISABLE TRIGGER USER;
ALTER TABLE stories_appealanswer DISABLE TRIGGER USER;
ALTER TABLE stories_hearing DISABLE TRIGGER USER;
INSERT INTO stories_appeal (story_id, removal_id, sanction_id, revision_id, by_id, text, key, made_at)
SELECT x.story_id, e.id, x.id, coalesce(t.published_revision_id, (
         SELECT s.revision_id FROM stories_submission s WHERE s.story_id = t.id ORDER BY s.id DESC LIMIT 1)),
       x.member_id, x.appeal, gen_random_uuid(), x.appealed_at
  FROM stories_sanction x JOIN stories_story t ON t.id = x.story_id
  JOIN stories_event e ON e.story_id = t.id AND e.action = 'suspend_member' AND e.data->>'sanction' = x.id::text
 WHERE x.appealed_at IS NOT NULL;
INSERT INTO stories_appealanswer (appeal_id, is_upheld, is_restored, text, answered_by_id, answered_at)
SELECT a.id, x.is_upheld, false, x.answer, x.answered_by_id, x.answered_at
  FROM stories_sanction x JOIN stories_appeal a ON a.sanction_id = x.id WHERE x.answered_at IS NOT NULL;
INSERT INTO stories_hearing (appeal_id, state, due_at, ended_at)
SELECT a.id, CASE WHEN w.id IS NULL THEN 'open' WHEN w.is_upheld THEN 'upheld' ELSE 'rejected' END,
       a.made_at + interval '15 days', w.answered_at
  FROM stories_appeal a LEFT JOIN stories_appealanswer w ON w.appeal_id = a.id WHERE a.sanction_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE stories_hearing ENABLE TRIGGER USER;
ALTER TABLE stories_appealanswer ENABLE TRIGGER USER;
ALTER TABLE stories_appeal ENABLE TRIGGER USER;
"""

_BREACHES = """
CREATE OR REPLACE FUNCTION stories_last_breach(member bigint) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT max(b.at) FROM public.stories_authorship m CROSS JOIN LATERAL (
      SELECT d.decided_at AS at
        FROM public.stories_submission s JOIN public.stories_decision d ON d.submission_id = s.id
       WHERE s.story_id = m.story_id AND d.kind = 'decline'
         AND NOT EXISTS (SELECT 1 FROM public.stories_appeal p JOIN public.stories_appealanswer w ON w.appeal_id = p.id
                          WHERE p.decision_id = d.id AND w.is_upheld)
      UNION ALL
      SELECT e.at FROM public.stories_event e
       WHERE e.story_id = m.story_id AND e.action = 'remove'
         AND NOT EXISTS (SELECT 1 FROM public.stories_appeal p JOIN public.stories_appealanswer w ON w.appeal_id = p.id
                          WHERE p.removal_id = e.id AND w.is_upheld)
      UNION ALL
      SELECT d.decided_at
        FROM public.stories_reportgroup g JOIN public.stories_reportdecision d ON d.group_id = g.id
       WHERE g.story_id = m.story_id AND d.kind = 'uphold' AND d.measure <> 'remove'
      UNION ALL
      SELECT l.looked_at
        FROM public.stories_submission s JOIN public.stories_decision d ON d.submission_id = s.id
        JOIN public.stories_laterlook l ON l.decision_id = d.id
       WHERE s.story_id = m.story_id AND l.verdict = 'put_back'
         AND NOT EXISTS (SELECT 1 FROM public.stories_event e JOIN public.stories_appeal p ON p.removal_id = e.id
                           JOIN public.stories_appealanswer w ON w.appeal_id = p.id
                          WHERE e.submission_id = s.id AND e.action = 'put_back' AND w.is_upheld)
      UNION ALL
      SELECT x.given_at FROM public.stories_sanction x
       {sanctions}
    ) b
   WHERE m.author_id = member AND m.joined_at <= b.at AND (m.left_at IS NULL OR m.left_at >= b.at)
$$;
"""
BREACHES = _BREACHES.replace(
    "{sanctions}",
    """WHERE x.member_id = member AND x.story_id = m.story_id
         AND NOT EXISTS (SELECT 1 FROM public.stories_appeal p JOIN public.stories_appealanswer w ON w.appeal_id = p.id
                          WHERE p.sanction_id = x.id AND w.is_upheld)""",
)
BREACHES_BACK = _BREACHES.replace(
    "{sanctions}", "WHERE x.member_id = member AND x.story_id = m.story_id AND x.is_upheld IS NOT TRUE"
)

_APPEALS = """
CREATE OR REPLACE FUNCTION stories_check_appeal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  IF NOT stories_wrote(NEW.story_id, NEW.by_id) THEN
    RAISE EXCEPTION 'only its author appeals'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_is_by_author';
  END IF;
  IF NEW.decision_id IS NOT NULL THEN
    SELECT s.story_id, d.revision_id, d.decided_at, d.kind = 'decline' AS stands INTO facts
      FROM stories_decision d JOIN stories_submission s ON s.id = d.submission_id WHERE d.id = NEW.decision_id;
{member}  ELSE
    SELECT e.story_id, e.at AS decided_at,
           CASE e.action WHEN 'put_back' THEN s.revision_id ELSE t.published_revision_id END AS revision_id,
           e.action = 'put_back' OR e.action = 'remove' AND t.state = 'removed' AND NOT EXISTS (
             SELECT 1 FROM stories_event l WHERE l.story_id = e.story_id AND l.action = 'remove' AND l.id > e.id) AS stands
      INTO facts
      FROM stories_event e JOIN stories_story t ON t.id = e.story_id LEFT JOIN stories_submission s ON s.id = e.submission_id
     WHERE e.id = NEW.removal_id;
  END IF;
  IF NOT facts.stands OR facts.story_id <> NEW.story_id OR facts.revision_id <> NEW.revision_id THEN
    RAISE EXCEPTION 'an appeal is against a decline or a removal of its story, and about the very text'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_is_against_a_decision';
  END IF;
  IF NEW.made_at > facts.decided_at + interval '184 days' THEN
    RAISE EXCEPTION 'an appeal comes within half a year'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_comes_in_time';
  END IF;
  RETURN NEW;
END $$;
"""
APPEALS = _APPEALS.replace(
    "{member}",
    """  ELSIF NEW.sanction_id IS NOT NULL THEN
    SELECT x.story_id, x.given_at AS decided_at, NEW.revision_id AS revision_id,
           x.kind = 'suspension' AND x.member_id = NEW.by_id AND r.story_id = x.story_id AND e.story_id = x.story_id
             AND e.action = 'suspend_member' AND e.data->>'sanction' = x.id::text AS stands
      INTO facts
      FROM stories_sanction x JOIN stories_event e ON e.id = NEW.removal_id JOIN stories_revision r ON r.id = NEW.revision_id
     WHERE x.id = NEW.sanction_id;
""",
)
APPEALS_BACK = _APPEALS.replace("{member}", "")

SANCTIONS = """
CREATE OR REPLACE FUNCTION stories_check_sanction() RETURNS trigger
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
  IF to_jsonb(NEW) - '{ended_at,end}'::text[] <> to_jsonb(OLD) - '{ended_at,end}'::text[]
     OR OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW."end") IS DISTINCT FROM (OLD.ended_at, OLD."end") THEN
    RAISE EXCEPTION 'a warning or a suspension keeps its words and its length, and ends once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sanction_stays';
  END IF;
  IF NEW."end" = 'over' AND NEW.ended_at < NEW.ends_at OR NEW."end" = 'lifted' AND NOT EXISTS (
       SELECT 1 FROM stories_appeal p JOIN stories_appealanswer w ON w.appeal_id = p.id
        WHERE p.sanction_id = NEW.id AND w.is_upheld) THEN
    RAISE EXCEPTION 'a suspension ends when its time is over or its appeal was upheld'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'suspension_ends_in_its_time';
  END IF;
  RETURN NEW;
END $$;
"""

SANCTIONS_BACK = """
CREATE OR REPLACE FUNCTION stories_check_sanction() RETURNS trigger
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
"""

# What a member wrote of a suspension is not about the story's text, and still wants its answer.
_ERASING = """
CREATE OR REPLACE FUNCTION stories_erase_appeals(subject bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE stories_appeal SET text = '[deleted]' WHERE story_id = subject AND text <> '[deleted]'{but};
$$;
"""
ERASING = _ERASING.replace("{but}", " AND sanction_id IS NULL")
ERASING_BACK = _ERASING.replace("{but}", "")


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0062_lapsed_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "appeal",
            "sanction",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appeal",
                to="stories.sanction",
            ),
        ),
        migrations.AddConstraint(
            "appeal",
            models.CheckConstraint(
                condition=models.Q(("sanction__isnull", True), ("removal__isnull", False), _connector="OR"),
                name="appeal_of_a_member_has_its_event",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(BREACHES, BREACHES_BACK),
        migrations.RunSQL(APPEALS, APPEALS_BACK),
        migrations.RunSQL(SANCTIONS, SANCTIONS_BACK),
        migrations.RunSQL(ERASING, ERASING_BACK),
        migrations.RemoveConstraint("sanction", "sanction_appeal_is_whole"),
        migrations.RemoveConstraint("sanction", "sanction_answer_is_whole"),
        migrations.RemoveField("sanction", "answer"),
        migrations.RemoveField("sanction", "answered_at"),
        migrations.RemoveField("sanction", "answered_by"),
        migrations.RemoveField("sanction", "appeal"),
        migrations.RemoveField("sanction", "appealed_at"),
        migrations.RemoveField("sanction", "is_upheld"),
        migrations.AlterField("publicline", "language", models.CharField(blank=True, max_length=8)),
    ]
