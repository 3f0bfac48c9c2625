"""A fixed set of generated records with their verdicts, for comparisons outside of pytest: the same ones each time."""

from functools import cache
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from property.edits import mutated
from property.model import judge
from property.strategies import records


class Generated(NamedTuple):
    """A record, and whether the model in plain Python takes it for valid."""

    record: Any
    valid: bool


@cache
def generated(number: int) -> tuple[Generated, ...]:
    """So many records, half of them valid when drawn and half with a few changes."""
    found: list[Generated] = []

    @settings(max_examples=2 * number, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.tuples(records(), st.booleans()).flatmap(_perhaps_mutated))
    def draw(record: Any) -> None:
        if len(found) < number:
            found.append(Generated(record, judge(record)))

    draw()
    return tuple(found)


def _perhaps_mutated(drawn: tuple[Any, bool]) -> st.SearchStrategy[Any]:
    record, changed = drawn
    return mutated(st.just(record)) if changed else st.just(record)
