"""A small change that is put back: its statement of reasons, and the appeal against it, as of a removal."""

from django.db import migrations, models

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
       WHERE s.story_id = m.story_id AND l.verdict = 'put_back'{but}
      UNION ALL
      SELECT x.given_at FROM public.stories_sanction x
       WHERE x.member_id = member AND x.story_id = m.story_id AND x.is_upheld IS NOT TRUE
    ) b
   WHERE m.author_id = member AND m.joined_at <= b.at AND (m.left_at IS NULL OR m.left_at >= b.at)
$$;
"""
BREACHES = _BREACHES.replace(
    "{but}",
    """
         AND NOT EXISTS (SELECT 1 FROM public.stories_event e JOIN public.stories_appeal p ON p.removal_id = e.id
                           JOIN public.stories_appealanswer w ON w.appeal_id = p.id
                          WHERE e.submission_id = s.id AND e.action = 'put_back' AND w.is_upheld)""",
)
BREACHES_BACK = _BREACHES.replace("{but}", "")

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
  ELSE
{event}
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
    "{event}",
    """    SELECT e.story_id, e.at AS decided_at,
           CASE e.action WHEN 'put_back' THEN s.revision_id ELSE t.published_revision_id END AS revision_id,
           e.action = 'put_back' OR e.action = 'remove' AND t.state = 'removed' AND NOT EXISTS (
             SELECT 1 FROM stories_event l WHERE l.story_id = e.story_id AND l.action = 'remove' AND l.id > e.id) AS stands
      INTO facts
      FROM stories_event e JOIN stories_story t ON t.id = e.story_id LEFT JOIN stories_submission s ON s.id = e.submission_id
     WHERE e.id = NEW.removal_id;""",
)
APPEALS_BACK = _APPEALS.replace(
    "{event}",
    """    SELECT e.story_id, t.published_revision_id AS revision_id, e.at AS decided_at,
           e.action = 'remove' AND t.state = 'removed' AND NOT EXISTS (
             SELECT 1 FROM stories_event l WHERE l.story_id = e.story_id AND l.action = 'remove' AND l.id > e.id) AS stands
      INTO facts
      FROM stories_event e JOIN stories_story t ON t.id = e.story_id WHERE e.id = NEW.removal_id;""",
)

# Of what is put back from now on.
_STATEMENTS = """
DROP TRIGGER restriction_has_its_statement ON stories_event;
CREATE CONSTRAINT TRIGGER restriction_has_its_statement AFTER INSERT ON stories_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.action = 'decline' AND NEW.machine = 'submission' OR NEW.action = 'remove' AND NEW.machine = 'story'{more})
  EXECUTE FUNCTION stories_need_statement();
"""
STATEMENTS = _STATEMENTS.replace("{more}", "\n        OR NEW.action = 'put_back'")
STATEMENTS_BACK = _STATEMENTS.replace("{more}", "")


class Migration(migrations.Migration):
    dependencies = [("stories", "0060_trust_guards")]

    operations = [
        migrations.RemoveConstraint("statement", "restriction_is_known"),
        migrations.AlterField(
            "statement",
            "restriction",
            models.CharField(
                choices=[
                    ("not_published", "The story is not published"),
                    ("removed", "The story is not shown to anybody but its authors any more"),
                    ("put_back", "The change is not shown to anybody but its authors any more"),
                    ("suspended", "The member can neither submit nor publish for a time"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            "statement",
            models.CheckConstraint(
                condition=models.Q(restriction__in=["not_published", "removed", "put_back", "suspended"]),
                name="restriction_is_known",
            ),
        ),
        migrations.RunSQL(BREACHES, BREACHES_BACK),
        migrations.RunSQL(APPEALS, APPEALS_BACK),
        migrations.RunSQL(STATEMENTS, STATEMENTS_BACK),
    ]
