"""A fault in a process that checks records. Those processes must be able to import it, so it stands in a file of its own."""

import multiprocessing
import os
import signal
import time
from typing import Any

from diplomatic_events.schema.catalogue import Catalogue, catalogue


class Broken(Catalogue):
    """A catalogue that fails, or that kills its process, once a worker asks it for a schema."""

    def __init__(self, *, kill: bool) -> None:
        super().__init__(catalogue().folder)
        self.kill = kill

    def schema(self, version: str) -> dict[str, Any]:
        if multiprocessing.parent_process() is None:
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
