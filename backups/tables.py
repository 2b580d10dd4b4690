"""
The rows of a database, out of it and into an empty one of the same kind.

PostgreSQL gives and takes each table as text (COPY), at one moment however long it takes;
columns are named, so that the order in which migrations made them plays no part. SQLite
is one file, and is copied as one.
"""

import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from backups import scratch
from backups.archive import PARTIAL, BackupError, lock
from backups.checksums import Summing, sha256_of
from backups.manifest import WHOLE, table_entry
from records.rotation import keys_in_use


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


def known_migrations():
    """All that this version has, and those that it has put others in the place of."""
    there = MigrationLoader(connection, ignore_no_migrations=True).disk_migrations
    replaced = {each for migration in there.values() for each in migration.replaces}
    return set(there) | replaced


def made_by(ran):
    """The tables that stand once these migrations have run."""
    loader = MigrationLoader(connection, ignore_no_migrations=True)
    models = loader.project_state(_last(ran, loader.graph)).apps.get_models(
        include_auto_created=True
    )
    ours = {model._meta.db_table for model in models if model._meta.managed}
    return ours | {MigrationRecorder.Migration._meta.db_table}


def _last(ran, graph):
    """Of some migrations those on which no other of them builds."""
    # Those that others have replaced since are recorded beside their heirs.
    known = {each for each in ran if each in graph.node_map}
    return [
        each
        for each in sorted(known)
        if not any(child.key in known for child in graph.node_map[each].children)
    ]


def _keys():
    """Which FIELD_KEYS it needs; none are named where a migration must first add columns."""
    try:
        with transaction.atomic():
            return sorted(keys_in_use())
    except DatabaseError:
        return []


class PostgreSQL:
    """Each table by COPY, in one transaction that sees one moment."""

    def save(self, archive, left_out):
        facts = {}
        with transaction.atomic():
            self._ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            applied, there = migrations(), names()
            ours = self._ours(applied, there)
            left_out += [
                f"table {each}: none of the portal's"
                for each in there
                if each not in ours
            ]
            for table in sorted(ours):
                with archive.open(table_entry(table), "w", force_zip64=True) as out:
                    facts[table] = self._copy_out(table, out)
            return {"migrations": applied, "keys": _keys(), "tables": facts}

    @staticmethod
    def _ours(applied, there):
        """What a restore can make; all, where a later version has been: that one may know."""
        ran = {tuple(each) for each in applied}
        return set(there) if ran - known_migrations() else made_by(ran) & set(there)

    @contextmanager
    def restoring(self):
        """
        All or nothing, also if we are killed: one transaction.

        Migrations have been imported by then; one of Wagtail's asks as it is, maybe in vain,
        and that would end a transaction.
        """
        with transaction.atomic():
            # A table with a check still due could not be altered by the next migration.
            self._ask("SET CONSTRAINTS ALL IMMEDIATE")
            yield

    def load(self, archive, manifest):
        """Tables as they were when the backup was made, whatever has been added since."""
        self._make_tables({tuple(each) for each in manifest["migrations"]})
        call_command("createcachetable", verbosity=0)
        tables = manifest["tables"]
        self._ask("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:  # what migrations have written
            self._ask(f"DELETE FROM {connection.ops.quote_name(table)}")  # noqa: S608 - ours
        for table in tables:
            with archive.open(table_entry(table)) as source:
                self._copy_in(table, source)
        self._ask("SET CONSTRAINTS ALL IMMEDIATE")
        self._go_on_counting()
        return {table: self._copy_out(table, None) for table in tables}

    @staticmethod
    def _make_tables(ran):
        """Run those migrations that had run, in their order."""
        executor = MigrationExecutor(connection)
        executor.migrate(_last(ran, executor.loader.graph))

    def _copy_out(self, table, target):
        name, columns = self._named(table)
        summing = Summing(target)
        order = self._key(name) or f'ROW({columns})::text COLLATE "C"'
        with connection.cursor() as cursor, connection.wrap_database_errors:
            rows = f"SELECT {columns} FROM {name} ORDER BY {order}"  # noqa: S608 - ours
            cursor.copy_expert(f"COPY ({rows}) TO STDOUT", summing)
            return {"rows": cursor.rowcount, "sha256": summing.sha256}

    def _copy_in(self, table, source):
        name, columns = self._named(table)
        with connection.cursor() as cursor, connection.wrap_database_errors:
            cursor.copy_expert(f"COPY {name} ({columns}) FROM STDIN", source)

    def _named(self, table):
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, table)
        columns = sorted(column.name for column in described)
        return quote(table), ", ".join(quote(name) for name in columns)

    def _key(self, name):
        """What its rows are told apart by, in an order that is the same on every server."""
        found = self._ask(
            "SELECT quote_ident(attname) ||"
            " CASE WHEN attcollation <> 0 THEN ' COLLATE \"C\"' ELSE '' END "
            "FROM pg_index JOIN pg_attribute"
            " ON attrelid = indrelid AND attnum = ANY(indkey) "
            "WHERE indrelid = %s::regclass AND indisprimary ORDER BY attnum",
            [name],
        )
        return ", ".join(key for (key,) in found)

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

    def save(self, archive, left_out):
        with scratch.folder() as place:
            rows = self._copy_to(place / WHOLE)
            with (
                Path(place, WHOLE).open("rb") as file,
                archive.open(WHOLE, "w", force_zip64=True) as out,
            ):
                sha256 = sha256_of(file, out)
        return {
            "migrations": migrations(),
            "keys": _keys(),
            "tables": {name: {"rows": each} for name, each in rows.items()},
            "sha256": sha256,
        }

    @staticmethod
    def _copy_to(path):
        try:
            with (
                closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
                closing(sqlite3.connect(path)) as target,
            ):
                source.backup(target)
                return _rows(target)
        except sqlite3.Error as fault:
            raise BackupError(f"The database could not be written: {fault}") from fault

    @contextmanager
    def restoring(self):
        """All or nothing, unless we are killed."""
        try:
            yield
        except BaseException:
            connection.close()
            self._take_away()
            raise

    @staticmethod
    def _take_away():
        for end in ["", "-wal", "-shm", "-journal"]:
            Path(f"{connection.settings_dict['NAME']}{end}").unlink(missing_ok=True)

    def load(self, archive, manifest):
        connection.close()
        place = Path(connection.settings_dict["NAME"])
        partial = place.with_name(f"{place.name}{PARTIAL}")
        target = lock(partial)
        if target is None:
            raise BackupError(f"Another restore writes {place}.")
        with target:
            try:
                target.truncate(0)
                with archive.open(WHOLE) as source:
                    sha256_of(source, target)
                target.flush()
                os.fsync(target.fileno())
                self._take_away()  # an old log would be played into the new file
                partial.rename(place)
            finally:
                partial.unlink(missing_ok=True)
        try:
            with closing(sqlite3.connect(place)) as restored:
                return {name: {"rows": each} for name, each in _rows(restored).items()}
        except sqlite3.Error as fault:
            raise BackupError(f"What is in it is no database: {fault}") from fault


def _rows(database):
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    quoted = {name: name.replace('"', '""') for (name,) in sorted(tables)}
    return {
        name: database.execute(f'SELECT COUNT(*) FROM "{each}"').fetchone()[0]  # noqa: S608 - ours
        for name, each in quoted.items()
    }


def database():
    """How this database is saved and loaded."""
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()
