"""Writes each new skeleton into the held names, and refuses one that somebody else held before."""

from django.db import migrations

MAKE = """
CREATE FUNCTION accounts_hold_user_name() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- Waits for another transaction that takes the same skeleton, so two at once cannot both pass.
    INSERT INTO accounts_usernamehold (skeleton, user_id) VALUES (NEW.skeleton, NEW.id)
        ON CONFLICT (skeleton) DO NOTHING;
    IF NOT EXISTS (SELECT FROM accounts_usernamehold WHERE skeleton = NEW.skeleton AND user_id = NEW.id) THEN
        RAISE unique_violation USING
            MESSAGE = 'this user name, or one that looks like it, was somebody else''s',
            CONSTRAINT = 'accounts_user_name_held';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER accounts_hold_new_user_name AFTER INSERT ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_hold_user_name();
CREATE TRIGGER accounts_hold_changed_user_name AFTER UPDATE ON accounts_user
    FOR EACH ROW WHEN (OLD.skeleton IS DISTINCT FROM NEW.skeleton) EXECUTE FUNCTION accounts_hold_user_name();
"""

MAKE_BACK = """
DROP TRIGGER accounts_hold_changed_user_name ON accounts_user;
DROP TRIGGER accounts_hold_new_user_name ON accounts_user;
DROP FUNCTION accounts_hold_user_name();
"""


class Migration(migrations.Migration):
    replaces = [("accounts", "0002_hold_user_names"), ("accounts", "0003_names_look_in_their_own_schema")]
    dependencies = [("accounts", "0001_members")]

    operations = [migrations.RunSQL(MAKE, MAKE_BACK)]
