"""What the database itself holds of the bin: nothing in it waits for an editor, and what is erased stays erased.

The record loses an author's own words in one way only: by `stories_erase_texts`, for a story that was erased in
the same transaction and whose erasure is recorded. The site's role may call it, and may still not change a row.
"""

from django.db import migrations

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

ERASURE = """
CREATE FUNCTION stories_refuse_change_but_erasure() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  blank jsonb := TG_ARGV[0]::jsonb;
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || blank AND EXISTS (
      SELECT 1 FROM stories_story s JOIN stories_event e ON e.story_id = s.id
       WHERE s.id = (to_jsonb(OLD)->>'story_id')::bigint AND s.erased_at IS NOT NULL
         AND e.action = 'erase' AND e.xact = txid_current()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
DROP TRIGGER append_only ON stories_event;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_event
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erasure('{"note": ""}');
DROP TRIGGER append_only ON stories_revision;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_revision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erasure(
    '{"title": "", "summary": "", "body": "", "topics": [], "tags": [], "cover": "", "cover_alt": "",
      "pictures": [], "disclosures": [], "is_erased": true}');

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

CREATE FUNCTION stories_erase_texts(subject bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE stories_revision
     SET title = '', summary = '', body = '', topics = '{}', tags = '{}', cover = '', cover_alt = '',
         pictures = '{}', disclosures = '{}', is_erased = true
   WHERE story_id = subject AND NOT is_erased;
  UPDATE stories_event e SET note = ''
    FROM stories_story s
   WHERE s.id = subject AND e.story_id = s.id AND e.actor_id = s.author_id AND e.note <> '';
$$;
"""

ERASURE_BACK = """
DROP FUNCTION stories_erase_texts(bigint);
DROP TRIGGER revision_begins_with_its_text ON stories_revision;
DROP FUNCTION stories_refuse_blank_revision();
DROP TRIGGER append_only ON stories_revision;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_revision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
DROP TRIGGER append_only ON stories_event;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_event
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
DROP FUNCTION stories_refuse_change_but_erasure();
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0010_bin_and_erasure")]

    operations = [
        migrations.RunSQL(BIN, BIN_BACK),
        migrations.RunSQL(ERASURE, ERASURE_BACK),
    ]
