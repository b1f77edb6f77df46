"""What the database itself refuses about proposals: one's own agreement, other words than agreed, another text."""

from django.db import migrations

PROPOSALS = """
CREATE FUNCTION stories_check_proposal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'what was proposed stays in the record'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_stays';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.ended_at IS NOT NULL
       OR to_jsonb(NEW) - '{end,ended_at,ended_by_id,words}'::text[]
          <> to_jsonb(OLD) - '{end,ended_at,ended_by_id,words}'::text[] THEN
      RAISE EXCEPTION 'a proposal keeps its text, its reason and its words, and ends once'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_stays';
    END IF;
    IF NEW."end" IN ('agreed', 'refused') AND
       (NEW.ended_by_id = NEW.proposed_by_id OR stories_wrote(NEW.story_id, NEW.ended_by_id)) THEN
      RAISE EXCEPTION 'somebody else than who proposed it, and who did not write the story, agrees or refuses'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_is_answered_by_another';
    END IF;
    IF NEW."end" = 'taken_back' AND NEW.ended_by_id <> NEW.proposed_by_id THEN
      RAISE EXCEPTION 'who proposed it takes it back'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_is_taken_back_by_its_own';
    END IF;
    RETURN NEW;
  END IF;
  IF stories_wrote(NEW.story_id, NEW.proposed_by_id) THEN
    RAISE EXCEPTION 'nobody proposes anything about their own story'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_is_not_by_author';
  END IF;
  IF NEW.kind = 'decline' THEN
    SELECT s.story_id = NEW.story_id AND s.state = 'queued' AND s.revision_id = NEW.revision_id
           AND r.sha256 = NEW.sha256 AND c.editor_id = NEW.proposed_by_id AND c.submission_id = s.id AS fits INTO facts
      FROM stories_submission s
      JOIN stories_revision r ON r.id = NEW.revision_id
      JOIN stories_claim c ON c.id = NEW.claim_id
     WHERE s.id = NEW.submission_id;
  ELSE
    SELECT t.state IN ('published', 'unlisted') AND t.published_revision_id = NEW.revision_id
           AND r.sha256 = NEW.sha256 AS fits INTO facts
      FROM stories_story t JOIN stories_revision r ON r.id = NEW.revision_id WHERE t.id = NEW.story_id;
  END IF;
  IF facts.fits IS NOT TRUE THEN
    RAISE EXCEPTION 'a proposal is about the very text that stands there now'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_is_on_the_text_read';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposal_is_fair BEFORE INSERT OR UPDATE OR DELETE ON stories_proposal
  FOR EACH ROW EXECUTE FUNCTION stories_check_proposal();
"""

PROPOSALS_BACK = """
DROP TRIGGER proposal_is_fair ON stories_proposal;
DROP FUNCTION stories_check_proposal();
"""

# Whoever changes the text or the state, by whatever verb: what was proposed about the one before is over.
LAPSES = """
CREATE FUNCTION stories_end_proposals() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_TABLE_NAME = 'stories_submission' THEN
    UPDATE stories_proposal SET "end" = 'lapsed', ended_at = clock_timestamp()
     WHERE submission_id = (to_jsonb(NEW)->>'id')::bigint AND ended_at IS NULL;
  ELSE
    UPDATE stories_proposal SET "end" = 'lapsed', ended_at = clock_timestamp()
     WHERE story_id = (to_jsonb(NEW)->>'id')::bigint AND ended_at IS NULL
       AND (kind = 'remove' OR (to_jsonb(NEW)->>'deleted_at') IS NOT NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER proposals_lapse AFTER UPDATE ON stories_submission FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.revision_id IS DISTINCT FROM NEW.revision_id)
  EXECUTE FUNCTION stories_end_proposals();
CREATE TRIGGER proposals_lapse AFTER UPDATE ON stories_story FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.published_revision_id IS DISTINCT FROM NEW.published_revision_id
        OR OLD.deleted_at IS DISTINCT FROM NEW.deleted_at)
  EXECUTE FUNCTION stories_end_proposals();
"""

LAPSES_BACK = """
DROP TRIGGER proposals_lapse ON stories_story;
DROP TRIGGER proposals_lapse ON stories_submission;
DROP FUNCTION stories_end_proposals();
"""

AGREEMENTS = """
CREATE FUNCTION stories_check_agreement() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (
    SELECT 1
      FROM stories_proposal p
      JOIN stories_event e ON e.id = NEW.event_id
      JOIN stories_reasonversion v ON v.id = NEW.ground_id
      JOIN stories_story t ON t.id = e.story_id
      LEFT JOIN stories_decision d ON d.id = NEW.decision_id
     WHERE p.id = NEW.proposal_id AND p."end" = 'agreed' AND p.story_id = e.story_id
       AND p.kind = e.action AND p.submission_id IS NOT DISTINCT FROM e.submission_id
       AND p.proposed_by_id <> e.actor_id AND p.ended_by_id = e.actor_id
       AND p.revision_id = coalesce(d.revision_id, t.published_revision_id)
       AND p.reason_id = v.reason_id AND p.note = NEW.facts AND p.led_by = NEW.led_by) THEN
    RAISE EXCEPTION 'what was agreed to is the very text, reason and words that somebody else proposed'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'agreement_is_to_what_was_proposed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agreement_is_fair BEFORE INSERT ON stories_statement
  FOR EACH ROW EXECUTE FUNCTION stories_check_agreement();

CREATE FUNCTION stories_need_statement() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM stories_statement s WHERE s.event_id = NEW.id) THEN
    RAISE EXCEPTION 'a % has its statement of reasons', NEW.action
      USING ERRCODE = 'check_violation', CONSTRAINT = 'restriction_has_its_statement';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER restriction_has_its_statement AFTER INSERT ON stories_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.action = 'decline' AND NEW.machine = 'submission' OR NEW.action = 'remove' AND NEW.machine = 'story')
  EXECUTE FUNCTION stories_need_statement();
"""

AGREEMENTS_BACK = """
DROP TRIGGER restriction_has_its_statement ON stories_event;
DROP FUNCTION stories_need_statement();
DROP TRIGGER agreement_is_fair ON stories_statement;
DROP FUNCTION stories_check_agreement();
"""

# An appeal is answered by neither of the two who decided.
ANSWERS = """
CREATE OR REPLACE FUNCTION stories_may_answer(hearing bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT public.stories_wrote(a.story_id, member) AND coalesce(d.decided_by_id, e.actor_id) IS DISTINCT FROM member
         AND NOT EXISTS (SELECT 1 FROM public.stories_statement s JOIN public.stories_proposal p ON p.id = s.proposal_id
                          WHERE (s.decision_id = a.decision_id OR s.event_id = a.removal_id) AND p.proposed_by_id = member)
    FROM public.stories_hearing h JOIN public.stories_appeal a ON a.id = h.appeal_id
    LEFT JOIN public.stories_decision d ON d.id = a.decision_id
    LEFT JOIN public.stories_event e ON e.id = a.removal_id
   WHERE h.id = hearing
$$;
"""

ANSWERS_BACK = """
CREATE OR REPLACE FUNCTION stories_may_answer(hearing bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT public.stories_wrote(a.story_id, member) AND coalesce(d.decided_by_id, e.actor_id) IS DISTINCT FROM member
    FROM public.stories_hearing h JOIN public.stories_appeal a ON a.id = h.appeal_id
    LEFT JOIN public.stories_decision d ON d.id = a.decision_id
    LEFT JOIN public.stories_event e ON e.id = a.removal_id
   WHERE h.id = hearing
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0046_proposals")]

    operations = [
        migrations.RunSQL(PROPOSALS, PROPOSALS_BACK),
        migrations.RunSQL(LAPSES, LAPSES_BACK),
        migrations.RunSQL(AGREEMENTS, AGREEMENTS_BACK),
        migrations.RunSQL(ANSWERS, ANSWERS_BACK),
    ]
