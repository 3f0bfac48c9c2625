"""The real versions and the invented ones: what is promised of versions holds in both worlds."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from check_records import EXAMPLE, ROOT
from diplomatic_events.migrate.steps import STEPS, Steps
from diplomatic_events.schema.catalogue import Catalogue
from versions import invented


class World(NamedTuple):
    """Versions, the steps between them, and valid records."""

    catalogue: Catalogue
    steps: Steps
    records: list[dict[str, Any]]

    def records_of(self, version: str) -> list[dict[str, Any]]:
        """The records of a version; there must be some, or nothing would be proven with them."""
        found = [record for record in self.records if record["schemaVersion"] == version]
        assert found, f"there is no record of version {version}"
        return found


def _read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    return [json.loads(path.read_bytes()) for path in paths]


REAL = World(Catalogue(ROOT / "schema"), STEPS, [EXAMPLE, *_read(ROOT.glob("examples/*/record.json"))])
INVENTED = World(invented.CATALOGUE, invented.STEPS, _read((invented.HERE / "records").iterdir()))

in_both_worlds = pytest.mark.parametrize(
    "world", [pytest.param(REAL, id="real"), pytest.param(INVENTED, id="invented")]
)
