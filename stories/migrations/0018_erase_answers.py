"""Deleting a story for good takes what its authors wrote beside it too: answers to requests, and notes."""

from django.db import migrations

ANSWERS = """
CREATE FUNCTION stories_refuse_change_but_erased_answer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || '{"text": "[deleted]"}' AND EXISTS (
      SELECT 1 FROM stories_request r
        JOIN stories_decision d ON d.id = r.decision_id
        JOIN stories_submission u ON u.id = d.submission_id
        JOIN stories_story s ON s.id = u.story_id
        JOIN stories_event e ON e.story_id = s.id
       WHERE r.id = OLD.request_id AND s.erased_at IS NOT NULL
         AND e.action = 'erase' AND e.xact = txid_current()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
DROP TRIGGER append_only ON stories_answer;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_answer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erased_answer();
"""

ANSWERS_BACK = """
DROP TRIGGER append_only ON stories_answer;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_answer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
DROP FUNCTION stories_refuse_change_but_erased_answer();
"""

# By what was done rather than by whom: a story may have several authors, and each note of an editor stays.
ERASE = """
CREATE OR REPLACE FUNCTION stories_erase_texts(subject bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE stories_revision
     SET title = '', summary = '', body = '', topics = '{}', tags = '{}', cover = '', cover_alt = '',
         pictures = '{}', disclosures = '{}', is_erased = true
   WHERE story_id = subject AND NOT is_erased;
  UPDATE stories_event SET note = ''
   WHERE story_id = subject AND note <> '' AND action NOT IN (
     'claim', 'release', 'expire', 'approve', 'return', 'decline', 'publish', 'schedule', 'remove', 'restore',
     'change_disclaimer', 'waive');
  UPDATE stories_answer a SET text = '[deleted]'
    FROM stories_request r, stories_decision d, stories_submission s
   WHERE a.request_id = r.id AND r.decision_id = d.id AND d.submission_id = s.id AND s.story_id = subject
     AND a.kind <> 'waived' AND a.text NOT IN ('', '[deleted]');
$$;
"""

ERASE_BACK = """
CREATE OR REPLACE FUNCTION stories_erase_texts(subject bigint) RETURNS void
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


class Migration(migrations.Migration):
    dependencies = [("stories", "0017_preview_links")]

    operations = [
        migrations.RunSQL(ANSWERS, ANSWERS_BACK),
        migrations.RunSQL(ERASE, ERASE_BACK),
    ]
