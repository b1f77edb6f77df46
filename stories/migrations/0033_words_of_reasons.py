"""The reasons' first words become their first version, and what authors were given stays as it was given."""

from datetime import UTC, datetime

from django.db import migrations

GUARDS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_reasonversion
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_statement
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_publicline
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
"""

GUARDS_BACK = """
DROP TRIGGER append_only ON stories_publicline;
DROP TRIGGER append_only ON stories_statement;
DROP TRIGGER append_only ON stories_reasonversion;
"""

REMEDIES = {
    "off-topic": "You can publish it elsewhere as it is, or write about it from a side that fits this site.",
    "too-thin": "You can add what you saw, did and learnt, and submit it again.",
    "not-own-experience": "You can tell your own part in it, and submit it again.",
    "advertising": "You can take the advertising and its links out, say in the disclosures who paid for what, "
    "and submit it again.",
    "copied": "You can write it in your own words, or say in the disclosures where your own text stood before.",
    "unkind": "You can take the attack or the names out, and submit it again.",
    "harmful-advice": "You can tell what you lived through without advising others, and submit it again.",
    "personal-data": "You can take the data out or show that the person agrees, and submit it again.",
    "unlawful": "You can take out what is against the law, and submit it again.",
}
ANYTHING_ELSE = "You can change the text and submit it again."


def begin(apps, schema_editor):
    alias = schema_editor.connection.alias
    versions = apps.get_model("stories", "ReasonVersion").objects.using(alias)
    for reason in apps.get_model("stories", "Reason").objects.using(alias).all():
        versions.create(
            reason=reason,
            language="en",
            number=1,
            label=reason.label,
            text=reason.text,
            remedy=REMEDIES.get(reason.code, ANYTHING_ELSE),
            made_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    kind, _ = content_types.get_or_create(app_label="stories", model="reason")
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    may_write, _ = permissions.get_or_create(
        content_type=kind, codename="edit_reason", defaults={"name": "Can write reasons"}
    )
    apps.get_model("auth", "Group").objects.using(alias).get(name="Chief editors").permissions.add(may_write)


class Migration(migrations.Migration):
    dependencies = [("stories", "0032_reason_versions")]

    operations = [
        migrations.RunSQL(GUARDS, GUARDS_BACK),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
