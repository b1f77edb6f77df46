"""What the database itself refuses about stories, whoever asks: another text than was approved, or no disclaimer."""

from django.db import migrations

CONTENT = """
CREATE FUNCTION stories_content_list(field text, items text[]) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT field || '/' || cardinality(items) || chr(10) || coalesce(
    (SELECT string_agg(octet_length(item) || ':' || item || chr(10), '' ORDER BY place)
       FROM unnest(items) WITH ORDINALITY AS listed(item, place)), '')
$$;

CREATE FUNCTION stories_content_sha256(
  title text, summary text, body text, language text, topics text[], tags text[], cover text, cover_alt text,
  pictures text[], disclosures text[]
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

CREATE FUNCTION stories_revision_is_its_hash() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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

CREATE FUNCTION stories_refuse_blank_revision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.is_erased THEN
    RAISE EXCEPTION 'a revision begins with its text'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'revision_begins_with_its_text';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER revision_begins_with_its_text BEFORE INSERT ON stories_revision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_blank_revision();
"""

CONTENT_BACK = """
DROP TRIGGER revision_begins_with_its_text ON stories_revision;
DROP FUNCTION stories_refuse_blank_revision();
DROP TRIGGER revision_is_its_hash ON stories_revision;
DROP FUNCTION stories_revision_is_its_hash();
DROP FUNCTION stories_content_sha256(text, text, text, text, text[], text[], text, text, text[], text[]);
DROP FUNCTION stories_content_list(text, text[]);
"""

AUTHORS = """
CREATE FUNCTION stories_wrote(story bigint, member bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.stories_story t WHERE t.id = story AND t.author_id = member)
      OR EXISTS (SELECT 1 FROM public.stories_authorship a WHERE a.story_id = story AND a.author_id = member)
$$;

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

AUTHORS_BACK = """
DROP TRIGGER authorship_is_fair ON stories_authorship;
DROP FUNCTION stories_check_authorship();
DROP FUNCTION stories_wrote(bigint, bigint);
"""

PUBLIC = """
CREATE FUNCTION stories_refuse_unapproved() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
    IF NOT EXISTS (SELECT 1 FROM stories_event e
                    WHERE e.story_id = NEW.id AND e.action = 'hand_over' AND e.xact = txid_current()) THEN
      RAISE EXCEPTION 'a story keeps its author until it is handed over'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'story_keeps_its_author';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM stories_authorship a
                    WHERE a.story_id = NEW.id AND a.author_id = NEW.author_id AND a.left_at IS NULL) THEN
      RAISE EXCEPTION 'a story is handed over to one of its authors'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'story_is_led_by_an_author';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER published_revision_is_approved
  BEFORE INSERT OR UPDATE OF published_revision_id, scheduled_revision_id, author_id, state ON stories_story
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_unapproved();

CREATE FUNCTION stories_need_disclaimer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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

PUBLIC_BACK = """
DROP TRIGGER public_story_has_disclaimer ON stories_carrieddisclaimer;
DROP TRIGGER public_story_has_disclaimer ON stories_story;
DROP FUNCTION stories_need_disclaimer();
DROP TRIGGER published_revision_is_approved ON stories_story;
DROP FUNCTION stories_refuse_unapproved();
"""

BIN = """
CREATE FUNCTION stories_check_bin() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  subject bigint := CASE WHEN TG_TABLE_NAME = 'stories_story' THEN (to_jsonb(NEW)->>'id')::bigint
                         ELSE (to_jsonb(NEW)->>'story_id')::bigint END;
BEGIN
  IF EXISTS (SELECT 1 FROM stories_story WHERE id = subject AND deleted_at IS NOT NULL)
     AND EXISTS (SELECT 1 FROM stories_submission
                  WHERE story_id = subject AND state IN ('queued', 'in_review', 'returned')) THEN
    RAISE EXCEPTION 'story % lies in the bin and cannot be with the editors', subject
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_in_bin_is_not_submitted';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER story_in_bin_is_not_submitted AFTER INSERT OR UPDATE OF deleted_at ON stories_story
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_bin();
CREATE CONSTRAINT TRIGGER story_in_bin_is_not_submitted AFTER INSERT OR UPDATE OF state ON stories_submission
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_bin();

CREATE FUNCTION stories_refuse_return() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL AND NEW.erased_at IS DISTINCT FROM OLD.erased_at THEN
    RAISE EXCEPTION 'story % was deleted for good', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'story_erased_stays_erased';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER story_erased_stays_erased BEFORE UPDATE OF erased_at ON stories_story
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_return();
"""

BIN_BACK = """
DROP TRIGGER story_erased_stays_erased ON stories_story;
DROP FUNCTION stories_refuse_return();
DROP TRIGGER story_in_bin_is_not_submitted ON stories_submission;
DROP TRIGGER story_in_bin_is_not_submitted ON stories_story;
DROP FUNCTION stories_check_bin();
"""


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0002_guards"),
        ("stories", "0011_bin_guards"),
        ("stories", "0021_who_wrote_decides_nothing"),
    ]
    dependencies = [("stories", "0007_guards_of_the_record")]

    operations = [
        migrations.RunSQL(CONTENT, CONTENT_BACK),
        migrations.RunSQL(AUTHORS, AUTHORS_BACK),
        migrations.RunSQL(PUBLIC, PUBLIC_BACK),
        migrations.RunSQL(BIN, BIN_BACK),
    ]
