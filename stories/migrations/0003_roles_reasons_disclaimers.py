"""What every site begins with: the two groups of editors, the reasons to decline, and the disclaimer of the sample."""

from datetime import UTC, datetime

from django.db import migrations

PERMISSIONS = {
    "Editors": ["review_submission", "read_log", "change_published_disclaimer", "remove_story"],
    "Chief editors": [
        "review_submission",
        "read_log",
        "change_published_disclaimer",
        "remove_story",
        "edit_disclaimer",
    ],
}
NAMES = {
    "review_submission": ("submission", "Can take stories from the queue and decide on them"),
    "read_log": ("submission", "Can read the record of the editors' desk"),
    "change_published_disclaimer": ("carrieddisclaimer", "Can change the disclaimer of a published story"),
    "remove_story": ("story", "Can remove a published story and restore it"),
    "edit_disclaimer": ("disclaimer", "Can write disclaimers"),
}

REASONS = [
    ("off-topic", "editorial", "Not what this site is for",
     "The story does not fit what this site publishes. That says nothing about its worth elsewhere."),
    ("too-thin", "editorial", "Too little told yet",
     "The story does not yet tell enough for a reader to take something away from it."),
    ("not-own-experience", "editorial", "Not told from the author's own view",
     "This site publishes what its members know, have done or have thought themselves."),
    ("advertising", "rules", "Advertising",
     "The story, or links in it, advertise a product or a service. The house rules do not allow that."),
    ("copied", "rules", "Copied from elsewhere",
     "A large part of the text stands elsewhere under another name, and its author's consent is not known."),
    ("unkind", "rules", "Attacks people",
     "The story attacks people for who they are, or names private people in a way that harms them."),
    ("harmful-advice", "rules", "Advice that may harm",
     "The story gives advice on health, money or law that may harm somebody who follows it."),
    ("personal-data", "law", "Somebody's personal data",
     "The story contains personal data of somebody who has not agreed to it."),
    ("unlawful", "law", "Against the law",
     "What the story says or shows is against the law where this site is run."),
]  # fmt: skip

DISCLAIMERS = [
    ("community", "Community story", True,
     "Community story",
     "This is a user generated content for {site}, a {publisher} initiative to enable its community to contribute "
     "and have their voices heard. The views and writings here reflect that of the author and not of {publisher}."),
    ("opinion", "Opinion", False,
     "Opinion",
     "This is the author's own opinion, written for {site}, a {publisher} initiative for its community. "
     "It is not the opinion of {publisher}."),
    ("own-business", "The author's own business", False,
     "Community story",
     "The author writes about a business of their own. This is a user generated content for {site}; "
     "{publisher} was not paid for it and does not recommend what it describes."),
    ("advice", "Health, money or law", False,
     "Not professional advice",
     "This is a member's own experience, written for {site}. It is not advice on health, money or law, "
     "and {publisher} has not checked it. Ask somebody qualified before you act on it."),
]  # fmt: skip


def begin(apps, schema_editor):
    alias = schema_editor.connection.alias
    content_types = apps.get_model("contenttypes", "ContentType").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    made = {}
    for codename, (model, name) in NAMES.items():
        kind, _ = content_types.get_or_create(app_label="stories", model=model)
        made[codename], _ = permissions.get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
    for group_name, codenames in PERMISSIONS.items():
        group, _ = groups.get_or_create(name=group_name)
        group.permissions.add(*(made[codename] for codename in codenames))
    reasons = apps.get_model("stories", "Reason").objects.using(alias)
    for position, (code, family, label, text) in enumerate(REASONS):
        reasons.get_or_create(
            code=code, defaults={"family": family, "label": label, "text": text, "position": position}
        )
    disclaimers = apps.get_model("stories", "Disclaimer").objects.using(alias)
    versions = apps.get_model("stories", "DisclaimerVersion").objects.using(alias)
    for key, name, is_default, label, text in DISCLAIMERS:
        disclaimer, is_new = disclaimers.get_or_create(
            key=key, defaults={"name": name, "is_default": is_default}
        )
        if not is_new:
            continue
        versions.create(
            disclaimer=disclaimer,
            language="en",
            number=1,
            label=label,
            text=text,
            made_at=datetime(2026, 11, 1, tzinfo=UTC),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0002_guards"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
