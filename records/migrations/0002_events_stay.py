"""The database itself refuses to change or delete an event."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION records_event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- While keys turn, the sealed reason is written anew under another key; nothing else is.
  IF TG_OP = 'UPDATE' AND current_setting('records.turning_keys', true) = 'on'
    AND (OLD.id, OLD.at, OLD.actor_id, OLD.kind, OLD.reference, OLD.act, OLD.facts)
    IS NOT DISTINCT FROM
    (NEW.id, NEW.at, NEW.actor_id, NEW.kind, NEW.reference, NEW.act, NEW.facts)
  THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Events are never changed and never deleted.';
END $$;
CREATE TRIGGER records_event_stays BEFORE UPDATE OR DELETE ON records_event
FOR EACH ROW EXECUTE FUNCTION records_event_stays();
"""
POSTGRESQL_BACK = """
DROP TRIGGER records_event_stays ON records_event;
DROP FUNCTION records_event_stays();
"""
# SQLite knows no settings of a session, so there the sealed reason alone may be written.
SQLITE = [
    f"""
    CREATE TRIGGER records_event_no_{name} BEFORE {act} ON records_event
    BEGIN SELECT RAISE(ABORT, 'Events are never changed and never deleted.'); END
    """
    for name, act in [
        ("update", "UPDATE OF id, at, actor_id, kind, reference, act, facts"),
        ("delete", "DELETE"),
    ]
]
SQLITE_BACK = [f"DROP TRIGGER records_event_no_{name}" for name in ["update", "delete"]]


def set_up(apps, schema_editor):
    run(schema_editor, POSTGRESQL, SQLITE)


def take_away(apps, schema_editor):
    run(schema_editor, POSTGRESQL_BACK, SQLITE_BACK)


def run(schema_editor, postgresql, sqlite):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(postgresql)
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else []:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(set_up, take_away)]
