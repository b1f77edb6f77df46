"""What nothing reads: a topic that no editor could hand a submission to, and words of reasons beside their versions."""

from django.db import migrations

SHELVES = """
DROP TRIGGER submission_is_shelved ON stories_submission;
CREATE OR REPLACE FUNCTION stories_shelve_submission() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  SELECT r.language, r.topics INTO NEW.language, NEW.topics FROM stories_revision r WHERE r.id = NEW.revision_id;
  RETURN NEW;
END $$;
CREATE TRIGGER submission_is_shelved BEFORE INSERT OR UPDATE OF revision_id ON stories_submission
  FOR EACH ROW EXECUTE FUNCTION stories_shelve_submission();
"""

SHELVES_BACK = """
DROP TRIGGER submission_is_shelved ON stories_submission;
CREATE OR REPLACE FUNCTION stories_shelve_submission() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  SELECT r.language, CASE NEW.shelf WHEN '' THEN r.topics ELSE ARRAY[NEW.shelf] END
    INTO NEW.language, NEW.topics FROM stories_revision r WHERE r.id = NEW.revision_id;
  RETURN NEW;
END $$;
CREATE TRIGGER submission_is_shelved BEFORE INSERT OR UPDATE OF revision_id, shelf ON stories_submission
  FOR EACH ROW EXECUTE FUNCTION stories_shelve_submission();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0038_taking_over_and_presence"),
    ]

    operations = [
        migrations.RunSQL(SHELVES, SHELVES_BACK),
        migrations.RemoveField("submission", "shelf"),
        migrations.RemoveField("reason", "text"),
    ]
