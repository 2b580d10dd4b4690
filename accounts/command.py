"""What the portal's own commands have in common."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class PortalCommand(BaseCommand):
    """A command that says in a line, and not in a traceback, that tables are missing."""

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except DatabaseError as fault:
            if self.waits_for_migrations():
                raise CommandError(
                    "The database is not up to date yet. First run `make run`, or "
                    "`.venv/bin/python manage.py migrate`."
                ) from fault
            raise

    @staticmethod
    def waits_for_migrations():
        """Asked only after a fault: to read every migration takes a while."""
        try:
            executor = MigrationExecutor(connection)
            return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        except DatabaseError:  # it does not answer at all
            return False
