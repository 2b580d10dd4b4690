"""Programs and the agencies that their pages name, as the home page's table."""

from collections import Counter
from dataclasses import dataclass


@dataclass
class Row:
    """A program, and for each column whether its page names that agency."""

    page: object
    cells: list[bool]
    named: list[object]


class Matrix:
    """
    A table of programs by agencies, those with most programs first.

    A page that names an office counts for the agency the office belongs to
    (the Immigrant and Employee Rights Section fills the column of Justice). Rows and
    columns that would be empty are left out.
    """

    def __init__(self, programs, organizations):
        by_pk = {organization.pk: organization for organization in organizations}
        partners = {
            program: _partners(program, by_pk)
            for program in programs.prefetch_related("organizations")
        }
        filled = Counter(pk for pks in partners.values() for pk in pks)
        self.columns = sorted(
            (each for each in by_pk.values() if each.column and filled[each.pk]),
            key=lambda column: (-filled[column.pk], column.short_name),
        )
        rows = (self._row(program, pks) for program, pks in partners.items())
        self.rows = [row for row in rows if row.named]

    def _row(self, program, partners):
        cells = [column.pk in partners for column in self.columns]
        named = [
            column for column, cell in zip(self.columns, cells, strict=True) if cell
        ]
        return Row(program, cells, named)


def _partners(program, by_pk):
    """Keys of the organizations a program works with, and of all that they belong to."""
    found = set()
    for row in program.organizations.all():
        organization = by_pk.get(row.organization_id)
        while organization and organization.pk not in found:
            found.add(organization.pk)
            organization = by_pk.get(organization.parent_id)
    return found
