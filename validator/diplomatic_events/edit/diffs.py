"""What was changed in a file, as a unified diff."""

import difflib
from pathlib import Path


def unified_diff(name: str, old: bytes, new: bytes) -> bytes:
    """The changes of a file, for `patch`; nothing if there are none."""
    shown = Path(name).as_posix()
    if " " in shown:  # a tab says where the name ends
        shown += "\t"
    lines = difflib.unified_diff(_lines(old), _lines(new), shown, shown)
    marked = (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(marked).encode("utf-8", "surrogateescape")  # a name need not be UTF-8


def _lines(data: bytes) -> list[str]:
    """Lines as `patch` counts them: only a line feed ends one. What is no UTF-8 stays as it is."""
    *ended, rest = data.decode("utf-8", "surrogateescape").split("\n")
    return [*(f"{line}\n" for line in ended), *([rest] if rest else [])]
