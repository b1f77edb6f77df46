"""Disclaimers for what authors disclose: the one that is there for their own business, and one for what was paid for."""

from datetime import UTC, datetime

from django.db import migrations

TEXT = (
    "Somebody paid for this story or gave something in exchange for it, as said below. It is user generated "
    "content for {site}; {publisher} was not paid for it and does not recommend what it describes."
)


def begin(apps, schema_editor):
    alias = schema_editor.connection.alias
    disclaimers = apps.get_model("stories", "Disclaimer").objects.using(alias)
    versions = apps.get_model("stories", "DisclaimerVersion").objects.using(alias)
    disclaimers.filter(key="own-business").update(answers="company")
    paid, is_new = disclaimers.get_or_create(
        key="paid", defaults={"name": "Paid for, or in exchange", "answers": "paid"}
    )
    if is_new:
        versions.create(
            disclaimer=paid,
            language="en",
            number=1,
            label="Paid for",
            text=TEXT,
            made_at=datetime(2026, 11, 1, tzinfo=UTC),
        )


def take_back(apps, schema_editor):
    """The words stay, which no story may lose; nothing chooses them any more."""
    apps.get_model("stories", "Disclaimer").objects.using(schema_editor.connection.alias).update(answers="")


class Migration(migrations.Migration):
    dependencies = [("stories", "0007_disclosures")]

    operations = [migrations.RunPython(begin, take_back)]
