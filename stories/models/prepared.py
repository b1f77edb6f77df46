"""A query that is made and planned once, for the page that is read more often than all others together."""

import hashlib
from collections.abc import Callable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from psycopg2.extensions import AsIs

Row = TypeVar("Row")
_BLANK = "\x01 to be filled in \x01"  # a value that no address holds


class Prepared(Generic[Row]):
    """The row of `make(value)` for any `value`, passed through `row`.

    The ORM takes several times longer to make the SQL, and PostgreSQL to plan it, than it takes to find the
    row. So the SQL is made once in a process, and planned once in a connection by PREPARE. `make` gives a
    queryset by values_list() in which `value`, a string, is compared once.
    """

    def __init__(self, make: Callable[[str], QuerySet[Any, Any]], row: Callable[..., Row]) -> None:
        self.make = make
        self.row = row
        self.sql = ""
        self.params: tuple[Any, ...] = ()
        self.converters: list[tuple[int, list[Callable[..., Any]], Any]] = []
        self.name = ""
        self.planned_in: WeakSet[Any] = WeakSet()

    def first(self, value: str) -> Row | None:
        found = self._planned(value)
        return None if found is None else self._made(list(found))

    def _planned(self, value: str) -> tuple[Any, ...] | None:
        if not self.sql:
            self._make_sql()
        try:
            return self._execute(value)
        except DatabaseError:
            # Behind a pool of connections the plan may be in another one; a new column's type spoils it too.
            if connection.in_atomic_block:
                raise
            self.planned_in.discard(connection.connection)
            return self._unplanned(value)

    def _execute(self, value: str) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            if connection.connection not in self.planned_in:
                self._plan()
            cursor.execute(f"EXECUTE {self.name} (%s)", [value])
            return cursor.fetchone()

    def _unplanned(self, value: str) -> tuple[Any, ...] | None:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [value if param == _BLANK else param for param in self.params])
            return cursor.fetchone()

    def _make_sql(self) -> None:
        compiler = self.make(_BLANK).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([expression for expression, *_ in compiler.select])
        self.params = tuple(params)
        self.converters = [(place, list(made), of) for place, (made, of) in converters.items()]
        self.name = f"mystory_{hashlib.sha256(sql.encode()).hexdigest()[:16]}"
        self.sql = sql  # last: another thread that sees it finds the rest there

    def _plan(self) -> None:
        driver = connection.connection
        blank = [AsIs("$1") if param == _BLANK else param for param in self.params]
        with driver.cursor() as cursor:
            cursor.execute(f"PREPARE {self.name} (text) AS {self.sql}", blank)
        self.planned_in.add(driver)

    def _made(self, columns: list[Any]) -> Row:
        for place, converters, expression in self.converters:
            for convert in converters:
                columns[place] = convert(columns[place], expression, connection)
        return self.row(*columns)
