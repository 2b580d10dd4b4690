"""
The rows of a database, out of it and into an empty one of the same kind.

PostgreSQL gives and takes each table as text (COPY), at one moment however long it takes;
columns are named, so that the order in which migrations made them plays no part. SQLite
is one file, and is copied as one.
"""

import hashlib
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from backups.archive import BackupError

CHUNK = 1024 * 1024  # bytes
WHOLE = "database.sqlite3"


class Summing:
    """Passes bytes on, if there is somebody to take them, and knows their SHA-256."""

    def __init__(self, target=None):
        self._target, self._sum = target, hashlib.sha256()

    def write(self, data):
        self._sum.update(data)
        if self._target:
            self._target.write(data)
        return len(data)

    @property
    def sha256(self):
        return self._sum.hexdigest()


def sha256_of(file, target=None):
    """The checksum of what a file holds, copied to a target on the way."""
    summing = Summing(target)
    while data := file.read(CHUNK):
        summing.write(data)
    return summing.sha256


def names():
    """Every table but those of caches, which fill again by themselves."""
    with connection.cursor() as cursor:
        known = connection.introspection.table_names(cursor)
    return sorted(name for name in known if not name.startswith("cache_"))


def migrations():
    """Which have run here, as [app, name]."""
    return sorted(
        [app, name] for app, name in MigrationRecorder(connection).applied_migrations()
    )


class PostgreSQL:
    """Each table by COPY, in one transaction that sees one moment."""

    def save(self, archive):
        facts = {}
        with transaction.atomic():
            self._ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            applied = migrations()
            for table in names():
                with archive.open(f"tables/{table}", "w", force_zip64=True) as out:
                    facts[table] = self._copy_out(table, out)
        return {"migrations": applied, "tables": facts}

    def load(self, archive, manifest):
        """Tables as they were when the backup was made, whatever has been added since."""
        self._make_tables({tuple(each) for each in manifest["migrations"]})
        call_command("createcachetable", verbosity=0)
        tables = manifest["tables"]
        with transaction.atomic():
            self._ask("SET CONSTRAINTS ALL DEFERRED")
            for table in tables:  # what migrations have written
                self._ask(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - ours
            for table in tables:
                with archive.open(f"tables/{table}") as source:
                    self._copy_in(table, source)
            self._go_on_counting()
        return {table: self._copy_out(table, None) for table in tables}

    @staticmethod
    def _make_tables(ran):
        """Run those migrations that had run, in their order."""
        executor = MigrationExecutor(connection)
        graph = executor.loader.graph.node_map
        # Those that others have replaced since are recorded beside their heirs.
        known = ran & set(graph)
        last = [
            each
            for each in known
            if not any(child.key in known for child in graph[each].children)
        ]
        executor.migrate(last)

    def _copy_out(self, table, target):
        name, columns = self._named(table)
        summing = Summing(target)
        with connection.cursor() as cursor:
            rows = f"SELECT {columns} FROM {name} ORDER BY {self._key(table)}"  # noqa: S608 - ours
            cursor.copy_expert(f"COPY ({rows}) TO STDOUT", summing)
            return {"rows": cursor.rowcount, "sha256": summing.sha256}

    def _copy_in(self, table, source):
        name, columns = self._named(table)
        with connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {name} ({columns}) FROM STDIN", source)

    def _named(self, table):
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, table)
        columns = sorted(column.name for column in described)
        return quote(table), ", ".join(quote(name) for name in columns)

    def _key(self, table):
        with connection.cursor() as cursor:
            key = connection.introspection.get_primary_key_column(cursor, table)
        return connection.ops.quote_name(key)

    def _go_on_counting(self):
        """The next row's number comes after those that were brought."""
        counters = self._ask(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() "
            "AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')"
        )
        quote = connection.ops.quote_name
        for table, column in counters:
            self._ask(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), MAX({quote(column)})) "  # noqa: S608 - ours
                f"FROM {quote(table)} HAVING MAX({quote(column)}) IS NOT NULL",
                [quote(table), column],
            )

    @staticmethod
    def _ask(statement, values=None):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []


class SQLite:
    """The file, as it stands at one moment."""

    def save(self, archive):
        with tempfile.NamedTemporaryFile() as copied:
            rows = self._copy_to(copied.name)
            with (
                Path(copied.name).open("rb") as file,
                archive.open(WHOLE, "w", force_zip64=True) as out,
            ):
                sha256 = sha256_of(file, out)
        return {
            "migrations": migrations(),
            "tables": {name: {"rows": each} for name, each in rows.items()},
            "sha256": sha256,
        }

    @staticmethod
    def _copy_to(name):
        try:
            with (
                closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
                closing(sqlite3.connect(name)) as target,
            ):
                source.backup(target)
                return _rows(target)
        except sqlite3.Error as fault:
            raise BackupError(f"The database could not be written: {fault}") from fault

    def load(self, archive, manifest):
        connection.close()
        place = Path(connection.settings_dict["NAME"])
        with archive.open(WHOLE) as source, place.open("wb") as target:
            if sha256_of(source, target) != manifest["sha256"]:
                raise BackupError("The database in it is not the one that was saved.")
        with closing(sqlite3.connect(place)) as restored:
            return {name: {"rows": rows} for name, rows in _rows(restored).items()}


def _rows(database):
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        name: database.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - ours
        for (name,) in sorted(tables)
    }


def database():
    """How this database is saved and loaded."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
