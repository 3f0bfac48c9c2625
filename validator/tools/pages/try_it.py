"""The page on which one tries the validator: what is there before it is loaded, and the choice of examples."""

from html import escape

from diplomatic_events.schema.catalogue import catalogue
from pages.markdown import page
from pages.records import Example

FIRST = "sco-defence-ministers-2018-04-24"
"""The record of the article, which is there to begin with."""


def files(examples: list[Example]) -> dict[str, str | bytes]:
    """The page; what it loads is put beside it by ``validator/tools/try_it.py``."""
    return {"try.md": _page(examples)}


def _page(examples: list[Example]) -> str:
    options = "".join(
        f'<option value="{example.name}"{" selected" if example.name == FIRST else ""}>{escape(example.title)}</option>\n'
        for example in examples
    )
    schema = f"{catalogue().latest}/event.schema.json"
    return page(
        "# Try it\n\nPaste a record, and see what the validator says of it: the findings, the value that each is about, and the "
        "passage of the source. It is the package that the command runs, in Python compiled for browsers. **Nothing leaves this "
        "page**: what you paste or open is checked in your browser and sent nowhere.\n\n"
        f'<div class="try annotated" id="try" data-site="../">\n'
        '<div class="start">\n<button class="md-button md-button--primary" data-part="start" type="button">Load the validator</button>\n'
        "<p>About 15 MB, once; your browser keeps them.</p>\n</div>\n"
        '<div class="bar">\n<label>Example <select data-part="example">\n'
        f"{options}</select></label>\n"
        '<button type="button" data-part="open" title="A record, the texts of its sources, or both">Open files …</button>\n'
        '<input type="file" data-part="files" multiple hidden aria-label="Files to open">\n'
        '<button type="button" data-part="fix" disabled>Fix</button>\n'
        '<button type="button" data-part="download">Download</button>\n'
        '<button type="button" data-part="link">Copy link</button>\n'
        '<button type="button" data-part="stop" hidden>Stop</button>\n</div>\n'
        '<progress data-part="progress" value="0" max="1" aria-label="Loading"></progress>\n'
        '<p class="status" data-part="status" role="status"></p>\n'
        '<div class="halves">\n'
        f'<section class="half" aria-label="Record"><div data-part="editor" data-schema="{schema}"></div></section>\n'
        '<section class="half checked" data-part="findings-and-texts" aria-label="Findings and sources" tabindex="0">'
        '<ul class="failures" data-part="lost"></ul><div data-part="findings" tabindex="-1"></div><div data-part="texts"></div>'
        "</section>\n</div>\n"
        "<noscript><p>This page needs JavaScript.</p></noscript>\n</div>\n",
        source="validator/tools/pages/try_it.py",
        title="Try it",
        template="try.html",
    )
