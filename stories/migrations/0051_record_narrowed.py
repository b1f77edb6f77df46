"""The log narrowed to a person, an action or a reason is read from an index, and chief editors take it away."""

from django.db import migrations, models

from mystory.database.together import Together

NAMES = {
    "export_log": "Can take the record of the editors' desk away as a file",
    "see_colleagues_load": "Can see what each editor does",
}


def permit(apps, schema_editor):
    alias = schema_editor.connection.alias
    kind, _ = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(alias)
        .get_or_create(app_label="stories", model="submission")
    )
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    chiefs = apps.get_model("auth", "Group").objects.using(alias).get(name="Chief editors")
    for codename, name in NAMES.items():
        may, _ = permissions.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
        chiefs.permissions.add(may)


class Migration(migrations.Migration):
    dependencies = [("stories", "0013_what_a_site_starts_with")]

    operations = [
        Together(
            [
                migrations.AlterModelOptions(
                    name="submission",
                    options={
                        "permissions": [
                            ("review_submission", "Can take stories from the queue and decide on them"),
                            ("read_log", "Can read the record of the editors' desk"),
                            *NAMES.items(),
                        ]
                    },
                ),
                migrations.RemoveIndex(model_name="event", name="event_by_actor"),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["actor", "-at", "-id"], name="event_log_of_actor"),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["action", "-at", "-id"], name="event_log_of_action"),
                ),
                migrations.AddIndex(
                    model_name="publicline",
                    index=models.Index(
                        condition=~models.Q(reason=""),
                        fields=["reason", "-at", "-event"],
                        name="public_line_of_reason",
                    ),
                ),
            ]
        ),
        migrations.RunPython(permit, migrations.RunPython.noop),
    ]
