"""What every site begins with: the two groups of editors, the reasons to decline, and the disclaimers."""

from datetime import UTC, datetime

from django.db import migrations

EDITORS, CHIEF_EDITORS = "Editors", "Chief editors"
BOTH = (EDITORS, CHIEF_EDITORS)
# Each permission: its model, its name, and the groups that have it.
PERMISSIONS = {
    "review_submission": ("submission", "Can take stories from the queue and decide on them", BOTH),
    "read_log": ("submission", "Can read the record of the editors' desk", BOTH),
    "change_published_disclaimer": (
        "carrieddisclaimer",
        "Can change the disclaimer of a published story",
        BOTH,
    ),
    "remove_story": ("story", "Can remove a published story and restore it", BOTH),
    "edit_disclaimer": ("disclaimer", "Can write disclaimers", (CHIEF_EDITORS,)),
    "edit_reason": ("reason", "Can write reasons", (CHIEF_EDITORS,)),
}

REASONS = [
    ("off-topic", "editorial", "Not what this site is for",
     "The story does not fit what this site publishes. That says nothing about its worth elsewhere.",
     "You can publish it elsewhere as it is, or write about it from a side that fits this site."),
    ("too-thin", "editorial", "Too little told yet",
     "The story does not yet tell enough for a reader to take something away from it.",
     "You can add what you saw, did and learnt, and submit it again."),
    ("not-own-experience", "editorial", "Not told from the author's own view",
     "This site publishes what its members know, have done or have thought themselves.",
     "You can tell your own part in it, and submit it again."),
    ("advertising", "rules", "Advertising",
     "The story, or links in it, advertise a product or a service. The house rules do not allow that.",
     "You can take the advertising and its links out, say in the disclosures who paid for what, and submit it "
     "again."),
    ("copied", "rules", "Copied from elsewhere",
     "A large part of the text stands elsewhere under another name, and its author's consent is not known.",
     "You can write it in your own words, or say in the disclosures where your own text stood before."),
    ("unkind", "rules", "Attacks people",
     "The story attacks people for who they are, or names private people in a way that harms them.",
     "You can take the attack or the names out, and submit it again."),
    ("harmful-advice", "rules", "Advice that may harm",
     "The story gives advice on health, money or law that may harm somebody who follows it.",
     "You can tell what you lived through without advising others, and submit it again."),
    ("personal-data", "law", "Somebody's personal data",
     "The story contains personal data of somebody who has not agreed to it.",
     "You can take the data out or show that the person agrees, and submit it again."),
    ("unlawful", "law", "Against the law",
     "What the story says or shows is against the law where this site is run.",
     "You can take out what is against the law, and submit it again."),
]  # fmt: skip

DISCLAIMERS = [
    ("community", "Community story", "", "Community story",
     "This is a user generated content for {site}, a {publisher} initiative to enable its community to "
     "contribute and have their voices heard. The views and writings here reflect that of the author and not "
     "of {publisher}."),
    ("opinion", "Opinion", "", "Opinion",
     "This is the author's own opinion, written for {site}, a {publisher} initiative for its community. It is "
     "not the opinion of {publisher}."),
    ("own-business", "The author's own business", "company", "Community story",
     "The author writes about a business of their own. This is a user generated content for {site}; "
     "{publisher} was not paid for it and does not recommend what it describes."),
    ("advice", "Health, money or law", "", "Not professional advice",
     "This is a member's own experience, written for {site}. It is not advice on health, money or law, and "
     "{publisher} has not checked it. Ask somebody qualified before you act on it."),
    ("paid", "Paid for, or in exchange", "paid", "Paid for",
     "Somebody paid for this story or gave something in exchange for it, as said below. It is user generated "
     "content for {site}; {publisher} was not paid for it and does not recommend what it describes."),
]  # fmt: skip

MADE_AT = datetime(2026, 11, 1, tzinfo=UTC)


def begin(apps, schema_editor):
    alias = schema_editor.connection.alias

    def every(app_label, model):
        return apps.get_model(app_label, model).objects.using(alias)

    groups = {name: every("auth", "Group").get_or_create(name=name)[0] for name in BOTH}
    for codename, (model, name, holders) in PERMISSIONS.items():
        kind, _ = every("contenttypes", "ContentType").get_or_create(app_label="stories", model=model)
        permission, _ = every("auth", "Permission").get_or_create(
            content_type=kind, codename=codename, defaults={"name": name}
        )
        for holder in holders:
            groups[holder].permissions.add(permission)
    for position, (code, family, label, text, remedy) in enumerate(REASONS):
        reason, is_new = every("stories", "Reason").get_or_create(
            code=code, defaults={"family": family, "label": label, "position": position}
        )
        if is_new:
            every("stories", "ReasonVersion").create(
                reason=reason, language="en", number=1, label=label, text=text, remedy=remedy, made_at=MADE_AT
            )
    for key, name, answers, label, text in DISCLAIMERS:
        disclaimer, is_new = every("stories", "Disclaimer").get_or_create(
            key=key, defaults={"name": name, "is_default": key == "community", "answers": answers}
        )
        if is_new:
            every("stories", "DisclaimerVersion").create(
                disclaimer=disclaimer, language="en", number=1, label=label, text=text, made_at=MADE_AT
            )


class Migration(migrations.Migration):
    replaces = [
        ("stories", "0003_roles_reasons_disclaimers"),
        ("stories", "0008_disclaimers_of_disclosures"),
        ("stories", "0033_words_of_reasons"),
        ("stories", "0039_neither_shelf_nor_second_words"),
    ]
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("stories", "0012_guards_of_members"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
