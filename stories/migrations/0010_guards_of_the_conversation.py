"""What the database itself refuses about notes and requests: who writes, answers and settles them, and fixes.

A text that an editor touched is bound here to its author's consent: a fix names the text that was sent with it.
"""

from django.db import migrations

NOTES = """
CREATE FUNCTION stories_note_is_shown(subject bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM stories_note n
                   JOIN stories_decision d ON d.submission_id = n.submission_id AND d.round = n.round
                  WHERE n.id = subject)
$$;

CREATE FUNCTION stories_check_note() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.is_erased OR NOT EXISTS (
      SELECT 1 FROM stories_submission s JOIN stories_claim c ON c.submission_id = s.id
       WHERE s.id = NEW.submission_id AND s.state = 'in_review' AND s.round = NEW.round
         AND s.revision_id = NEW.revision_id AND c.editor_id = NEW.by_id AND c.ended_at IS NULL) THEN
    RAISE EXCEPTION 'a note is written on the text that its editor reads, while they read it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'note_has_its_claim';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER note_has_its_claim BEFORE INSERT ON stories_note
  FOR EACH ROW EXECUTE FUNCTION stories_check_note();

CREATE FUNCTION stories_check_message() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.is_from_author <> stories_wrote(stories_story_of_note(NEW.note_id), NEW.by_id)
     OR NOT stories_note_is_shown(NEW.note_id) THEN
    RAISE EXCEPTION 'both sides speak of a note under their own names, once both can read it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'message_is_from_its_side';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER message_is_from_its_side BEFORE INSERT ON stories_message
  FOR EACH ROW EXECUTE FUNCTION stories_check_message();

CREATE FUNCTION stories_check_settlement() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  is_author boolean := stories_wrote(stories_story_of_note(NEW.note_id), NEW.by_id);
  is_shown boolean := stories_note_is_shown(NEW.note_id);
BEGIN
  IF is_author <> (NEW.kind IN ('accepted', 'refused'))
     OR is_shown <> (NEW.kind IN ('accepted', 'refused', 'closed'))
     OR (NEW.kind IN ('accepted', 'refused', 'fixed')
         AND NOT EXISTS (SELECT 1 FROM stories_note WHERE id = NEW.note_id AND kind = 'suggestion')) THEN
    RAISE EXCEPTION 'only its author takes or refuses other words, and only what they have not seen is taken back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'settlement_is_by_its_side';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER settlement_is_by_its_side BEFORE INSERT ON stories_settlement
  FOR EACH ROW EXECUTE FUNCTION stories_check_settlement();

CREATE FUNCTION stories_check_private_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.author_id = NEW.by_id OR stories_wrote(
      (SELECT s.story_id FROM stories_submission s WHERE s.id = NEW.submission_id), NEW.by_id) THEN
    RAISE EXCEPTION 'nobody keeps a note of editors about themselves'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'private_note_is_not_by_author';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER private_note_is_fair BEFORE INSERT ON stories_privatenote
  FOR EACH ROW EXECUTE FUNCTION stories_check_private_note();
"""

NOTES_BACK = """
DROP TRIGGER private_note_is_fair ON stories_privatenote;
DROP FUNCTION stories_check_private_note();
DROP TRIGGER settlement_is_by_its_side ON stories_settlement;
DROP FUNCTION stories_check_settlement();
DROP TRIGGER message_is_from_its_side ON stories_message;
DROP FUNCTION stories_check_message();
DROP TRIGGER note_has_its_claim ON stories_note;
DROP FUNCTION stories_check_note();
DROP FUNCTION stories_note_is_shown(bigint);
"""

FIXES = """
CREATE FUNCTION stories_check_consent() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM stories_submission s JOIN stories_revision r ON r.story_id = s.story_id
                  WHERE s.id = NEW.submission_id AND r.id = NEW.revision_id
                    AND stories_wrote(s.story_id, NEW.by_id)) THEN
    RAISE EXCEPTION 'only an author allows editors to fix a text'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'consent_is_by_author';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_is_by_author BEFORE INSERT ON stories_styleconsent
  FOR EACH ROW EXECUTE FUNCTION stories_check_consent();

CREATE FUNCTION stories_check_fix() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT coalesce((SELECT a.is_given FROM stories_styleconsent a
                    WHERE a.revision_id = NEW.base_id AND a.submission_id = NEW.submission_id
                    ORDER BY a.id DESC LIMIT 1), false) THEN
    RAISE EXCEPTION 'the author of revision % has not allowed editors to fix it', NEW.base_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'fix_has_consent';
  END IF;
  IF NOT EXISTS (
      SELECT 1 FROM stories_submission s
        JOIN stories_claim c ON c.id = NEW.claim_id AND c.submission_id = s.id
        JOIN stories_note n ON n.id = NEW.note_id AND n.submission_id = s.id AND n.round = s.round
        JOIN stories_revision m ON m.id = NEW.made_id AND m.story_id = s.story_id
       WHERE s.id = NEW.submission_id AND s.state = 'in_review' AND n.kind = 'suggestion'
         AND c.editor_id = NEW.by_id AND c.ended_at IS NULL AND NEW.made_id <> NEW.base_id) THEN
    RAISE EXCEPTION 'a fix is made by the editor who reads the story, of words that they suggested'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'fix_has_its_claim';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fix_is_allowed BEFORE INSERT ON stories_fix
  FOR EACH ROW EXECUTE FUNCTION stories_check_fix();
"""

FIXES_BACK = """
DROP TRIGGER fix_is_allowed ON stories_fix;
DROP FUNCTION stories_check_fix();
DROP TRIGGER consent_is_by_author ON stories_styleconsent;
DROP FUNCTION stories_check_consent();
"""

REQUESTS = """
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

CREATE FUNCTION stories_check_noted_request() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.note_id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM stories_note n
        JOIN stories_decision d ON d.submission_id = n.submission_id AND d.round = n.round
       WHERE n.id = NEW.note_id AND d.id = NEW.decision_id AND n.kind = 'request') THEN
    RAISE EXCEPTION 'a request beside a passage is of the round that sends the story back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'request_is_of_its_note';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER request_is_of_its_note BEFORE INSERT ON stories_request
  FOR EACH ROW EXECUTE FUNCTION stories_check_noted_request();

CREATE FUNCTION stories_check_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
CREATE TRIGGER answer_is_fair BEFORE INSERT ON stories_answer
  FOR EACH ROW EXECUTE FUNCTION stories_check_answer();
"""

REQUESTS_BACK = """
DROP TRIGGER answer_is_fair ON stories_answer;
DROP FUNCTION stories_check_answer();
DROP TRIGGER request_is_of_its_note ON stories_request;
DROP FUNCTION stories_check_noted_request();
DROP TRIGGER request_is_part_of_its_return ON stories_request;
DROP FUNCTION stories_check_request();
"""


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0014_request_guards"),
        ("stories", "0028_request_verdict_guards"),
        ("stories", "0030_note_guards"),
    ]
    dependencies = [("stories", "0009_guards_of_the_desk")]

    operations = [
        migrations.RunSQL(NOTES, NOTES_BACK),
        migrations.RunSQL(FIXES, FIXES_BACK),
        migrations.RunSQL(REQUESTS, REQUESTS_BACK),
    ]
