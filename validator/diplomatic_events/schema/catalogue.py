"""The versions of the schema, and the schema of each, read from the package."""

import json
from binascii import crc32
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from diplomatic_events.findings import DiplomaticEventsError
from diplomatic_events.suggest import did_you_mean

_SHIPPED: Final = Path(__file__).parents[1] / "_schema"
_FOLDER: Final = _SHIPPED if _SHIPPED.is_dir() else Path(__file__).parents[3] / "schema"


class Version(NamedTuple):
    """One version of the schema: ``status`` is ``draft``, ``released`` or ``withdrawn``.

    ``date`` is the day of its release. A withdrawn version has the day of its withdrawal and the reason.
    """

    number: str
    status: str
    date: str | None = None
    sha256: str | None = None
    withdrawn: str | None = None
    reason: str | None = None


class Catalogue:
    """A folder of schema versions and codelists, read on first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._schemas: dict[str, dict[str, Any]] = {}
        self._checksums: dict[str, int] = {}
        self._versions: dict[str, Version] | None = None

    @property
    def versions(self) -> dict[str, Version]:
        """Every version by its number, oldest first."""
        if self._versions is None:
            listed = json.loads((self.folder / "versions.json").read_bytes())["versions"]
            self._versions = {number: Version(number, **entry) for number, entry in listed.items()}
        return self._versions

    @property
    def latest(self) -> str:
        """The newest released version, else the newest draft, else the newest withdrawn one."""
        by_status = {version.status: version.number for version in self.versions.values()}
        return by_status.get("released") or by_status.get("draft") or by_status["withdrawn"]

    def path(self, version: str) -> Path:
        """The path of the schema of a version.

        Raises:
            DiplomaticEventsError: The version does not exist.
        """
        if version not in self.versions:
            raise DiplomaticEventsError(
                f"there is no schema version `{version}`",
                help=did_you_mean(version, self.versions) or f"the versions are {', '.join(self.versions)}",
            )
        return self.folder / version / "event.schema.json"

    def schema(self, version: str) -> dict[str, Any]:
        """The schema of a version, read once.

        Raises:
            DiplomaticEventsError: The version does not exist.
        """
        if version not in self._schemas:
            data = self.path(version).read_bytes()
            self._schemas[version], self._checksums[version] = json.loads(data), crc32(data)
        return self._schemas[version]

    def checksum(self, version: str) -> int:
        """The CRC-32 of the bytes of that schema: it shows whether what was made of it is still up to date.

        Raises:
            DiplomaticEventsError: The version does not exist.
        """
        self.schema(version)
        return self._checksums[version]

    def codelist_path(self, name: str) -> Path:
        """The path of a codelist's CSV file."""
        return self.folder / "codelists" / f"{name}.csv"


@cache
def catalogue() -> Catalogue:
    """The versions that come with this package."""
    return Catalogue(_FOLDER)
