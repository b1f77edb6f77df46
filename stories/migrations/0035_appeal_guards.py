"""What the database itself refuses about appeals: late ones, by others than authors, answered by who decided before."""

from django.db import migrations

APPEALS = """
CREATE FUNCTION stories_check_appeal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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

CREATE FUNCTION stories_refuse_change_but_erased_appeal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || '{"text": "[deleted]"}' AND EXISTS (
      SELECT 1 FROM stories_story s JOIN stories_event e ON e.story_id = s.id
       WHERE s.id = OLD.story_id AND s.erased_at IS NOT NULL AND e.action = 'erase' AND e.xact = txid_current()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_appeal
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erased_appeal();

CREATE FUNCTION stories_erase_appeals(subject bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE stories_appeal SET text = '[deleted]' WHERE story_id = subject AND text <> '[deleted]';
$$;
"""

APPEALS_BACK = """
DROP FUNCTION stories_erase_appeals(bigint);
DROP TRIGGER append_only ON stories_appeal;
DROP FUNCTION stories_refuse_change_but_erased_appeal();
DROP TRIGGER appeal_is_fair ON stories_appeal;
DROP FUNCTION stories_check_appeal();
"""

ANSWERS = """
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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_appealanswer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
"""

ANSWERS_BACK = """
DROP TRIGGER append_only ON stories_appealanswer;
DROP TRIGGER appeal_answer_is_fair ON stories_appealanswer;
DROP FUNCTION stories_check_appeal_answer();
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0034_appeals")]

    operations = [
        migrations.RunSQL(APPEALS, APPEALS_BACK),
        migrations.RunSQL(ANSWERS, ANSWERS_BACK),
    ]
