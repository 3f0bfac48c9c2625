"""The page of ``coverage --format html`` for each example with a text, as a page of the site."""

import re

from diplomatic_events.coverage.page import page as coverage_page
from diplomatic_events.coverage.survey import survey
from diplomatic_events.inputs.paths import expand
from pages.markdown import link, page
from pages.records import Example


def files(examples: list[Example]) -> dict[str, str | bytes]:
    """The annotated page of each example that has one."""
    return {example.annotated: _page(example) for example in examples if example.annotated}


def _page(example: Example) -> str:
    whole = coverage_page(survey(expand([str(example.file)])))
    inner = whole.partition("<body>")[2].partition("<script>")[0].replace(f"{example.file.parent}/", "")
    inner = re.sub(r'<a class="skip".*?</a>\n', "", inner, count=1)
    inner = re.sub(r"<(/?)main\b", r"<\1div", inner)
    back = link("the record", example.page, example.annotated)
    return page(
        f"Each passage leads to what it is evidence for, and back. See also {back} as JSON.\n\n"
        f'<div class="annotated">\n{inner}\n</div>\n',
        source=example.file.parent.relative_to(example.file.parents[2]).as_posix(),
        title=f"{example.title}: annotated",
        template="annotated.html",
        search={"exclude": True},
    )
