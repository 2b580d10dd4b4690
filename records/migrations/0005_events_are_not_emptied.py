"""PostgreSQL refuses to empty the table of events at once, as it refuses to change them."""

from django.db import migrations

THERE = """
CREATE TRIGGER records_event_is_not_emptied BEFORE TRUNCATE ON records_event
FOR EACH STATEMENT EXECUTE FUNCTION records_event_stays();
"""
BACK = "DROP TRIGGER records_event_is_not_emptied ON records_event;"


def run(statement):
    def only_on_postgresql(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return only_on_postgresql


class Migration(migrations.Migration):
    dependencies = [("records", "0004_reasons_stay_on_sqlite")]

    operations = [migrations.RunPython(run(THERE), run(BACK))]
