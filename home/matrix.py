"""Programs and the agencies they work with, as the home page's table."""

from dataclasses import dataclass


@dataclass
class Row:
    """A program, and for each column whether it works with that agency."""

    page: object
    cells: list[bool]
    names: list[str]


class Matrix:
    """
    A table of programs by agencies.

    A program that works with an office counts for the agency the office belongs to
    (the Immigrant and Employee Rights Section fills the column of Justice).
    """

    def __init__(self, programs, columns):
        self.columns = list(columns)
        self.rows = [
            row
            for program in programs.prefetch_related(
                "organizations__organization__parent__parent"
            )
            if any((row := self._row(program)).cells)
        ]
        # A column that no program fills would only say that it is empty.
        used = [
            any(row.cells[i] for row in self.rows) for i in range(len(self.columns))
        ]
        self.columns = [
            each for each, keep in zip(self.columns, used, strict=True) if keep
        ]
        for row in self.rows:
            row.cells = [
                cell for cell, keep in zip(row.cells, used, strict=True) if keep
            ]

    def _row(self, program):
        partners = set()
        for row in program.organizations.all():
            organization = row.organization
            while organization:
                partners.add(organization.pk)
                organization = organization.parent
        cells = [column.pk in partners for column in self.columns]
        names = [
            column.short_name
            for column, cell in zip(self.columns, cells, strict=True)
            if cell
        ]
        return Row(program, cells, names)
