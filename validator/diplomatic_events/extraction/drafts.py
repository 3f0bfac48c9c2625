"""Records as drafts and back; the form itself is derived in `diplomatic_events.schema.drafts`."""

from typing import Any

from diplomatic_events.schema.drafts import draft_form


def extraction_schema(part: str | None = None, *, version: str | None = None) -> dict[str, Any]:
    """The JSON Schema of a draft, in the form that the strict modes of language models take.

    ``part`` is one of `event`, `parties`, `delegations`, `programme`, `statements`, `outcomes`, `upcoming` and `related`: a
    draft of only these, for models that refuse the whole schema. ``version`` is that of the records' schema, by default the
    one that records should declare.

    Raises:
        DiplomaticEventsError: There is no such part or version.
    """
    return draft_form(version).schema(part)
