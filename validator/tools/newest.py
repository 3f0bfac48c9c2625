"""The newest version of the schema, be it a draft: what the generated files and the proofs are about.

A version that is withdrawn is not worked on. `Catalogue.latest` is another one: what records should declare, which is
a released version as soon as there is one.
"""

from pathlib import Path
from typing import Final

from diplomatic_events.schema.catalogue import Catalogue, catalogue


def newest(versions: Catalogue) -> str:
    """The last version that is not withdrawn."""
    return [number for number, version in versions.versions.items() if version.status != "withdrawn"][-1]


VERSION: Final = newest(catalogue())
SCHEMA: Final[Path] = catalogue().path(VERSION)
"""The file of its schema."""
