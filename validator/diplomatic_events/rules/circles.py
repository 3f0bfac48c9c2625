"""Circles of links between entries, for the rules that forbid them."""

from collections.abc import Iterator, Mapping, Sequence


def circles(links: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int]]:
    """The links that close a circle: the id from which each leads, and its index there.

    Of each group of entries that all reach one another, the links of the first are given.
    """
    if not any(links.values()):
        return
    component_of = _components(links)
    reported: set[str] = set()
    for id, others in links.items():
        component = component_of[id]
        if component in reported:
            continue
        for index, other in enumerate(others):
            if component_of.get(other) == component:
                reported.add(component)
                yield id, index


def _components(links: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For each id, one that represents its strongly connected component: all ids that it reaches and that reach it.

    This is Kosaraju's algorithm, in time linear in the number of links.
    """
    origins: dict[str, list[str]] = {id: [] for id in links}
    for id, others in links.items():
        for other in others:
            if other in origins:
                origins[other].append(id)
    component_of: dict[str, str] = {}
    for id in reversed(list(_inside_out(links))):
        waiting = [id]
        while waiting:
            here = waiting.pop()
            if here not in component_of:
                component_of[here] = id
                waiting += origins[here]
    return component_of


def _inside_out(links: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every id after all those to which it leads and that do not lead back to it."""
    seen: set[str] = set()
    for id in links:
        waiting = [(id, False)]
        while waiting:
            here, done = waiting.pop()
            if done:
                yield here
            elif here not in seen:
                seen.add(here)
                waiting.append((here, True))
                waiting += [(other, False) for other in links[here] if other in links and other not in seen]
