"""Records of diplomatic events: the schema, the check and typed models.

    from diplomatic_events import Event, check_paths

    report = check_paths("events/")
    assert report.ok, report.failures or report.findings
    event = Event.model_validate_json(data)

Names are imported when they are first used, so that the command starts fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

__version__: Final = "0.1.0"

if TYPE_CHECKING:
    from diplomatic_events.check import check_bytes, check_paths
    from diplomatic_events.findings import DiplomaticEventsError, Finding, Region, Report, Severity
    from diplomatic_events.models.record import Event
    from diplomatic_events.options import Options

__all__ = [
    "DiplomaticEventsError",
    "Event",
    "Finding",
    "Options",
    "Region",
    "Report",
    "Severity",
    "__version__",
    "check_bytes",
    "check_paths",
]

_HOMES: Final = {
    "Options": "options",
    "check_bytes": "check",
    "check_paths": "check",
    "DiplomaticEventsError": "findings",
    "Finding": "findings",
    "Region": "findings",
    "Report": "findings",
    "Severity": "findings",
    "Event": "models.record",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public API: without this, `dir()` and `help()` would show only what has been used already."""
    return sorted(__all__)
