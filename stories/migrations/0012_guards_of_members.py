"""What the database itself holds of a closed account: its two weeks, and that nothing is left or comes back."""

from django.db import migrations

CLOSINGS = """
CREATE FUNCTION stories_keep_closing() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR ((OLD.ended_at IS NOT NULL OR OLD.taken_back_at IS NOT NULL)
      AND (NEW.member_id, NEW.stories, NEW.begun_at, NEW.ends_at, NEW.taken_back_at, NEW.ended_at)
        IS DISTINCT FROM (OLD.member_id, OLD.stories, OLD.begun_at, OLD.ends_at, OLD.taken_back_at, OLD.ended_at)) THEN
    RAISE EXCEPTION 'that an account was closed, or kept, stays known'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'closing_stays_known';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closing_stays_known BEFORE UPDATE OR DELETE ON stories_closing
  FOR EACH ROW EXECUTE FUNCTION stories_keep_closing();

CREATE FUNCTION stories_check_account() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  whose bigint := CASE WHEN TG_TABLE_NAME = 'accounts_user' THEN (to_jsonb(NEW)->>'id')::bigint
                         ELSE (to_jsonb(NEW)->>'member_id')::bigint END;
  account record;
BEGIN
  SELECT u.closes_at, u.closed_at,
         (SELECT c.ends_at FROM stories_closing c
           WHERE c.member_id = u.id AND c.ended_at IS NULL AND c.taken_back_at IS NULL) AS live,
         EXISTS (SELECT 1 FROM stories_closing c WHERE c.member_id = u.id AND c.ended_at IS NOT NULL) AS ended
    INTO account
    FROM accounts_user u WHERE u.id = whose;
  IF account.closes_at IS DISTINCT FROM account.live OR account.ended <> (account.closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'account % is closed exactly as its closing says', whose
      USING ERRCODE = 'check_violation', CONSTRAINT = 'account_closes_by_its_closing';
  END IF;
  IF account.closed_at IS NOT NULL AND (
       EXISTS (SELECT 1 FROM account_emailaddress WHERE user_id = whose)
    OR EXISTS (SELECT 1 FROM mfa_authenticator WHERE user_id = whose)
    OR EXISTS (SELECT 1 FROM usersessions_usersession WHERE user_id = whose)
    OR EXISTS (SELECT 1 FROM accounts_user_groups WHERE user_id = whose)
    OR EXISTS (SELECT 1 FROM stories_notice WHERE recipient_id = whose)
    OR EXISTS (SELECT 1 FROM stories_archive WHERE owner_id = whose)
    OR EXISTS (SELECT 1 FROM stories_claim WHERE editor_id = whose AND ended_at IS NULL)
    OR EXISTS (SELECT 1 FROM stories_story s WHERE s.author_id = whose AND s.erased_at IS NULL
                AND (s.state IN ('draft', 'unlisted') OR s.scheduled_for IS NOT NULL
                  OR EXISTS (SELECT 1 FROM stories_submission u
                              WHERE u.story_id = s.id AND u.state IN ('queued', 'in_review', 'returned'))))) THEN
    RAISE EXCEPTION 'account % is closed and not empty', whose
      USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_account_is_empty';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER account_closes_by_its_closing AFTER UPDATE OF closes_at, closed_at ON accounts_user
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_account();
CREATE CONSTRAINT TRIGGER account_closes_by_its_closing AFTER INSERT OR UPDATE ON stories_closing
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION stories_check_account();

CREATE FUNCTION stories_refuse_reopening() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'account % is closed for good', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_account_stays_closed';
END $$;
CREATE TRIGGER closed_account_stays_closed BEFORE UPDATE OR DELETE ON accounts_user
  FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION stories_refuse_reopening();

CREATE FUNCTION stories_refuse_belongings() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM accounts_user u WHERE u.id = NEW.user_id AND u.closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'account % is closed for good', NEW.user_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_account_stays_closed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closed_account_stays_closed BEFORE INSERT OR UPDATE OF user_id ON account_emailaddress
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_belongings();
CREATE TRIGGER closed_account_stays_closed BEFORE INSERT OR UPDATE OF user_id ON mfa_authenticator
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_belongings();
CREATE TRIGGER closed_account_stays_closed BEFORE INSERT OR UPDATE OF user_id ON usersessions_usersession
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_belongings();

CREATE FUNCTION stories_refuse_beginning() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM accounts_user u
              WHERE u.id = NEW.actor_id AND (u.closes_at IS NOT NULL OR u.closed_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'who closes their account begins nothing new'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'who_leaves_begins_nothing';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER who_leaves_begins_nothing BEFORE INSERT ON stories_event
  FOR EACH ROW WHEN (NEW.action IN ('submit', 'resubmit', 'replace', 'invite', 'join', 'hand_over', 'claim', 'approve',
    'return', 'decline', 'remove', 'restore')) EXECUTE FUNCTION stories_refuse_beginning();
"""

CLOSINGS_BACK = """
DROP TRIGGER who_leaves_begins_nothing ON stories_event;
DROP FUNCTION stories_refuse_beginning();
DROP TRIGGER closed_account_stays_closed ON usersessions_usersession;
DROP TRIGGER closed_account_stays_closed ON mfa_authenticator;
DROP TRIGGER closed_account_stays_closed ON account_emailaddress;
DROP FUNCTION stories_refuse_belongings();
DROP TRIGGER closed_account_stays_closed ON accounts_user;
DROP FUNCTION stories_refuse_reopening();
DROP TRIGGER account_closes_by_its_closing ON stories_closing;
DROP TRIGGER account_closes_by_its_closing ON accounts_user;
DROP FUNCTION stories_check_account();
DROP TRIGGER closing_stays_known ON stories_closing;
DROP FUNCTION stories_keep_closing();
"""


class Migration(migrations.Migration):
    replaces = [("stories", "0031_closings")]
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
        ("stories", "0011_guards_of_redress"),
    ]

    operations = [migrations.RunSQL(CLOSINGS, CLOSINGS_BACK)]
