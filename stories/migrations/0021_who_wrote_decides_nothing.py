"""All authors of a story into the new table, and the guards know them: who ever wrote it neither claims nor decides."""

from django.db import migrations

BEGINNERS = """
INSERT INTO stories_authorship (story_id, author_id, position, joined_at, listed_at)
SELECT id, author_id, 0, created_at, CASE state WHEN 'published' THEN first_published_at END FROM stories_story
ON CONFLICT DO NOTHING;
"""

WROTE = """
CREATE OR REPLACE FUNCTION stories_wrote(story bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.stories_story t WHERE t.id = story AND t.author_id = member)
      OR EXISTS (SELECT 1 FROM public.stories_authorship a WHERE a.story_id = story AND a.author_id = member)
$$;
"""

WROTE_BACK = """
CREATE OR REPLACE FUNCTION stories_wrote(story bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.stories_story t WHERE t.id = story AND t.author_id = member)
$$;
"""

CLAIMS = """
CREATE OR REPLACE FUNCTION stories_check_claim() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
"""

DECISIONS = """
CREATE OR REPLACE FUNCTION stories_check_decision() RETURNS trigger
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
"""

AUTHORSHIPS = """
CREATE FUNCTION stories_check_authorship() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF EXISTS (SELECT 1 FROM stories_revision r WHERE r.story_id = OLD.story_id) THEN
      RAISE EXCEPTION 'who wrote a story that was submitted stays known'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'authorship_stays';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.story_id, NEW.author_id) IS DISTINCT FROM (OLD.story_id, OLD.author_id) THEN
    RAISE EXCEPTION 'who wrote a story stays known'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'authorship_stays';
  END IF;
  IF NEW.left_at IS NOT NULL AND EXISTS (
      SELECT 1 FROM stories_story t WHERE t.id = NEW.story_id AND t.author_id = NEW.author_id) THEN
    RAISE EXCEPTION 'who began a story stays with it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'beginner_stays';
  END IF;
  IF NEW.left_at IS NULL AND EXISTS (
      SELECT 1 FROM stories_claim c JOIN stories_submission s ON s.id = c.submission_id
       WHERE s.story_id = NEW.story_id AND c.editor_id = NEW.author_id AND c.ended_at IS NULL) THEN
    RAISE EXCEPTION 'who reads a story as its editor is not among its authors'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'author_holds_no_claim';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER authorship_is_fair BEFORE INSERT OR UPDATE OR DELETE ON stories_authorship
  FOR EACH ROW EXECUTE FUNCTION stories_check_authorship();
"""

AUTHORSHIPS_BACK = """
DROP TRIGGER authorship_is_fair ON stories_authorship;
DROP FUNCTION stories_check_authorship();
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0020_authors")]

    operations = [
        # Going back, the guards ask the same question and it knows of who began the story alone.
        migrations.RunSQL(WROTE, WROTE_BACK),
        migrations.RunSQL(CLAIMS, migrations.RunSQL.noop),
        migrations.RunSQL(DECISIONS, migrations.RunSQL.noop),
        migrations.RunSQL(AUTHORSHIPS, AUTHORSHIPS_BACK),
        # Last: rows that wait for their foreign keys to be looked at keep a table from being changed.
        migrations.RunSQL(BEGINNERS, migrations.RunSQL.noop),
    ]
