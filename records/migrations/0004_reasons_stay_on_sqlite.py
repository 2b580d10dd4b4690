"""SQLite too refuses to change the reason of an event; turning keys sets its rule aside."""

from django.db import migrations

RULE = """
CREATE TRIGGER records_event_no_update BEFORE UPDATE {of} ON records_event
BEGIN SELECT RAISE(ABORT, 'Events are never changed and never deleted.'); END
"""


def for_all(apps, schema_editor):
    replace(schema_editor, "")


def but_the_reason(apps, schema_editor):
    replace(schema_editor, "OF id, at, actor_id, kind, reference, act, facts")


def replace(schema_editor, of):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER records_event_no_update")
        schema_editor.execute(RULE.format(of=of))


class Migration(migrations.Migration):
    dependencies = [("records", "0003_version_by_itself")]

    operations = [migrations.RunPython(for_all, but_the_reason)]
