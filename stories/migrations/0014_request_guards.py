"""What the database itself refuses about requests: later ones, rewritten ones, answers by the wrong person."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION stories_check_request() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM stories_decision d JOIN stories_submission s ON s.id = d.submission_id
                  WHERE d.id = NEW.decision_id AND d.kind = 'return' AND s.state = 'in_review'
                    AND s.round = d.round) THEN
    RAISE EXCEPTION 'a request is made with the decision that sends the story back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'request_is_part_of_its_return';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_is_part_of_its_return BEFORE INSERT ON stories_request
  FOR EACH ROW EXECUTE FUNCTION stories_check_request();

CREATE FUNCTION stories_check_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT d.round, d.decided_by_id, t.author_id INTO facts
    FROM stories_request r
    JOIN stories_decision d ON d.id = r.decision_id
    JOIN stories_submission s ON s.id = d.submission_id
    JOIN stories_story t ON t.id = s.story_id
   WHERE r.id = NEW.request_id;
  IF NEW.by_id = (CASE NEW.kind WHEN 'waived' THEN facts.author_id ELSE facts.decided_by_id END) THEN
    RAISE EXCEPTION 'who asks does not answer, and who wrote it does not waive'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_is_from_the_other_side';
  END IF;
  IF NEW.round <= facts.round AND NEW.kind <> 'waived' THEN
    RAISE EXCEPTION 'an answer goes with a round after the one it was asked in'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_goes_with_a_later_round';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER answer_is_fair BEFORE INSERT ON stories_answer
  FOR EACH ROW EXECUTE FUNCTION stories_check_answer();

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_request
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_answer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();

CREATE FUNCTION stories_need_words_to_return() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.kind = 'return' AND NEW.note = ''
     AND NOT EXISTS (SELECT 1 FROM stories_request WHERE decision_id = NEW.id) THEN
    RAISE EXCEPTION 'decision % sends a story back and does not say what for', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'return_says_what_for';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER return_says_what_for AFTER INSERT ON stories_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_words_to_return();
"""

GUARDS_BACK = """
DROP TRIGGER return_says_what_for ON stories_decision;
DROP FUNCTION stories_need_words_to_return();
DROP TRIGGER append_only ON stories_answer;
DROP TRIGGER append_only ON stories_request;
DROP TRIGGER answer_is_fair ON stories_answer;
DROP FUNCTION stories_check_answer();
DROP TRIGGER request_is_part_of_its_return ON stories_request;
DROP FUNCTION stories_check_request();
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0013_requests_and_waits")]

    operations = [migrations.RunSQL(GUARDS, GUARDS_BACK)]
