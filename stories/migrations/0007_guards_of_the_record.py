"""What the database itself refuses about the record: that its rows change, or go.

Authors' own words leave it in one way only: by the functions here that erase them, for a story that was erased in the
same transaction and whose erasure is recorded; and what is known of who sent a report half a year after its end. The
site's role may call these, and may still not change a row.

Functions name their schema and tables in full where an index or a restricted search path may call them.
"""

from django.db import migrations

RECORD = """
CREATE FUNCTION stories_refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_decision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_disclaimerversion
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER words_stay BEFORE UPDATE ON stories_carrieddisclaimer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_request
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_reportdecision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_settlement
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_privatenote
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_styleconsent
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_fix
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_reasonversion
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_statement
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_publicline
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_appealanswer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
"""

RECORD_BACK = """
DROP TRIGGER append_only ON stories_appealanswer;
DROP TRIGGER append_only ON stories_publicline;
DROP TRIGGER append_only ON stories_statement;
DROP TRIGGER append_only ON stories_reasonversion;
DROP TRIGGER append_only ON stories_fix;
DROP TRIGGER append_only ON stories_styleconsent;
DROP TRIGGER append_only ON stories_privatenote;
DROP TRIGGER append_only ON stories_settlement;
DROP TRIGGER append_only ON stories_reportdecision;
DROP TRIGGER append_only ON stories_request;
DROP TRIGGER words_stay ON stories_carrieddisclaimer;
DROP TRIGGER append_only ON stories_disclaimerversion;
DROP TRIGGER append_only ON stories_decision;
DROP FUNCTION stories_refuse_change();
"""

# By what was done rather than by whom: a story may have several authors, and each note of an editor stays.
TEXTS = """
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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_event
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erasure('{"note": ""}');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_revision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erasure(
    '{"title": "", "summary": "", "body": "", "topics": [], "tags": [], "cover": "", "cover_alt": "",
      "pictures": [], "disclosures": [], "is_erased": true}');

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
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_answer
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erased_answer();

CREATE FUNCTION stories_erase_texts(subject bigint) RETURNS void
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

TEXTS_BACK = """
DROP FUNCTION stories_erase_texts(bigint);
DROP TRIGGER append_only ON stories_answer;
DROP FUNCTION stories_refuse_change_but_erased_answer();
DROP TRIGGER append_only ON stories_revision;
DROP TRIGGER append_only ON stories_event;
DROP FUNCTION stories_refuse_change_but_erasure();
"""

NOTES = """
CREATE FUNCTION stories_story_of_note(subject bigint) RETURNS bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT s.story_id FROM stories_note n JOIN stories_submission s ON s.id = n.submission_id WHERE n.id = subject
$$;

CREATE FUNCTION stories_refuse_change_but_erased_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  blank jsonb := TG_ARGV[0]::jsonb;
  subject bigint := CASE WHEN TG_TABLE_NAME = 'stories_note' THEN (to_jsonb(OLD)->>'id')::bigint
                      ELSE (to_jsonb(OLD)->>'note_id')::bigint END;
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || blank AND EXISTS (
      SELECT 1 FROM stories_story s JOIN stories_event e ON e.story_id = s.id
       WHERE s.id = stories_story_of_note(subject) AND s.erased_at IS NOT NULL
         AND e.action = 'erase' AND e.xact = txid_current()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_note
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erased_note(
    '{"quote": "", "before": "", "after": "", "replacement": "", "is_erased": true}');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_message
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erased_note('{"text": "[deleted]"}');

CREATE FUNCTION stories_erase_notes(subject bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE stories_note n SET quote = '', before = '', after = '', replacement = '', is_erased = true
    FROM stories_submission s WHERE n.submission_id = s.id AND s.story_id = subject AND NOT n.is_erased;
  UPDATE stories_message m SET text = '[deleted]'
    FROM stories_note n, stories_submission s
   WHERE m.note_id = n.id AND n.submission_id = s.id AND s.story_id = subject AND m.is_from_author
     AND m.text <> '[deleted]';
$$;
"""

NOTES_BACK = """
DROP FUNCTION stories_erase_notes(bigint);
DROP TRIGGER append_only ON stories_message;
DROP TRIGGER append_only ON stories_note;
DROP FUNCTION stories_refuse_change_but_erased_note();
DROP FUNCTION stories_story_of_note(bigint);
"""

REPORTS = """
CREATE FUNCTION stories_refuse_change_but_forgetting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.erased_at IS NOT NULL AND to_jsonb(NEW) = to_jsonb(OLD) ||
      '{"passage": "", "address": "", "explanation": "", "name": "", "email": "", "reporter_id": null, "key": null,
        "token_sha256": null}' || jsonb_build_object('erased_at', to_jsonb(NEW)->'erased_at')
     AND EXISTS (SELECT 1 FROM stories_reportgroup g
                  WHERE g.id = OLD.group_id AND g.ended_at <= now() - interval '6 months') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_report
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_forgetting();

CREATE FUNCTION stories_forget_reporters(reports bigint) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  forgotten bigint;
BEGIN
  UPDATE stories_report
     SET passage = '', address = '', explanation = '', name = '', email = '', reporter_id = NULL, key = NULL,
         token_sha256 = NULL, erased_at = now()
   WHERE group_id = reports AND erased_at IS NULL;
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END $$;
"""

REPORTS_BACK = """
DROP FUNCTION stories_forget_reporters(bigint);
DROP TRIGGER append_only ON stories_report;
DROP FUNCTION stories_refuse_change_but_forgetting();
"""

APPEALS = """
CREATE FUNCTION stories_refuse_change_but_erased_appeal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(NEW) = to_jsonb(OLD) || '{"text": "[deleted]"}' AND EXISTS (
      SELECT 1 FROM stories_story s JOIN stories_event e ON e.story_id = s.id
       WHERE s.id = OLD.story_id AND s.erased_at IS NOT NULL AND e.action = 'erase' AND e.xact = txid_current()) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is a record: its rows are never changed or deleted', TG_TABLE_NAME
    USING ERRCODE = 'check_violation', CONSTRAINT = 'append_only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_appeal
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change_but_erased_appeal();

CREATE FUNCTION stories_erase_appeals(subject bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE stories_appeal SET text = '[deleted]' WHERE story_id = subject AND text <> '[deleted]';
$$;
"""

APPEALS_BACK = """
DROP FUNCTION stories_erase_appeals(bigint);
DROP TRIGGER append_only ON stories_appeal;
DROP FUNCTION stories_refuse_change_but_erased_appeal();
"""


class Migration(migrations.Migration):
    replaces = [("stories", "0018_erase_answers")]
    dependencies = [("stories", "0006_members")]

    operations = [
        migrations.RunSQL(RECORD, RECORD_BACK),
        migrations.RunSQL(TEXTS, TEXTS_BACK),
        migrations.RunSQL(NOTES, NOTES_BACK),
        migrations.RunSQL(REPORTS, REPORTS_BACK),
        migrations.RunSQL(APPEALS, APPEALS_BACK),
    ]
