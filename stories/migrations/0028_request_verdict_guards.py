"""What the database itself refuses about requests and how they are settled: by whom, when, and an approval before that."""

from django.db import migrations

ANSWERS = """
CREATE OR REPLACE FUNCTION stories_check_answer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT d.round, d.decided_by_id, s.id AS submission_id, s.story_id, s.state, s.round AS present INTO facts
    FROM stories_request r
    JOIN stories_decision d ON d.id = r.decision_id
    JOIN stories_submission s ON s.id = d.submission_id
   WHERE r.id = NEW.request_id;
  IF NEW.kind IN ('accepted', 'waived', 'reopened') THEN
    IF stories_wrote(facts.story_id, NEW.by_id) THEN
      RAISE EXCEPTION 'who wrote a story does not settle what is asked about it'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_is_from_the_other_side';
    END IF;
    IF facts.state <> 'in_review' OR NEW.round <> facts.present OR NOT EXISTS (
        SELECT 1 FROM stories_claim c
         WHERE c.submission_id = facts.submission_id AND c.editor_id = NEW.by_id AND c.ended_at IS NULL) THEN
      RAISE EXCEPTION 'a request is settled by the editor who reads the story'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_has_its_claim';
    END IF;
  ELSIF NEW.by_id = facts.decided_by_id OR NOT stories_wrote(facts.story_id, NEW.by_id) THEN
    RAISE EXCEPTION 'who wrote a story answers what is asked about it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_is_from_the_other_side';
  END IF;
  IF NEW.round <= facts.round THEN
    RAISE EXCEPTION 'an answer goes with a round after the one it was asked in'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'answer_goes_with_a_later_round';
  END IF;
  RETURN NEW;
END $$;
"""

ANSWERS_BACK = """
CREATE OR REPLACE FUNCTION stories_check_answer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
"""

APPROVALS = """
CREATE FUNCTION stories_need_settled_requests() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM stories_request r
        JOIN stories_decision d ON d.id = r.decision_id
       WHERE d.submission_id = NEW.submission_id
         AND coalesce((SELECT a.kind FROM stories_answer a
                        WHERE a.request_id = r.id AND a.kind IN ('accepted', 'waived', 'reopened')
                        ORDER BY a.id DESC LIMIT 1), 'reopened') = 'reopened') THEN
    RAISE EXCEPTION 'a text is not approved while something is asked of it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'approval_leaves_no_request_open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER approval_leaves_no_request_open BEFORE INSERT ON stories_decision
  FOR EACH ROW WHEN (NEW.kind = 'approve') EXECUTE FUNCTION stories_need_settled_requests();
"""

APPROVALS_BACK = """
DROP TRIGGER approval_leaves_no_request_open ON stories_decision;
DROP FUNCTION stories_need_settled_requests();
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0027_requests_settled")]

    operations = [
        migrations.RunSQL(ANSWERS, ANSWERS_BACK),
        migrations.RunSQL(APPROVALS, APPROVALS_BACK),
    ]
