"""JSON Pointers (RFC 6901), and paths: the tuples of keys that the program uses for them."""

from typing import Any

Pointer = tuple[str | int, ...]
"""The keys and indexes that lead from the root of a record to a value."""


def to_pointer(path: Pointer) -> str:
    """Write a path as a JSON Pointer: ``("parties", 0, "id")`` is ``/parties/0/id``."""
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in path)


def resolve(value: Any, pointer: str) -> Pointer | None:
    """The path of a JSON Pointer through a value, or None if it leads nowhere."""
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        return None
    path: list[str | int] = []
    for token in pointer[1:].split("/"):
        name = token.replace("~1", "/").replace("~0", "~") if "~" in token else token
        if isinstance(value, dict) and name in value:
            value = value[name]
            path.append(name)
        elif isinstance(value, list) and (index := _index(name)) is not None and index < len(value):
            value = value[index]
            path.append(index)
        else:
            return None
    return tuple(path)


def anchor(value: Any, path: Pointer) -> str:
    """A pointer with the ids of entries instead of their indexes: ``/parties/russia/name``."""
    steps: list[str | int] = []
    for key in path:
        value = value[key] if _has(value, key) else None
        id = value.get("id") if isinstance(value, dict) and isinstance(key, int) else None
        steps.append(id if isinstance(id, str) else key)
    return to_pointer(tuple(steps))


def _has(value: Any, key: str | int) -> bool:
    if isinstance(value, dict):
        return key in value
    return isinstance(value, list) and isinstance(key, int) and key < len(value)


def at(value: Any, path: Pointer) -> Any:
    """The value that a path leads to.

    Raises:
        KeyError, IndexError, TypeError: The path does not lead through this value.
    """
    for key in path:
        value = value[key]
    return value


def _index(token: str) -> int | None:
    """The array index that a token of a pointer stands for: ASCII digits without a leading zero."""
    if token.isascii() and token.isdigit() and (token == "0" or token[0] != "0") and len(token) < 10:
        return int(token)
    return None


def replaced(whole: Any, path: Pointer, value: Any) -> Any:
    """A copy of a value with another value at one path. What does not change is shared with the original."""
    if not path:
        return value
    changed = dict(whole) if isinstance(whole, dict) else list(whole)
    changed[path[0]] = replaced(whole[path[0]], path[1:], value)  # type: ignore[index]  # the path leads through `whole`
    return changed
