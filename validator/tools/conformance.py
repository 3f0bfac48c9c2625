"""stub"""
import json
from typing import Any
WIDTH = 110
def layout(value: Any, indent: int = 0, before: int = 0) -> str:
    flat = _flat(value)
    if indent + before + len(flat) <= WIDTH or not isinstance(value, dict | list) or not value:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        parts = []
        for key, item in value.items():
            name = f"{json.dumps(key, ensure_ascii=False)}: "
            parts.append(" " * inner + name + layout(item, inner, len(name)))
    else:
        parts = [" " * inner + layout(item, inner) for item in value]
    opener, closer = ("{", "}") if isinstance(value, dict) else ("[", "]")
    return f"{opener}\n" + ",\n".join(parts) + f"\n{' ' * indent}{closer}"
def _flat(value: Any) -> str:
    if isinstance(value, dict) and value:
        return "{ " + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_flat(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_flat(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
