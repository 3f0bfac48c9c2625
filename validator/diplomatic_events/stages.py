"""The stages of a check, and how much time each takes if a run is to say so."""

from collections import Counter
from collections.abc import Callable
from typing import Final, ParamSpec, Protocol, TypeVar

_Given = ParamSpec("_Given")
_Gives = TypeVar("_Gives")

STAGES: Final = ("reading", "parsing", "schema", "walk", "rules", "across records", "report")
"""What a check does, in this order. Its last stage ends with the findings in order; writing them is no part of it."""


class Timed(Protocol):
    """Gives a function that does the same as another one and, in a run that measures, notes its time for a stage."""

    def __call__(self, stage: str, call: Callable[_Given, _Gives], /) -> Callable[_Given, _Gives]:
        """The function to be called in place of ``call``."""


def unmeasured(_: str, call: Callable[_Given, _Gives], /) -> Callable[_Given, _Gives]:
    """The function itself: nothing is measured."""
    return call


class Stages:
    """The time of each stage in one process, by a clock; without a clock, nothing is measured."""

    def __init__(self, clock: Callable[[], float] | None) -> None:
        self._clock = clock or float
        self.timed: Timed = self._timed if clock else unmeasured
        self.seconds: Counter[str] = Counter()

    def _timed(self, stage: str, call: Callable[_Given, _Gives], /) -> Callable[_Given, _Gives]:
        def timed(*arguments: _Given.args, **named: _Given.kwargs) -> _Gives:
            began = self._clock()
            try:
                return call(*arguments, **named)
            finally:
                self.seconds[stage] += self._clock() - began  # type: ignore[assignment]  # the type is for counts

        return timed

    def taken(self) -> Counter[str]:
        """What was measured since this was last asked for."""
        seconds, self.seconds = self.seconds, Counter()
        return seconds
