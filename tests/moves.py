"""Tries a move and takes it back: what it did, as its event has it, or that it was refused and changed nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction

from stories.models import Event
from stories.status import Move, MoveRefused, Role


class Undone(Exception):
    pass


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is taken back, when it went well."""
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


class Trial:
    """Of one machine in one state: what `rows` and the record held before each move is looked up once."""

    def __init__(self, machine: str, *rows: type[models.Model]) -> None:
        self.machine = machine
        tables = [each._meta.db_table for each in (*rows, Event)]
        self._query = "SELECT " + ", ".join(
            f"(SELECT md5(string_agg(t::text, '' ORDER BY t.id)) FROM {table} t)" for table in tables
        )
        self._last = self._newest()
        self._before = self._kept()

    def of(self, move: Callable[[], object]) -> tuple[str, str, str] | None:
        """Action, from and to of its event; None when it was refused, or when the clock found nothing to do."""
        found = None
        with undone():
            try:
                move()
            except MoveRefused:
                assert self._kept() == self._before
            else:
                connection.check_constraints()
                event = self._newest()
                if event != self._last:
                    found = (event.action, event.from_state, event.to_state)
        return found

    def check(
        self,
        verbs: Mapping[str, Callable],
        moves: Mapping,
        state: str,
        people: Mapping,
        roles: Callable[[str, str], set[Role]],
    ) -> None:
        """Each of `verbs` by each of `people`: made if the table says so, else refused."""
        for who, by in people.items():
            for action, verb in verbs.items():
                found = self.of(lambda verb=verb, by=by: verb(by))
                assert found == expected(moves, action, state, roles(state, who)), (state, who, action)

    def _newest(self) -> Event | None:
        return Event.objects.filter(machine=self.machine).order_by("-id").first()

    def _kept(self) -> Sequence[object]:
        with connection.cursor() as cursor:
            cursor.execute(self._query)
            return cursor.fetchone()


def expected(moves: Mapping, action: str, state: str, roles: set[Role]) -> tuple[str, str, str] | None:
    move: Move = moves[action]
    return (str(action), state, str(move.target)) if state in move.sources and move.role in roles else None
