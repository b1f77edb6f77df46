"""What the database itself refuses about decisions by a policy: whose, on what, and that it shows what was put back."""

from django.db import migrations

_MOVES = """
CREATE OR REPLACE FUNCTION stories_move_is_legal(machine text, source text, target text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = target OR machine || ':' || source || '>' || target IN (
    'submission:>queued', 'submission:returned>queued', 'submission:queued>withdrawn',
    'submission:returned>withdrawn', 'submission:queued>in_review', 'submission:in_review>queued',
    'submission:in_review>approved', 'submission:in_review>returned', 'submission:in_review>declined',{more}
    'story:draft>published', 'story:unlisted>published', 'story:published>unlisted',
    'story:published>removed', 'story:unlisted>removed', 'story:removed>published')
$$;
"""
MOVES = _MOVES.format(more="\n    'submission:queued>approved',")
MOVES_BACK = _MOVES.format(more="")

# One count for the site and for its guards. Who left a story answers for what was decided before.
TRUST = """
CREATE FUNCTION stories_last_breach(member bigint) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT max(b.at) FROM public.stories_authorship m CROSS JOIN LATERAL (
      SELECT d.decided_at AS at
        FROM public.stories_submission s JOIN public.stories_decision d ON d.submission_id = s.id
       WHERE s.story_id = m.story_id AND d.kind = 'decline'
         AND NOT EXISTS (SELECT 1 FROM public.stories_appeal p JOIN public.stories_appealanswer w ON w.appeal_id = p.id
                          WHERE p.decision_id = d.id AND w.is_upheld)
      UNION ALL
      SELECT e.at FROM public.stories_event e
       WHERE e.story_id = m.story_id AND e.action = 'remove'
         AND NOT EXISTS (SELECT 1 FROM public.stories_appeal p JOIN public.stories_appealanswer w ON w.appeal_id = p.id
                          WHERE p.removal_id = e.id AND w.is_upheld)
      UNION ALL
      SELECT d.decided_at
        FROM public.stories_reportgroup g JOIN public.stories_reportdecision d ON d.group_id = g.id
       WHERE g.story_id = m.story_id AND d.kind = 'uphold' AND d.measure <> 'remove'
      UNION ALL
      SELECT l.looked_at
        FROM public.stories_submission s JOIN public.stories_decision d ON d.submission_id = s.id
        JOIN public.stories_laterlook l ON l.decision_id = d.id
       WHERE s.story_id = m.story_id AND l.verdict = 'put_back'
      UNION ALL
      SELECT x.given_at FROM public.stories_sanction x
       WHERE x.member_id = member AND x.story_id = m.story_id AND x.is_upheld IS NOT TRUE
    ) b
   WHERE m.author_id = member AND m.joined_at <= b.at AND (m.left_at IS NULL OR m.left_at >= b.at)
$$;

CREATE FUNCTION stories_approvals_in_row(member bigint) RETURNS integer
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT count(*)::integer
    FROM public.stories_story t
    JOIN public.stories_submission s ON s.story_id = t.id
    JOIN public.stories_decision d ON d.submission_id = s.id
   WHERE t.author_id = member AND d.kind = 'approve' AND d.policy = ''
     AND d.decided_at > coalesce((SELECT public.stories_last_breach(member)), '-infinity')
     AND d.decided_at >= coalesce((SELECT max(e.at) FROM public.stories_event e
                                    WHERE e.story_id = t.id AND e.action = 'hand_over'), '-infinity')
$$;
"""

TRUST_BACK = """
DROP FUNCTION stories_approvals_in_row(bigint);
DROP FUNCTION stories_last_breach(bigint);
"""

DECISIONS = """
CREATE FUNCTION stories_check_policy_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  SELECT s.state, s.round, s.story_id, s.revision_id, t.state AS shown, r.story_id = s.story_id AS same_story,
         r.sha256, r.id <> p.id AS is_another,
         (r.title, r.summary, r.language, r.topics, r.tags, r.cover, r.cover_alt, r.pictures, r.disclosures)
         IS NOT DISTINCT FROM
         (p.title, p.summary, p.language, p.topics, p.tags, p.cover, p.cover_alt, p.pictures, p.disclosures) AS is_body
    INTO facts
    FROM stories_submission s
    JOIN stories_story t ON t.id = s.story_id
    JOIN stories_revision r ON r.id = NEW.revision_id
    LEFT JOIN stories_revision p ON p.id = t.published_revision_id
   WHERE s.id = NEW.submission_id;
  IF NOT facts.same_story OR facts.revision_id <> NEW.revision_id OR facts.sha256 <> NEW.sha256 THEN
    RAISE EXCEPTION 'a decision is about the very text that was submitted'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_on_the_text_read';
  END IF;
  IF facts.state <> 'queued' OR facts.round <> NEW.round OR facts.shown <> 'published'
     OR facts.is_another IS NOT TRUE OR facts.is_body IS NOT TRUE THEN
    RAISE EXCEPTION 'a policy decides on a change to the words of a published story, and before any editor does'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_changes_published_words';
  END IF;
  IF EXISTS (SELECT 1 FROM stories_authorship a
              WHERE a.story_id = facts.story_id AND a.left_at IS NULL
                AND (stories_approvals_in_row(a.author_id) < NEW.approvals
                     OR EXISTS (SELECT 1 FROM stories_sanction x
                                 WHERE x.member_id = a.author_id AND x.kind = 'suspension'
                                   AND x.ended_at IS NULL AND x.ends_at > NEW.decided_at))) THEN
    RAISE EXCEPTION 'a policy decides for authors with so many approvals in a row, of whom none is suspended'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_is_for_trusted_authors';
  END IF;
  IF EXISTS (SELECT 1 FROM stories_reportgroup g
              WHERE g.story_id = facts.story_id AND g.state IN ('waiting', 'in_review'))
     OR EXISTS (SELECT 1 FROM stories_appeal p WHERE p.story_id = facts.story_id
                   AND NOT EXISTS (SELECT 1 FROM stories_appealanswer w WHERE w.appeal_id = p.id))
     OR EXISTS (SELECT 1 FROM stories_correction c
                 WHERE c.story_id = facts.story_id AND c.at > NEW.decided_at - interval '30 days') THEN
    RAISE EXCEPTION 'a story that is reported, appealed about or was corrected of late is read by an editor'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_leaves_what_is_in_question';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER decision_is_fair ON stories_decision;
CREATE TRIGGER decision_is_fair BEFORE INSERT ON stories_decision
  FOR EACH ROW WHEN (NEW.policy = '') EXECUTE FUNCTION stories_check_decision();
CREATE TRIGGER policy_decision_is_fair BEFORE INSERT ON stories_decision
  FOR EACH ROW WHEN (NEW.policy <> '') EXECUTE FUNCTION stories_check_policy_decision();
"""

DECISIONS_BACK = """
DROP TRIGGER policy_decision_is_fair ON stories_decision;
DROP TRIGGER decision_is_fair ON stories_decision;
CREATE TRIGGER decision_is_fair BEFORE INSERT ON stories_decision
  FOR EACH ROW EXECUTE FUNCTION stories_check_decision();
DROP FUNCTION stories_check_policy_decision();
"""

LOOKS = """
CREATE FUNCTION stories_check_later_look() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  facts record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'what was looked at afterwards stays in the record'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'later_look_stays';
  END IF;
  SELECT d.policy, d.revision_id, s.story_id, t.published_revision_id, b.story_id AS story_before
    INTO facts
    FROM stories_decision d JOIN stories_submission s ON s.id = d.submission_id
    JOIN stories_story t ON t.id = s.story_id JOIN stories_revision b ON b.id = NEW.before_id
   WHERE d.id = NEW.decision_id;
  IF facts.policy = '' OR facts.story_before <> facts.story_id THEN
    RAISE EXCEPTION 'what is looked at afterwards is a decision by a policy'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'later_look_is_at_a_policy';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.looked_at IS NOT NULL
      OR (NEW.decision_id, NEW.before_id, NEW.is_chosen, NEW.chosen_at) IS DISTINCT FROM
         (OLD.decision_id, OLD.before_id, OLD.is_chosen, OLD.chosen_at)) THEN
    RAISE EXCEPTION 'a second look is taken once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'later_look_stays';
  END IF;
  IF NEW.looked_by_id IS NOT NULL AND stories_wrote(facts.story_id, NEW.looked_by_id) THEN
    RAISE EXCEPTION 'nobody looks at their own story as its editor'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'later_look_is_not_by_author';
  END IF;
  IF NEW.verdict = 'put_back' AND facts.published_revision_id IS DISTINCT FROM NEW.before_id THEN
    RAISE EXCEPTION 'what was put back is what readers see'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'put_back_is_shown';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER later_look_is_fair BEFORE INSERT OR UPDATE OR DELETE ON stories_laterlook
  FOR EACH ROW EXECUTE FUNCTION stories_check_later_look();

-- A text that only a policy approved, and that an editor took back, is not shown again on the same ground.
CREATE FUNCTION stories_refuse_put_back() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM stories_decision d
       WHERE d.revision_id = NEW.published_revision_id AND d.kind = 'approve'
         AND NOT EXISTS (SELECT 1 FROM stories_laterlook l WHERE l.decision_id = d.id AND l.verdict = 'put_back')) THEN
    RAISE EXCEPTION 'revision % of story % was put back', NEW.published_revision_id, NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'put_back_text_is_not_shown';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER put_back_text_is_not_shown BEFORE UPDATE OF published_revision_id ON stories_story
  FOR EACH ROW WHEN (NEW.published_revision_id IS DISTINCT FROM OLD.published_revision_id
                     AND NEW.published_revision_id IS NOT NULL)
  EXECUTE FUNCTION stories_refuse_put_back();
"""

LOOKS_BACK = """
DROP TRIGGER put_back_text_is_not_shown ON stories_story;
DROP FUNCTION stories_refuse_put_back();
DROP TRIGGER later_look_is_fair ON stories_laterlook;
DROP FUNCTION stories_check_later_look();
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0058_policy_decisions")]

    operations = [
        migrations.RunSQL(MOVES, MOVES_BACK),
        migrations.RunSQL(TRUST, TRUST_BACK),
        migrations.RunSQL(DECISIONS, DECISIONS_BACK),
        migrations.RunSQL(LOOKS, LOOKS_BACK),
    ]
