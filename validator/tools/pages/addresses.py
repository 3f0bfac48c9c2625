"""What the site offers to programs, at which address, and the files that come to it unchanged."""

from pathlib import Path
from typing import Final

from diplomatic_events.findings import DOCS
from diplomatic_events.schema.catalogue import catalogue
from pages import changes
from pages.markdown import link, page, table

_REPORTS: Final = {
    "report.schema.json": "the schema of the JSON report",
    "repair.schema.json": "the schema of what `--format repair` prints",
}


def files(site: str) -> dict[str, str | bytes]:
    """The page, the schemas at the paths of their `$id`, and the list of versions."""
    made: dict[str, str | bytes] = {"addresses.md": _page(site), "versions.json": _versions()}
    for version in catalogue().versions:
        for path in sorted(catalogue().path(version).parent.glob("event.*")):
            made[f"{version}/{path.name}"] = path.read_bytes()
    return made


def types(version: str) -> Path:
    """The types of a version for TypeScript, as far as there are any."""
    return catalogue().path(version).with_name("event.d.ts")


def _versions() -> bytes:
    return (catalogue().folder / "versions.json").read_bytes()


def _page(site: str) -> str:
    here = "addresses.md"
    lists = sorted(path.stem for path in (catalogue().folder / "codelists").glob("*.csv"))
    reports = sorted((catalogue().folder / "report").glob("*/*.schema.json"))

    def file(path: str, what: str) -> tuple[str, str]:
        return link(path, path, here), what

    rows = []
    for version in catalogue().versions:
        rows.append(file(f"{version}/event.schema.json", f"the schema, version {version}"))
        if types(version).exists():
            rows.append(file(f"{version}/{types(version).name}", f"its types for TypeScript, version {version}"))
        every = f"every property of version {version}; one file for each object is beside its page"
        rows += [file(f"reference/{version}/properties.{form}", every) for form in ("json", "csv")]
    rows.append(file("versions.json", "the versions of the schema and their status"))
    rows.append(file(changes.DATA, "what changed from each version to the next"))
    rows += [file(f"codelists/{name}.csv", f"the codelist `{name}`") for name in lists]
    rows += [
        file(f"report/{path.parent.name}/{path.name}", f"{_REPORTS[path.name]}, version {path.parent.name}")
        for path in reports
    ]
    rows.append(file("rules.json", "every rule: its severity, what it finds, why it matters, how to fix it, examples"))
    rows.append(
        (
            f"[conformance-suite.zip]({site}conformance-suite.zip)",
            "the conformance suite, for implementers of the rules",
        )
    )
    rows.append(file("llms.txt", "all pages, with a line on each"))
    return page(
        "# For programs\n\nEverything that programs can read lies at a fixed path of this site. A page "
        "`…/statement/` is also there as Markdown: `…/statement.md`.\n\n"
        f"{table(('file', 'what it has'), rows)}\n## Permanent addresses\n\n"
        f"Schemas, codelists, rules and reports are named by addresses below `{DOCS}/`, which findings print. They have the "
        f"same paths as the files and pages here, below `{site}`. Until they are registered at w3id.org, these addresses are "
        "names only and lead nowhere: use the addresses of this site. The rules for their registration are in "
        "[docs/w3id](https://github.com/diplomatic-events/diplomatic-events/tree/main/docs/w3id).\n",
        source="validator/tools/pages/addresses.py",
    )
