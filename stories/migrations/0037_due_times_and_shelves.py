"""When an answer is due, under what editors look for a submission, and what its author is known for."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.functions.datetime
from django.db import migrations, models

SHELVES = """
CREATE FUNCTION stories_shelve_submission() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  SELECT r.language, CASE NEW.shelf WHEN '' THEN r.topics ELSE ARRAY[NEW.shelf] END
    INTO NEW.language, NEW.topics FROM stories_revision r WHERE r.id = NEW.revision_id;
  RETURN NEW;
END $$;
CREATE TRIGGER submission_is_shelved BEFORE INSERT OR UPDATE OF revision_id, shelf ON stories_submission
  FOR EACH ROW EXECUTE FUNCTION stories_shelve_submission();
"""

SHELVES_BACK = """
DROP TRIGGER submission_is_shelved ON stories_submission;
DROP FUNCTION stories_shelve_submission();
"""

# Nobody was promised a time yet: three days from when each began to wait, in the order they wait in.
FORMER = """
UPDATE stories_submission s
   SET due_at = s.queued_at + interval '3 days',
       language = r.language,
       topics = r.topics,
       author_record = CASE
         WHEN EXISTS (SELECT 1 FROM stories_story o WHERE o.author_id = t.author_id AND o.state = 'removed')
           OR EXISTS (SELECT 1 FROM stories_decision d JOIN stories_submission e ON e.id = d.submission_id
                        JOIN stories_story o ON o.id = e.story_id
                       WHERE o.author_id = t.author_id AND d.kind = 'decline') THEN 'declined'
         WHEN EXISTS (SELECT 1 FROM stories_story o
                       WHERE o.author_id = t.author_id AND o.first_published_at IS NOT NULL) THEN 'published'
         ELSE 'first' END
  FROM stories_revision r, stories_story t
 WHERE r.id = s.revision_id AND t.id = s.story_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0036_prepared_replies"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="submission",
            name="submission_waiting",
        ),
        migrations.RemoveIndex(
            model_name="submission",
            name="submission_with_editors",
        ),
        migrations.AddField(
            model_name="submission",
            name="author_record",
            field=models.CharField(
                choices=[
                    ("first", "Nothing published yet"),
                    ("published", "Published before"),
                    ("declined", "Declined or removed before"),
                ],
                db_default="first",
                default="first",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="due_at",
            field=models.DateTimeField(
                db_default=django.db.models.functions.datetime.Now(), verbose_name="when an answer is due"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="escalated_at",
            field=models.DateTimeField(
                null=True, verbose_name="when the chief editors were told that it is overdue"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="language",
            field=models.CharField(
                blank=True, db_default="", editable=False, max_length=8, verbose_name="that of the text"
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="shelf",
            field=models.SlugField(
                blank=True,
                db_default="",
                db_index=False,
                max_length=60,
                verbose_name="topic that an editor handed it to",
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60),
                blank=True,
                db_default=[],
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="submission",
            name="warned_at",
            field=models.DateTimeField(
                null=True, verbose_name="when its reader was told that it is due soon"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state", "queued")), fields=["due_at", "id"], name="submission_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "in_review"])),
                fields=["due_at", "id"],
                name="submission_with_editors",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "in_review"])),
                fields=["language", "due_at", "id"],
                name="submission_in_language",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "in_review"])),
                fields=["author_record", "due_at", "id"],
                name="submission_by_record",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("state__in", ["queued", "in_review"])),
                fields=["topics"],
                name="submission_on_topic",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "in_review"])),
                fields=["queued_at"],
                name="submission_waiting_since",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state", "in_review")),
                fields=["due_at", "id"],
                name="submission_being_read",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state", "returned")), fields=["due_at", "id"], name="submission_returned"
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("state__in", ["queued", "in_review"]), ("warned_at__isnull", True)),
                fields=["due_at"],
                name="submission_to_warn_of",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("escalated_at__isnull", True), ("state__in", ["queued", "in_review"])),
                fields=["due_at"],
                name="submission_to_escalate",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(("author_record__in", ["first", "published", "declined"])),
                name="author_record_is_known",
            ),
        ),
        migrations.RunSQL(SHELVES, SHELVES_BACK),
        # Last: rows whose deferred triggers wait keep a table from being changed.
        migrations.RunSQL(FORMER, migrations.RunSQL.noop),
    ]
