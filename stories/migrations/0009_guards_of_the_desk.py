"""What the database itself refuses about submissions: moves off the table, and decisions without claim, words or text."""

from django.db import migrations

# The legal moves, as in stories/status.py: a test compares the two.
MOVES = """
CREATE FUNCTION stories_move_is_legal(machine text, source text, target text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = target OR machine || ':' || source || '>' || target IN (
    'submission:>queued', 'submission:returned>queued', 'submission:queued>withdrawn',
    'submission:returned>withdrawn', 'submission:queued>in_review', 'submission:in_review>queued',
    'submission:in_review>approved', 'submission:in_review>returned', 'submission:in_review>declined',
    'story:draft>published', 'story:unlisted>published', 'story:published>unlisted',
    'story:published>removed', 'story:unlisted>removed', 'story:removed>published')
$$;

CREATE FUNCTION stories_refuse_illegal_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  source text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state WHEN TG_ARGV[0] = 'story' THEN 'draft' ELSE '' END;
BEGIN
  IF NOT stories_move_is_legal(TG_ARGV[0], source, NEW.state) THEN
    RAISE EXCEPTION 'a % does not move from "%" to "%"', TG_ARGV[0], source, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'move_is_legal';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER move_is_legal BEFORE INSERT OR UPDATE OF state ON stories_submission
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_illegal_move('submission');
CREATE TRIGGER move_is_legal BEFORE INSERT OR UPDATE OF state ON stories_story
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_illegal_move('story');

CREATE FUNCTION stories_need_event() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  source text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.state WHEN TG_ARGV[0] = 'story' THEN 'draft' ELSE '' END;
BEGIN
  IF source <> NEW.state AND NOT EXISTS (
    SELECT 1 FROM stories_event e
     WHERE e.machine = TG_ARGV[0] AND e.from_state = source AND e.to_state = NEW.state
       AND e.xact = txid_current()
       AND CASE TG_ARGV[0] WHEN 'story' THEN e.story_id = NEW.id ELSE e.submission_id = NEW.id END) THEN
    RAISE EXCEPTION 'a % moved from "%" to "%" without an event', TG_ARGV[0], source, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'move_has_its_event';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER move_has_its_event AFTER INSERT OR UPDATE OF state ON stories_submission
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_event('submission');
CREATE CONSTRAINT TRIGGER move_has_its_event AFTER INSERT OR UPDATE OF state ON stories_story
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_event('story');
"""

MOVES_BACK = """
DROP TRIGGER move_has_its_event ON stories_story;
DROP TRIGGER move_has_its_event ON stories_submission;
DROP FUNCTION stories_need_event();
DROP TRIGGER move_is_legal ON stories_story;
DROP TRIGGER move_is_legal ON stories_submission;
DROP FUNCTION stories_refuse_illegal_move();
DROP FUNCTION stories_move_is_legal(text, text, text);
"""

SUBMISSIONS = """
CREATE FUNCTION stories_shelve_submission() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  SELECT r.language, r.topics INTO NEW.language, NEW.topics FROM stories_revision r WHERE r.id = NEW.revision_id;
  RETURN NEW;
END $$;
CREATE TRIGGER submission_is_shelved BEFORE INSERT OR UPDATE OF revision_id ON stories_submission
  FOR EACH ROW EXECUTE FUNCTION stories_shelve_submission();

CREATE FUNCTION stories_check_submission() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT s.*, r.story_id AS revised_story,
         EXISTS (SELECT 1 FROM stories_claim c WHERE c.submission_id = s.id AND c.ended_at IS NULL) AS claimed,
         (SELECT d.kind FROM stories_decision d WHERE d.submission_id = s.id AND d.round = s.round) AS decided
    INTO facts
    FROM stories_submission s JOIN stories_revision r ON r.id = s.revision_id
   WHERE s.id = (CASE WHEN TG_TABLE_NAME = 'stories_submission' THEN to_jsonb(NEW)->>'id'
                      ELSE to_jsonb(NEW)->>'submission_id' END)::bigint;
  IF facts.revised_story <> facts.story_id THEN
    RAISE EXCEPTION 'submission % points at a text of another story', facts.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'submission_is_on_its_story';
  END IF;
  IF facts.claimed <> (facts.state = 'in_review') THEN
    RAISE EXCEPTION 'submission % is in review exactly while it is claimed', facts.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'review_has_its_claim';
  END IF;
  IF facts.decided IS DISTINCT FROM (CASE facts.state WHEN 'approved' THEN 'approve' WHEN 'returned' THEN 'return'
       WHEN 'declined' THEN 'decline' WHEN 'withdrawn' THEN facts.decided END) THEN
    RAISE EXCEPTION 'submission % stands as "%" without that decision', facts.id, facts.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'state_has_its_decision';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER submission_is_whole AFTER INSERT OR UPDATE ON stories_submission
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_submission();
CREATE CONSTRAINT TRIGGER submission_is_whole AFTER INSERT OR UPDATE ON stories_claim
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_submission();
CREATE CONSTRAINT TRIGGER submission_is_whole AFTER INSERT ON stories_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_submission();
"""

SUBMISSIONS_BACK = """
DROP TRIGGER submission_is_whole ON stories_decision;
DROP TRIGGER submission_is_whole ON stories_claim;
DROP TRIGGER submission_is_whole ON stories_submission;
DROP FUNCTION stories_check_submission();
DROP TRIGGER submission_is_shelved ON stories_submission;
DROP FUNCTION stories_shelve_submission();
"""

DECISIONS = """
CREATE FUNCTION stories_check_claim() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF stories_wrote((SELECT s.story_id FROM stories_submission s WHERE s.id = NEW.submission_id), NEW.editor_id) THEN
      RAISE EXCEPTION 'nobody reads their own story as its editor'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_is_not_by_author';
    END IF;
  ELSIF OLD.ended_at IS NOT NULL OR (NEW.submission_id, NEW.editor_id, NEW.key, NEW.claimed_at)
        IS DISTINCT FROM (OLD.submission_id, OLD.editor_id, OLD.key, OLD.claimed_at) THEN
    RAISE EXCEPTION 'a claim keeps its editor and its submission, and one that ended stays ended'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_stays';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER claim_is_fair BEFORE INSERT OR UPDATE ON stories_claim
  FOR EACH ROW EXECUTE FUNCTION stories_check_claim();

CREATE FUNCTION stories_check_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT s.state, s.round, s.revision_id, s.story_id, r.sha256, r.story_id = s.story_id AS same_story,
         c.editor_id, c.submission_id AS claimed, c.ended_at
    INTO facts
    FROM stories_submission s
    JOIN stories_revision r ON r.id = NEW.revision_id
    JOIN stories_claim c ON c.id = NEW.claim_id
   WHERE s.id = NEW.submission_id;
  IF stories_wrote(facts.story_id, NEW.decided_by_id) THEN
    RAISE EXCEPTION 'nobody decides on their own story'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_not_by_author';
  END IF;
  IF NOT facts.same_story OR facts.revision_id <> NEW.revision_id OR facts.sha256 <> NEW.sha256 THEN
    RAISE EXCEPTION 'a decision is about the very text that was submitted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_on_the_text_read';
  END IF;
  IF facts.claimed <> NEW.submission_id OR facts.editor_id <> NEW.decided_by_id OR facts.ended_at IS NOT NULL
     OR facts.state <> 'in_review' OR facts.round <> NEW.round THEN
    RAISE EXCEPTION 'a decision needs the live claim of the editor who makes it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_has_its_claim';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decision_is_fair BEFORE INSERT ON stories_decision
  FOR EACH ROW EXECUTE FUNCTION stories_check_decision();

CREATE FUNCTION stories_need_words_to_return() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.kind = 'return' AND NEW.note = ''
     AND NOT EXISTS (SELECT 1 FROM stories_request WHERE decision_id = NEW.id)
     AND NOT EXISTS (SELECT 1 FROM stories_note n WHERE n.submission_id = NEW.submission_id AND n.round = NEW.round
                       AND NOT EXISTS (SELECT 1 FROM stories_settlement t
                                        WHERE t.note_id = n.id AND t.kind = 'withdrawn')) THEN
    RAISE EXCEPTION 'decision % sends a story back and does not say what for', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'return_says_what_for';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER return_says_what_for AFTER INSERT ON stories_decision
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_words_to_return();

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

DECISIONS_BACK = """
DROP TRIGGER approval_leaves_no_request_open ON stories_decision;
DROP FUNCTION stories_need_settled_requests();
DROP TRIGGER return_says_what_for ON stories_decision;
DROP FUNCTION stories_need_words_to_return();
DROP TRIGGER decision_is_fair ON stories_decision;
DROP FUNCTION stories_check_decision();
DROP TRIGGER claim_is_fair ON stories_claim;
DROP FUNCTION stories_check_claim();
"""


class Migration(migrations.Migration):
    replaces = [("stories", "0006_guards_look_in_their_own_schema")]
    dependencies = [("stories", "0008_guards_of_stories")]

    operations = [
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(SUBMISSIONS, SUBMISSIONS_BACK),
        migrations.RunSQL(DECISIONS, DECISIONS_BACK),
    ]
