"""What the database itself refuses about reports and appeals: deciding on one's own, twice or without a claim."""

from django.db import migrations

# The legal moves, as in stories/redress.py: a test compares the two.
MOVES = """
CREATE FUNCTION stories_report_move_is_legal(source text, target text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = target OR source || '>' || target IN (
    '>waiting', 'waiting>in_review', 'in_review>waiting', 'in_review>upheld', 'in_review>dismissed',
    'in_review>duplicate', 'waiting>lapsed')
$$;

CREATE FUNCTION stories_check_report_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  source text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
BEGIN
  IF NOT stories_report_move_is_legal(source, NEW.state) THEN
    RAISE EXCEPTION 'reports do not move from "%" to "%"', source, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'report_move_is_legal';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.story_id, NEW.opened_at, NEW.due_at) IS DISTINCT FROM
      (OLD.story_id, OLD.opened_at, OLD.due_at) THEN
    RAISE EXCEPTION 'reports keep their story and their times'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_stay';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_move_is_legal BEFORE INSERT OR UPDATE ON stories_reportgroup
  FOR EACH ROW EXECUTE FUNCTION stories_check_report_move();

CREATE FUNCTION stories_need_report_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  source text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
BEGIN
  IF source <> NEW.state AND NOT EXISTS (
    SELECT 1 FROM stories_event e
     WHERE e.story_id = NEW.story_id AND e.machine = 'report' AND e.data->>'group' = NEW.id::text
       AND e.from_state = source AND e.to_state = NEW.state AND e.xact = txid_current()) THEN
    RAISE EXCEPTION 'reports moved from "%" to "%" without an event', source, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'report_move_has_its_event';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER report_move_has_its_event AFTER INSERT OR UPDATE OF state ON stories_reportgroup
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_report_event();
"""

MOVES_BACK = """
DROP TRIGGER report_move_has_its_event ON stories_reportgroup;
DROP FUNCTION stories_need_report_event();
DROP TRIGGER report_move_is_legal ON stories_reportgroup;
DROP FUNCTION stories_check_report_move();
DROP FUNCTION stories_report_move_is_legal(text, text);
"""

REPORTS = """
CREATE FUNCTION stories_may_judge(reports bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT public.stories_wrote((SELECT g.story_id FROM public.stories_reportgroup g WHERE g.id = reports), member)
     AND NOT EXISTS (SELECT 1 FROM public.stories_report r WHERE r.group_id = reports AND r.reporter_id = member)
$$;

CREATE FUNCTION stories_check_reports() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT g.id, g.state,
         EXISTS (SELECT 1 FROM stories_reportclaim c WHERE c.group_id = g.id AND c.ended_at IS NULL) AS claimed,
         (SELECT d.kind FROM stories_reportdecision d WHERE d.group_id = g.id) AS decided
    INTO facts
    FROM stories_reportgroup g
   WHERE g.id = (CASE WHEN TG_TABLE_NAME = 'stories_reportgroup' THEN to_jsonb(NEW)->>'id'
                      ELSE to_jsonb(NEW)->>'group_id' END)::bigint;
  IF facts.claimed <> (facts.state = 'in_review') THEN
    RAISE EXCEPTION 'reports % are in review exactly while they are claimed', facts.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'report_review_has_its_claim';
  END IF;
  IF facts.decided IS DISTINCT FROM (CASE facts.state WHEN 'upheld' THEN 'uphold' WHEN 'dismissed' THEN 'dismiss'
       WHEN 'duplicate' THEN 'duplicate' END) THEN
    RAISE EXCEPTION 'reports % stand as "%" without that answer', facts.id, facts.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'report_state_has_its_decision';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER reports_are_whole AFTER INSERT OR UPDATE ON stories_reportgroup
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_reports();
CREATE CONSTRAINT TRIGGER reports_are_whole AFTER INSERT OR UPDATE ON stories_reportclaim
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_reports();
CREATE CONSTRAINT TRIGGER reports_are_whole AFTER INSERT ON stories_reportdecision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_reports();

CREATE FUNCTION stories_check_report_claim() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT stories_may_judge(NEW.group_id, NEW.editor_id) THEN
      RAISE EXCEPTION 'nobody reads reports about their own story, or their own'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_claim_is_fair';
    END IF;
  ELSIF OLD.ended_at IS NOT NULL OR (NEW.group_id, NEW.editor_id, NEW.key, NEW.claimed_at)
        IS DISTINCT FROM (OLD.group_id, OLD.editor_id, OLD.key, OLD.claimed_at) THEN
    RAISE EXCEPTION 'a claim keeps its editor and its reports, and one that ended stays ended'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_claim_is_fair BEFORE INSERT OR UPDATE ON stories_reportclaim
  FOR EACH ROW EXECUTE FUNCTION stories_check_report_claim();

CREATE FUNCTION stories_check_report_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT g.state, g.story_id, c.editor_id, c.group_id AS claimed, c.ended_at INTO facts
    FROM stories_reportgroup g JOIN stories_reportclaim c ON c.id = NEW.claim_id
   WHERE g.id = NEW.group_id;
  IF NOT stories_may_judge(NEW.group_id, NEW.decided_by_id) THEN
    RAISE EXCEPTION 'nobody decides on reports about their own story, or on their own'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'report_decision_is_fair';
  END IF;
  IF facts.claimed <> NEW.group_id OR facts.editor_id <> NEW.decided_by_id OR facts.ended_at IS NOT NULL
     OR facts.state <> 'in_review' THEN
    RAISE EXCEPTION 'a decision on reports needs the live claim of the editor who makes it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'report_decision_has_its_claim';
  END IF;
  IF NEW.duplicate_of_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM stories_reportgroup o JOIN stories_reportdecision d ON d.group_id = o.id
       WHERE o.id = NEW.duplicate_of_id AND o.story_id = facts.story_id AND o.id <> NEW.group_id) THEN
    RAISE EXCEPTION 'a duplicate names an answer about the same story'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'duplicate_is_of_its_story';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_decision_is_fair BEFORE INSERT ON stories_reportdecision
  FOR EACH ROW EXECUTE FUNCTION stories_check_report_decision();

CREATE FUNCTION stories_check_report() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM stories_reportgroup g JOIN stories_revision r ON r.story_id = g.story_id
                  WHERE g.id = NEW.group_id AND g.state IN ('waiting', 'in_review') AND r.id = NEW.revision_id) THEN
    RAISE EXCEPTION 'a report joins those that are open, and is about a text of their story'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'report_joins_open_ones';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER report_joins_open_ones BEFORE INSERT ON stories_report
  FOR EACH ROW EXECUTE FUNCTION stories_check_report();
"""

REPORTS_BACK = """
DROP TRIGGER report_joins_open_ones ON stories_report;
DROP FUNCTION stories_check_report();
DROP TRIGGER report_decision_is_fair ON stories_reportdecision;
DROP FUNCTION stories_check_report_decision();
DROP TRIGGER report_claim_is_fair ON stories_reportclaim;
DROP FUNCTION stories_check_report_claim();
DROP TRIGGER reports_are_whole ON stories_reportdecision;
DROP TRIGGER reports_are_whole ON stories_reportclaim;
DROP TRIGGER reports_are_whole ON stories_reportgroup;
DROP FUNCTION stories_check_reports();
DROP FUNCTION stories_may_judge(bigint, bigint);
"""

APPEALS = """
CREATE FUNCTION stories_check_appeal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
    SELECT e.story_id, t.published_revision_id AS revision_id, e.at AS decided_at,
           e.action = 'remove' AND t.state = 'removed' AND NOT EXISTS (
             SELECT 1 FROM stories_event l WHERE l.story_id = e.story_id AND l.action = 'remove' AND l.id > e.id) AS stands
      INTO facts
      FROM stories_event e JOIN stories_story t ON t.id = e.story_id WHERE e.id = NEW.removal_id;
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
CREATE TRIGGER appeal_is_fair BEFORE INSERT ON stories_appeal
  FOR EACH ROW EXECUTE FUNCTION stories_check_appeal();

CREATE FUNCTION stories_check_appeal_answer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT a.story_id, coalesce(d.decided_by_id, e.actor_id) AS decided_by INTO facts
    FROM stories_appeal a
    LEFT JOIN stories_decision d ON d.id = a.decision_id
    LEFT JOIN stories_event e ON e.id = a.removal_id
   WHERE a.id = NEW.appeal_id;
  IF stories_wrote(facts.story_id, NEW.answered_by_id) THEN
    RAISE EXCEPTION 'nobody answers an appeal about their own story'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_is_not_answered_by_author';
  END IF;
  IF facts.decided_by = NEW.answered_by_id THEN
    RAISE EXCEPTION 'an appeal is answered by somebody else than who decided before'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_is_answered_by_another';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM stories_event v WHERE v.story_id = facts.story_id AND v.machine = 'appeal'
       AND v.data->>'appeal' = NEW.appeal_id::text AND v.actor_id = NEW.answered_by_id
       AND v.to_state = (CASE WHEN NEW.is_upheld THEN 'upheld' ELSE 'rejected' END) AND v.xact = txid_current()) THEN
    RAISE EXCEPTION 'appeal % was answered without an event', NEW.appeal_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_answer_has_its_event';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appeal_answer_is_fair BEFORE INSERT ON stories_appealanswer
  FOR EACH ROW EXECUTE FUNCTION stories_check_appeal_answer();
"""

APPEALS_BACK = """
DROP TRIGGER appeal_answer_is_fair ON stories_appealanswer;
DROP FUNCTION stories_check_appeal_answer();
DROP TRIGGER appeal_is_fair ON stories_appeal;
DROP FUNCTION stories_check_appeal();
"""


class Migration(migrations.Migration):
    replaces = [("stories", "0026_report_guards"), ("stories", "0035_appeal_guards")]
    dependencies = [("stories", "0010_guards_of_the_conversation")]

    operations = [
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(REPORTS, REPORTS_BACK),
        migrations.RunSQL(APPEALS, APPEALS_BACK),
    ]
