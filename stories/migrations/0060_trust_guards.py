"""What the database refuses about proposals, sanctions and second looks: a move that is in no table."""

from django.db import migrations

# The legal moves, as in stories/trust.py, and the states, as the models say them: a test compares both.
MOVES = """
CREATE FUNCTION stories_trust_move_is_legal(machine text, source text, target text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT source = target OR machine || ':' || source || '>' || target IN (
    'proposal:>standing', 'proposal:standing>agreed', 'proposal:standing>refused', 'proposal:standing>taken_back',
    'proposal:standing>lapsed',
    'sanction:>warned', 'sanction:>suspended', 'sanction:suspended>over', 'sanction:suspended>lifted',
    'second_reading:>waiting', 'second_reading:waiting>read',
    'later_look:>waiting', 'later_look:waiting>fine', 'later_look:waiting>put_back')
$$;

CREATE FUNCTION stories_trust_state(machine text, thing jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE machine
    WHEN 'proposal' THEN coalesce(nullif(thing->>'end', ''), 'standing')
    WHEN 'sanction' THEN coalesce(nullif(thing->>'end', ''),
                                  CASE thing->>'kind' WHEN 'warning' THEN 'warned' ELSE 'suspended' END)
    WHEN 'second_reading' THEN CASE thing->>'verdict' WHEN '' THEN 'waiting' ELSE 'read' END
    ELSE coalesce(nullif(thing->>'verdict', ''), 'waiting') END
$$;

-- After the other guards, which say more closely what is wrong: triggers go by their names.
CREATE FUNCTION stories_refuse_illegal_trust() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  source text := CASE WHEN TG_OP = 'UPDATE' THEN stories_trust_state(TG_ARGV[0], to_jsonb(OLD)) ELSE '' END;
  target text := stories_trust_state(TG_ARGV[0], to_jsonb(NEW));
BEGIN
  IF NOT stories_trust_move_is_legal(TG_ARGV[0], source, target) THEN
    RAISE EXCEPTION 'a % does not move from "%" to "%"', TG_ARGV[0], source, target
      USING ERRCODE = 'check_violation', CONSTRAINT = 'trust_move_is_legal';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER trust_move_is_legal BEFORE INSERT OR UPDATE ON stories_proposal
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_illegal_trust('proposal');
CREATE TRIGGER trust_move_is_legal BEFORE INSERT OR UPDATE ON stories_sanction
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_illegal_trust('sanction');
CREATE TRIGGER trust_move_is_legal BEFORE INSERT OR UPDATE ON stories_secondreading
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_illegal_trust('second_reading');
CREATE TRIGGER trust_move_is_legal BEFORE INSERT OR UPDATE ON stories_laterlook
  FOR EACH ROW EXECUTE FUNCTION stories_refuse_illegal_trust('later_look');
"""

MOVES_BACK = """
DROP TRIGGER trust_move_is_legal ON stories_laterlook;
DROP TRIGGER trust_move_is_legal ON stories_secondreading;
DROP TRIGGER trust_move_is_legal ON stories_sanction;
DROP TRIGGER trust_move_is_legal ON stories_proposal;
DROP FUNCTION stories_refuse_illegal_trust();
DROP FUNCTION stories_trust_state(text, jsonb);
DROP FUNCTION stories_trust_move_is_legal(text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("stories", "0059_policy_guards")]

    operations = [migrations.RunSQL(MOVES, MOVES_BACK)]
