"""What the database itself refuses, whoever asks: the invariants of the record and of publication.

Functions name their schema and tables in full where an index or a restricted search path may call them.
"""

from django.db import migrations

CONTENT = """
CREATE FUNCTION stories_content_list(field text, items text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT field || '/' || cardinality(items) || chr(10) || coalesce(
    (SELECT string_agg(octet_length(item) || ':' || item || chr(10), '' ORDER BY place)
       FROM unnest(items) WITH ORDINALITY AS listed(item, place)), '')
$$;

CREATE FUNCTION stories_content_sha256(
  title text, summary text, body text, language text, topics text[], tags text[],
  cover text, cover_alt text, pictures text[], disclosures text[]
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(
       stories_content_list('title', ARRAY[title])
    || stories_content_list('summary', ARRAY[summary])
    || stories_content_list('body', ARRAY[body])
    || stories_content_list('language', ARRAY[language])
    || stories_content_list('topics', topics)
    || stories_content_list('tags', tags)
    || stories_content_list('cover', ARRAY[cover])
    || stories_content_list('cover_alt', ARRAY[cover_alt])
    || stories_content_list('pictures', pictures)
    || stories_content_list('disclosures', disclosures), 'UTF8')), 'hex')
$$;

CREATE FUNCTION stories_revision_is_its_hash() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sha256 IS DISTINCT FROM stories_content_sha256(
      NEW.title, NEW.summary, NEW.body, NEW.language, NEW.topics::text[], NEW.tags::text[],
      NEW.cover, NEW.cover_alt, NEW.pictures::text[], NEW.disclosures::text[]) THEN
    RAISE EXCEPTION 'the fingerprint of revision % of story % is not that of its content', NEW.number, NEW.story_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_is_its_hash';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_is_its_hash BEFORE INSERT ON stories_revision
  FOR EACH ROW EXECUTE FUNCTION stories_revision_is_its_hash();
"""

CONTENT_BACK = """
DROP TRIGGER revision_is_its_hash ON stories_revision;
DROP FUNCTION stories_revision_is_its_hash();
DROP FUNCTION stories_content_sha256(text, text, text, text, text[], text[], text, text, text[], text[]);
DROP FUNCTION stories_content_list(text, text[]);
"""

APPEND_ONLY = """
CREATE FUNCTION stories_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_event
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_decision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_revision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_disclaimerversion
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER words_stay BEFORE UPDATE ON stories_carrieddisclaimer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
"""

APPEND_ONLY_BACK = """
DROP TRIGGER words_stay ON stories_carrieddisclaimer;
DROP TRIGGER append_only ON stories_disclaimerversion;
DROP TRIGGER append_only ON stories_revision;
DROP TRIGGER append_only ON stories_decision;
DROP TRIGGER append_only ON stories_event;
DROP FUNCTION stories_refuse_change();
"""

DECISIONS = """
CREATE FUNCTION stories_check_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF EXISTS (SELECT 1 FROM stories_submission s JOIN stories_story t ON t.id = s.story_id
               WHERE s.id = NEW.submission_id AND t.author_id = NEW.editor_id) THEN
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

CREATE FUNCTION stories_check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  facts record;
BEGIN
  SELECT s.state, s.round, s.revision_id, t.author_id, r.sha256, r.story_id = s.story_id AS same_story,
         c.editor_id, c.submission_id AS claimed, c.ended_at
    INTO facts
    FROM stories_submission s
    JOIN stories_story t ON t.id = s.story_id
    JOIN stories_revision r ON r.id = NEW.revision_id
    JOIN stories_claim c ON c.id = NEW.claim_id
   WHERE s.id = NEW.submission_id;
  IF facts.author_id = NEW.decided_by_id THEN
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
"""

DECISIONS_BACK = """
DROP TRIGGER decision_is_fair ON stories_decision;
DROP FUNCTION stories_check_decision();
DROP TRIGGER claim_is_fair ON stories_claim;
DROP FUNCTION stories_check_claim();
"""

PUBLICATION = """
CREATE FUNCTION stories_refuse_unapproved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shown bigint;
BEGIN
  FOREACH shown IN ARRAY ARRAY[NEW.published_revision_id, NEW.scheduled_revision_id] LOOP
    IF shown IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM stories_revision r
        JOIN stories_decision d ON d.revision_id = r.id AND d.kind = 'approve' AND d.sha256 = r.sha256
       WHERE r.id = shown AND r.story_id = NEW.id) THEN
      RAISE EXCEPTION 'revision % of story % was not approved', shown, NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'published_revision_is_approved';
    END IF;
  END LOOP;
  IF TG_OP = 'UPDATE' AND NEW.author_id <> OLD.author_id THEN
    RAISE EXCEPTION 'a story keeps its author'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_keeps_its_author';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER published_revision_is_approved
  BEFORE INSERT OR UPDATE OF published_revision_id, scheduled_revision_id, author_id, state ON stories_story
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_unapproved();

CREATE FUNCTION stories_need_disclaimer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  subject bigint;
BEGIN
  subject := CASE WHEN TG_TABLE_NAME = 'stories_story' THEN (to_jsonb(NEW)->>'id')::bigint
                  ELSE (to_jsonb(OLD)->>'story_id')::bigint END;
  IF EXISTS (SELECT 1 FROM stories_story WHERE id = subject AND state = 'published')
     AND NOT EXISTS (SELECT 1 FROM stories_carrieddisclaimer WHERE story_id = subject) THEN
    RAISE EXCEPTION 'story % is public without a disclaimer', subject
      USING ERRCODE = 'check_violation', CONSTRAINT = 'public_story_has_disclaimer';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER public_story_has_disclaimer AFTER INSERT OR UPDATE OF state ON stories_story
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_disclaimer();
CREATE CONSTRAINT TRIGGER public_story_has_disclaimer AFTER DELETE ON stories_carrieddisclaimer
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_need_disclaimer();
"""

PUBLICATION_BACK = """
DROP TRIGGER public_story_has_disclaimer ON stories_carrieddisclaimer;
DROP TRIGGER public_story_has_disclaimer ON stories_story;
DROP FUNCTION stories_need_disclaimer();
DROP TRIGGER published_revision_is_approved ON stories_story;
DROP FUNCTION stories_refuse_unapproved();
"""

# The legal moves, as in stories/status.py: a test compares the two.
MACHINES = """
CREATE FUNCTION stories_move_is_legal(machine text, source text, target text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = target OR machine || ':' || source || '>' || target IN (
    'submission:>queued', 'submission:returned>queued', 'submission:queued>withdrawn',
    'submission:returned>withdrawn', 'submission:queued>in_review', 'submission:in_review>queued',
    'submission:in_review>approved', 'submission:in_review>returned', 'submission:in_review>declined',
    'story:draft>published', 'story:unlisted>published', 'story:published>unlisted',
    'story:published>removed', 'story:unlisted>removed', 'story:removed>published')
$$;

CREATE FUNCTION stories_refuse_illegal_move() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION stories_need_event() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION stories_check_submission() RETURNS trigger LANGUAGE plpgsql AS $$
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

MACHINES_BACK = """
DROP TRIGGER submission_is_whole ON stories_decision;
DROP TRIGGER submission_is_whole ON stories_claim;
DROP TRIGGER submission_is_whole ON stories_submission;
DROP FUNCTION stories_check_submission();
DROP TRIGGER move_has_its_event ON stories_story;
DROP TRIGGER move_has_its_event ON stories_submission;
DROP FUNCTION stories_need_event();
DROP TRIGGER move_is_legal ON stories_story;
DROP TRIGGER move_is_legal ON stories_submission;
DROP FUNCTION stories_refuse_illegal_move();
DROP FUNCTION stories_move_is_legal(text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0001_stories")]

    operations = [
        migrations.RunSQL(CONTENT, CONTENT_BACK),
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK),
        migrations.RunSQL(DECISIONS, DECISIONS_BACK),
        migrations.RunSQL(PUBLICATION, PUBLICATION_BACK),
        migrations.RunSQL(MACHINES, MACHINES_BACK),
    ]
