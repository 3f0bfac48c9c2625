"""A fault in a process that checks records. Those processes must be able to import it, so it stands in a file of its own."""

import multiprocessing
import os
import signal
import time
from typing import Any, Final

from diplomatic_events.schema.catalogue import Catalogue, Version, catalogue

KILLS: Final = "1.0+kills"
"""What a record may give as its version, so that only that one kills the process that checks it."""


class Broken(Catalogue):
    """A catalogue that fails, or that kills its process, once a worker asks it for a schema, or for that of one version."""

    def __init__(self, *, kill: bool, version: str | None = None) -> None:
        super().__init__(catalogue().folder)
        self.kill = kill
        self.version = version

    @property
    def versions(self) -> dict[str, Version]:
        """Those of the package, and the one that breaks."""
        return super().versions | ({} if self.version is None else {self.version: Version(self.version, "draft")})

    def schema(self, version: str) -> dict[str, Any]:
        if multiprocessing.parent_process() is None or self.version not in (None, version):
            return super().schema(version)
        if self.kill:
            os.kill(os.getpid(), signal.SIGKILL)
        raise ZeroDivisionError("our own fault")


class Asleep(Catalogue):
    """A catalogue at which a worker waits for longer than anybody would."""

    def __init__(self) -> None:
        super().__init__(catalogue().folder)

    def schema(self, version: str) -> dict[str, Any]:
        if multiprocessing.parent_process() is not None:
            time.sleep(60)
        return super().schema(version)
