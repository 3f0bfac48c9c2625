"""Records of diplomatic events: the schema, the check and typed models.

    from diplomatic_events import Event, check, check_paths

    event = Event.read("record.json")
    check(event).raise_for_findings()
    check_paths("events/").ok

Names are imported when they are first used, so that the command starts fast.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

__version__: Final = "0.1.0"

if TYPE_CHECKING:
    from diplomatic_events.api import check as check
    from diplomatic_events.api import check_bytes as check_bytes
    from diplomatic_events.api import check_paths as check_paths
    from diplomatic_events.extraction.assembling import Assembled as Assembled
    from diplomatic_events.extraction.assembling import assemble as assemble
    from diplomatic_events.extraction.drafts import DraftError as DraftError
    from diplomatic_events.extraction.drafts import extraction_draft as extraction_draft
    from diplomatic_events.extraction.drafts import extraction_schema as extraction_schema
    from diplomatic_events.findings import DiplomaticEventsError as DiplomaticEventsError
    from diplomatic_events.findings import Finding as Finding
    from diplomatic_events.findings import FindingsError as FindingsError
    from diplomatic_events.findings import Region as Region
    from diplomatic_events.findings import Report as Report
    from diplomatic_events.findings import Severity as Severity
    from diplomatic_events.models.naming import country as country
    from diplomatic_events.models.naming import slug as slug
    from diplomatic_events.models.record import *  # noqa: F403
    from diplomatic_events.options import Options as Options

_HOMES: Final = {
    "Assembled": "extraction.assembling",
    "DraftError": "extraction.drafts",
    "Options": "options",
    "assemble": "extraction.assembling",
    "check": "api",
    "check_bytes": "api",
    "check_paths": "api",
    "country": "models.naming",
    "extraction_draft": "extraction.drafts",
    "extraction_schema": "extraction.drafts",
    "slug": "models.naming",
    "DiplomaticEventsError": "findings",
    "Finding": "findings",
    "FindingsError": "findings",
    "Region": "findings",
    "Report": "findings",
    "Severity": "findings",
}
"""Where each public name is, except those of the models, which are generated."""


if not TYPE_CHECKING:  # for a type checker, every name would be there

    def __getattr__(name: str) -> Any:
        if name in _HOMES:
            return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        if name == "__all__" or name[0].isupper():
            models = import_module(f"{__name__}.models.record")
            if name == "__all__":
                return sorted([*_HOMES, "__version__", *models.__all__])
            if name in models.__all__:
                return getattr(models, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public API: without this, `dir()` and `help()` would show only what has been used already."""
    return list(import_module(__name__).__all__)
