"""The newest version of the schema, even if it is a draft: the subject of generated files and proofs.

Withdrawn versions are not worked on. `Catalogue.latest` is different: the version that records should declare, which is
a released one as soon as one exists.
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
