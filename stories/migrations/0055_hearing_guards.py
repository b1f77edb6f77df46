"""What the database refuses of appeals: two who answer one, an answer without a claim, a move without an event."""

from django.db import migrations

# Those that were there before: answered ones are over, of the others the clock tells in time.
FILL = """
INSERT INTO stories_hearing (appeal_id, state, due_at, ended_at)
SELECT a.id, CASE WHEN w.id IS NULL THEN 'open' WHEN w.is_upheld THEN 'upheld' ELSE 'rejected' END,
       a.made_at + interval '15 days', w.answered_at
  FROM stories_appeal a LEFT JOIN stories_appealanswer w ON w.appeal_id = a.id;
"""

# The legal moves, as in stories/redress.py: a test compares the two.
MACHINE = """
CREATE FUNCTION stories_appeal_move_is_legal(source text, target text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = target OR source || '>' || target IN (
    '>open', 'open>in_review', 'in_review>open', 'in_review>upheld', 'in_review>rejected')
$$;

CREATE FUNCTION stories_check_hearing_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  source text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
BEGIN
  IF NOT stories_appeal_move_is_legal(source, NEW.state) THEN
    RAISE EXCEPTION 'an appeal does not move from "%" to "%"', source, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_move_is_legal';
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.appeal_id, NEW.due_at) IS DISTINCT FROM (OLD.appeal_id, OLD.due_at) THEN
    RAISE EXCEPTION 'a hearing keeps its appeal and its time'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'hearing_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appeal_move_is_legal BEFORE INSERT OR UPDATE ON stories_hearing
  FOR EACH ROW EXECUTE FUNCTION stories_check_hearing_move();

CREATE FUNCTION stories_check_hearing() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT a.id, h.state,
         EXISTS (SELECT 1 FROM stories_appealclaim c WHERE c.hearing_id = h.id AND c.ended_at IS NULL) AS claimed,
         (SELECT CASE WHEN w.is_upheld THEN 'upheld' ELSE 'rejected' END
            FROM stories_appealanswer w WHERE w.appeal_id = a.id) AS answered
    INTO facts
    FROM stories_appeal a LEFT JOIN stories_hearing h ON h.appeal_id = a.id
   WHERE a.id = (CASE TG_TABLE_NAME
                   WHEN 'stories_appeal' THEN (to_jsonb(NEW)->>'id')::bigint
                   WHEN 'stories_appealclaim' THEN
                     (SELECT h.appeal_id FROM stories_hearing h WHERE h.id = (to_jsonb(NEW)->>'hearing_id')::bigint)
                   ELSE (to_jsonb(NEW)->>'appeal_id')::bigint END);
  IF facts.state IS NULL THEN
    RAISE EXCEPTION 'appeal % has no hearing', facts.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_has_its_hearing';
  END IF;
  IF facts.claimed <> (facts.state = 'in_review') THEN
    RAISE EXCEPTION 'appeal % is in review exactly while it is claimed', facts.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_review_has_its_claim';
  END IF;
  IF facts.answered IS DISTINCT FROM (CASE WHEN facts.state IN ('upheld', 'rejected') THEN facts.state END) THEN
    RAISE EXCEPTION 'appeal % stands as "%" without that answer', facts.id, facts.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_state_has_its_answer';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER appeal_is_whole AFTER INSERT ON stories_appeal
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_hearing();
CREATE CONSTRAINT TRIGGER appeal_is_whole AFTER INSERT OR UPDATE ON stories_hearing
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_hearing();
CREATE CONSTRAINT TRIGGER appeal_is_whole AFTER INSERT OR UPDATE ON stories_appealclaim
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_hearing();
CREATE CONSTRAINT TRIGGER appeal_is_whole AFTER INSERT ON stories_appealanswer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_hearing();

CREATE FUNCTION stories_need_appeal_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  source text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state ELSE '' END;
BEGIN
  IF source <> NEW.state AND NOT EXISTS (
    SELECT 1 FROM stories_event e JOIN stories_appeal a ON a.id = NEW.appeal_id
     WHERE e.story_id = a.story_id AND e.machine = 'appeal' AND e.data->>'appeal' = NEW.appeal_id::text
       AND e.from_state = source AND e.to_state = NEW.state AND e.xact = txid_current()) THEN
    RAISE EXCEPTION 'an appeal moved from "%" to "%" without an event', source, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_move_has_its_event';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER appeal_move_has_its_event AFTER INSERT OR UPDATE OF state ON stories_hearing
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_appeal_event();
"""

MACHINE_BACK = """
DROP TRIGGER appeal_move_has_its_event ON stories_hearing;
DROP FUNCTION stories_need_appeal_event();
DROP TRIGGER appeal_is_whole ON stories_appealanswer;
DROP TRIGGER appeal_is_whole ON stories_appealclaim;
DROP TRIGGER appeal_is_whole ON stories_hearing;
DROP TRIGGER appeal_is_whole ON stories_appeal;
DROP FUNCTION stories_check_hearing();
DROP TRIGGER appeal_move_is_legal ON stories_hearing;
DROP FUNCTION stories_check_hearing_move();
DROP FUNCTION stories_appeal_move_is_legal(text, text);
"""

CLAIMS = """
CREATE FUNCTION stories_may_answer(hearing bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT public.stories_wrote(a.story_id, member) AND coalesce(d.decided_by_id, e.actor_id) IS DISTINCT FROM member
    FROM public.stories_hearing h JOIN public.stories_appeal a ON a.id = h.appeal_id
    LEFT JOIN public.stories_decision d ON d.id = a.decision_id
    LEFT JOIN public.stories_event e ON e.id = a.removal_id
   WHERE h.id = hearing
$$;

CREATE FUNCTION stories_check_appeal_claim() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NOT stories_may_answer(NEW.hearing_id, NEW.editor_id) THEN
      RAISE EXCEPTION 'nobody reads an appeal about their own story, or against their own decision'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_claim_is_fair';
    END IF;
  ELSIF OLD.ended_at IS NOT NULL OR (NEW.hearing_id, NEW.editor_id, NEW.key, NEW.claimed_at)
        IS DISTINCT FROM (OLD.hearing_id, OLD.editor_id, OLD.key, OLD.claimed_at) THEN
    RAISE EXCEPTION 'a claim keeps its editor and its appeal, and one that ended stays ended'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER appeal_claim_is_fair BEFORE INSERT OR UPDATE ON stories_appealclaim
  FOR EACH ROW EXECUTE FUNCTION stories_check_appeal_claim();

CREATE FUNCTION stories_check_appeal_answer_claim() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM stories_appealclaim c JOIN stories_hearing h ON h.id = c.hearing_id
                  WHERE h.appeal_id = NEW.appeal_id AND c.editor_id = NEW.answered_by_id AND c.ended_at IS NULL) THEN
    RAISE EXCEPTION 'the answer to an appeal needs the live claim of the editor who gives it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_answer_has_its_claim';
  END IF;
  RETURN NEW;
END $$;
-- After the one that says who may answer at all.
CREATE TRIGGER appeal_answer_is_under_a_claim BEFORE INSERT ON stories_appealanswer
  FOR EACH ROW EXECUTE FUNCTION stories_check_appeal_answer_claim();
"""

CLAIMS_BACK = """
DROP TRIGGER appeal_answer_is_under_a_claim ON stories_appealanswer;
DROP FUNCTION stories_check_appeal_answer_claim();
DROP TRIGGER appeal_claim_is_fair ON stories_appealclaim;
DROP FUNCTION stories_check_appeal_claim();
DROP FUNCTION stories_may_answer(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0054_hearings")]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(MACHINE, MACHINE_BACK),
        migrations.RunSQL(CLAIMS, CLAIMS_BACK),
    ]
