"""Decisions that can still be taken back, how each ended, and what the database refuses about both."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from mystory.database.together import Together

HELD = """
CREATE FUNCTION stories_check_held_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT s.state, s.revision_id, s.story_id, r.sha256, c.editor_id, c.submission_id AS claimed, c.ended_at
    INTO facts
    FROM stories_submission s
    JOIN stories_revision r ON r.id = NEW.revision_id
    JOIN stories_claim c ON c.id = NEW.claim_id
   WHERE s.id = NEW.submission_id;
  IF stories_wrote(facts.story_id, NEW.decided_by_id) THEN
    RAISE EXCEPTION 'nobody decides on their own story'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'held_decision_is_not_by_author';
  END IF;
  IF facts.revision_id <> NEW.revision_id OR facts.sha256 <> NEW.sha256 THEN
    RAISE EXCEPTION 'a decision is about the very text that was submitted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'held_decision_is_on_the_text_read';
  END IF;
  IF facts.claimed <> NEW.submission_id OR facts.editor_id <> NEW.decided_by_id OR facts.ended_at IS NOT NULL
     OR facts.state <> 'in_review' THEN
    RAISE EXCEPTION 'a decision needs the live claim of the editor who makes it'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'held_decision_has_its_claim';
  END IF;
  IF stories_is_held(NEW.claim_id) THEN
    RAISE EXCEPTION 'under one claim one decision is held'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'one_held_decision_a_claim';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION stories_is_held(claim bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.stories_helddecision h
                  WHERE h.claim_id = claim
                    AND NOT EXISTS (SELECT 1 FROM public.stories_heldend e WHERE e.held_id = h.id))
$$;

CREATE TRIGGER held_decision_is_fair BEFORE INSERT ON stories_helddecision
  FOR EACH ROW EXECUTE FUNCTION stories_check_held_decision();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_helddecision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON stories_heldend
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_change();
"""

HELD_BACK = """
DROP TRIGGER append_only ON stories_heldend;
DROP TRIGGER append_only ON stories_helddecision;
DROP TRIGGER held_decision_is_fair ON stories_helddecision;
DROP FUNCTION stories_is_held(bigint);
DROP FUNCTION stories_check_held_decision();
"""

# A decision is taken back in its time and by who made it, carried out after it, and as it was made.
ENDS = """
CREATE FUNCTION stories_check_held_end() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  held stories_helddecision;
BEGIN
  SELECT * INTO held FROM stories_helddecision h WHERE h.id = NEW.held_id;
  IF NEW.kind = 'taken_back' AND NEW.by_id <> held.decided_by_id THEN
    RAISE EXCEPTION 'only who made a decision takes it back'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'taken_back_by_who_decided';
  END IF;
  IF NEW.kind = 'taken_back' AND NEW.at >= held.due_at THEN
    RAISE EXCEPTION 'the time to take this decision back was over at %', held.due_at
      USING ERRCODE = 'check_violation', CONSTRAINT = 'taken_back_in_time';
  END IF;
  IF NEW.kind = 'carried_out' AND NEW.at < held.due_at THEN
    RAISE EXCEPTION 'this decision can be taken back until %', held.due_at
      USING ERRCODE = 'check_violation', CONSTRAINT = 'carried_out_after_its_time';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER held_end_is_fair BEFORE INSERT ON stories_heldend
  FOR EACH ROW EXECUTE FUNCTION stories_check_held_end();

CREATE FUNCTION stories_need_carried_out() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM stories_helddecision h JOIN stories_decision d ON d.claim_id = h.claim_id
       WHERE h.id = NEW.held_id
         AND (d.kind, d.revision_id, d.sha256, d.decided_by_id, d.note, d.disclaimers)
             = (h.kind, h.revision_id, h.sha256, h.decided_by_id, h.note, h.disclaimers)
         AND d.reason_id IS NOT DISTINCT FROM h.reason_id) THEN
    RAISE EXCEPTION 'held decision % was not carried out as it was made', NEW.held_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'carried_out_as_made';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER carried_out_as_made AFTER INSERT ON stories_heldend
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'carried_out')
  EXECUTE FUNCTION stories_need_carried_out();
"""

ENDS_BACK = """
DROP TRIGGER carried_out_as_made ON stories_heldend;
DROP FUNCTION stories_need_carried_out();
DROP TRIGGER held_end_is_fair ON stories_heldend;
DROP FUNCTION stories_check_held_end();
"""

# While one is held there is no other decision, and nobody takes the story out of its editor's hands.
MEANWHILE = """
CREATE FUNCTION stories_refuse_while_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF stories_is_held(CASE TG_TABLE_NAME WHEN 'stories_claim' THEN (to_jsonb(NEW)->>'id')::bigint
                     ELSE (to_jsonb(NEW)->>'claim_id')::bigint END) THEN
    RAISE EXCEPTION 'a decision is held under this claim: it ends first'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'held_decision_ends_first';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER held_decision_ends_first BEFORE INSERT ON stories_decision
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_while_held();
CREATE TRIGGER held_decision_ends_first BEFORE UPDATE OF ended_at ON stories_claim
  FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION stories_refuse_while_held();
"""

MEANWHILE_BACK = """
DROP TRIGGER held_decision_ends_first ON stories_claim;
DROP TRIGGER held_decision_ends_first ON stories_decision;
DROP FUNCTION stories_refuse_while_held();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0052_figures"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("approve", "approved"), ("return", "sent back"), ("decline", "declined")],
                        max_length=8,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("decided_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="until when it can be taken back")),
                (
                    "led_by",
                    models.CharField(
                        choices=[
                            ("own", "An editor read it, as every story is read"),
                            ("notice", "Somebody sent us a notice about it"),
                            ("check", "An automatic check drew the editor's attention to it"),
                        ],
                        default="own",
                        max_length=8,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                (
                    "requests",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("publish_at", models.DateTimeField(null=True)),
                (
                    "disclaimers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_decisions",
                        to="stories.claim",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.reason",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="stories.revision"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_decisions",
                        to="stories.submission",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HeldEnd",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken_back", "taken back"),
                            ("carried_out", "carried out"),
                            ("overtaken", "not carried out"),
                        ],
                        max_length=11,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("why", models.TextField(blank=True, verbose_name="what came between")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "held",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="stories.helddecision",
                    ),
                ),
            ],
        ),
        Together(
            [
                migrations.AddIndex(
                    model_name="helddecision",
                    index=models.Index(fields=["due_at", "id"], name="held_decision_due"),
                ),
                migrations.AddIndex(
                    model_name="helddecision",
                    index=models.Index(fields=["decided_by", "-id"], name="held_decision_of_editor"),
                ),
                migrations.AddConstraint(
                    model_name="helddecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["approve", "return", "decline"])),
                        name="held_decision_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="helddecision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("due_at__gt", models.F("decided_at"))),
                        name="held_decision_has_its_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="heldend",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by__isnull", False), ("kind", "taken_back"), ("why", "")),
                            models.Q(("by__isnull", True), ("kind", "carried_out"), ("why", "")),
                            models.Q(
                                models.Q(("by__isnull", True), ("kind", "overtaken")),
                                models.Q(("why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="held_end_is_whole",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(HELD, HELD_BACK),
        migrations.RunSQL(ENDS, ENDS_BACK),
        migrations.RunSQL(MEANWHILE, MEANWHILE_BACK),
    ]
