"""Hold each line of a file against the schema and nothing else, and print how many are valid.

    python tests/benchmarks/structure.py native|plain SCHEMA FILE

`native` is the bound of what any check in Python can reach: `jiter`, with doubled keys caught, and `jsonschema-rs`. `plain` is
what most people would write: `json` and `jsonschema`.
"""

import json
import sys
from collections.abc import Callable
from typing import Any


def native(schema: Any) -> Callable[[bytes], bool]:
    """The fastest parser and the fastest engine."""
    import jiter
    import jsonschema_rs

    validator = jsonschema_rs.Draft202012Validator(schema)
    return lambda line: bool(
        validator.is_valid(jiter.from_json(line, catch_duplicate_keys=True, allow_inf_nan=False)),
    )


def plain(schema: Any) -> Callable[[bytes], bool]:
    """The parser of the standard library and the reference engine."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(schema)
    return lambda line: validator.is_valid(json.loads(line))


if __name__ == "__main__":
    which, schema, file = sys.argv[1:]
    with open(schema, "rb") as text:
        is_valid = {"native": native, "plain": plain}[which](json.load(text))
    with open(file, "rb") as lines:
        print(sum(map(is_valid, lines)))
