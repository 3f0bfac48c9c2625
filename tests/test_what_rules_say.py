"""What each rule says of its own bad example: the message, the help and the second place that it shows."""

from hashlib import sha256
from pathlib import Path

import pytest

from checking import RULES, check_example, text_folder
from diplomatic_events.rulebook import EXAMPLE_TEXT, Rule

Said = tuple[str, str | None, tuple[tuple[str, str], ...]]
FAMILIES = ("annotations", "codes", "corpus", "dates", "evidence", "participation", "reference", "statements")


def said(message: str, help: str | None = None, *related: tuple[str, str]) -> Said:
    return message, help, related


SAID: dict[str, Said] = {
    "annotations/no-such-target": said("nothing stands at `/upcomming/0/date`", "did you mean `upcoming`?"),
    "annotations/invalid-alternative": said(
        "the alternative would not be valid at `/date`: `last Monday` is not a date: "
        "a date is 2018-04-24, 2018-04, 2018, 201X or 20XX, or an interval of two such dates",
        "write it like `2018-04-24` or `2018-06` or `1972~`",
    ),
    "annotations/unneeded": said("the alternative is the value that stands there"),
    "codes/unknown": said("`tarde` is not on the codelist `topic`", "did you mean `trade`?"),
    "codes/deprecated": said("`grid` is deprecated in `identifier-scheme`", "use `ror`"),
    "codes/unknown-language": said("there is no language `xq`", "did you mean `xtq`, `xsq` or `xqt`?"),
    "codes/malformed-identifier": said("`148` is not an identifier of the scheme `wikidata`", "did you mean `Q148`?"),
    "codes/country-name-mismatch": said("`IDN` is Indonesia, and the party is called India", "did you mean `IND`?"),
    "corpus/duplicate-record": said(
        "another record already has the id `geneva-talks`", None, ("the first is here", "/id")
    ),
    "corpus/unknown-record": said("no record of this run has the id `geneva-talk`", "did you mean `geneva-talks`?"),
    "corpus/announcement-contradicted": said(
        "announced for 2021-06, and recorded for 2021-05-03", None, ("the event's own record says this", "/date")
    ),
    "corpus/identity-conflict": said(
        "`Q1` is Ana Ruiz here and Freedonia in another record", None, ("the other name is here", "/parties/0")
    ),
    "corpus/possible-duplicate-event": said(
        "`freedonia-sylvania-2021` looks like the event of `geneva-talks`", None, ("the other record is here", "/id")
    ),
    "dates/no-such-day": said("February 2021 has 28 days, and no day 29"),
    "dates/reversed-interval": said("the interval ends on 2018-06-09, before it begins on 2018-06-10"),
    "dates/reversed-time": said("it ends at 15:30, before it begins at 17:00"),
    "dates/duration-mismatch": said("from 15:30 to 17:00 it lasted PT1H30M, not PT1H"),
    "dates/unknown-time-zone": said(
        "there is no time zone `Europe/Geneva`", "did you mean `Europe/Guernsey`, `Europe/Vienna` or `Europe/Riga`?"
    ),
    "dates/upcoming-not-later": said("it was announced for 2020-06, and this event took place on 2021-05-03"),
    "dates/held-after-report": said("it was held on 2021-05-04, and the last source is of 2021-05-03"),
    "dates/announced-but-past": said(
        "the event of 2021-05-02 lies in the past of a source", None, ("this source is later", "/sources/0/published")
    ),
    "dates/programme-outside-event": said("2021-05-04 lies outside the event's 2021-05-03"),
    "dates/previous-date-unchanged": said("2021-05-03 is the date that holds now"),
    "dates/published-after-retrieved": said("it was retrieved on 2021-05-02, before it was published on 2021-05-03"),
    "dates/modified-before-created": said("it was modified on 2021-05-03, before it was created on 2021-05-04"),
    # `met the Sylvanian trade ` has 24 characters.
    "evidence/not-verbatim": said(
        "the quote differs from the source at character 25", "the source has `minister`, not `secretary`"
    ),
    "evidence/offset-mismatch": said("the quote stands at 93–102, not at 0–9", 'write "start": 93, "end": 102'),
    "evidence/context-mismatch": said(
        "the quote stands in the source, but not between this prefix and suffix",
        "at 78–92 it stands between `a met the Sylvanian ` and ` in Geneva on Monday`",
    ),
    "evidence/ambiguous": said(
        "the quote occurs 2 times in the source",
        "add `start` and `end`, or a `prefix` or `suffix` that settles which is meant",
    ),
    "evidence/reversed-span": said("the passage starts at 20 and ends at 14", 'write "start": 96, "end": 102'),
    "evidence/missing": said("the outcome has no evidence", "quote the passage that it rests on"),
    "evidence/text-unavailable": said("the source `report` has no text; its quotes were not looked up"),
    "evidence/text-file-missing": said(
        "the text file `reprot.txt` was not found: there is no such file", "did you mean `report.txt`?"
    ),
    "evidence/text-file-outside-folder": said(
        "`../report.txt` is not a path inside the record's folder, and was not read",
        "a text file is named relative to the record's own file and lies in its folder",
    ),
    # Bogotá ends with its sixth letter, the one beyond ASCII.
    "evidence/text-file-unreadable": said(
        "the text file `latin-1.txt` could not be used: it is not UTF-8 (byte 6 is wrong)",
        "store the text as an ordinary UTF-8 file",
    ),
    "evidence/hash-mismatch": said(
        "the text has another SHA-256 digest than this", f"it is {sha256(EXAMPLE_TEXT.encode()).hexdigest()}"
    ),
    "participation/two-heads": said(
        "`delegation-freedonia` already has a head",
        "a delegation has at most one `head`",
        ("the first head is here", "/delegations/0/members/0/role"),
    ),
    "participation/party-in-two-delegations": said(
        "`sylvania` already has a delegation", None, ("the first is here", "/delegations/1/party")
    ),
    "participation/person-in-two-delegations": said(
        "`ana-ruiz` is already a member", None, ("the first is here", "/delegations/0/members/0/person")
    ),
    "participation/speaks-for-itself": said(
        "`ruiz` speaks for `freedonia` as it is", "remove the entry, or name the others spoken for"
    ),
    "participation/one-sided-meeting": said("only one party took part in the meeting"),
    "participation/place-of-a-call": said("a telephone call has no place"),
    "participation/host-elsewhere": said("the host `austria` is not the state of the place (CHE)"),
    "participation/ambassador-without-receiver": said("the ambassador has no `accreditedTo`"),
    "participation/accredited-to-itself": said("`sylvania` sent this envoy and cannot have received them"),
    "participation/state-not-in-existence": said("Soviet Union (`SUN`) ended in 1991, before this event"),
    "participation/group-membership-cycle": said("`group` closes a circle: `group` is a member of itself"),
    "participation/visit-type-of-no-visit": said(
        "a meeting has no type of visit", "set `type` to `visit`, or remove it"
    ),
    "participation/more-members-than-size": said("the delegation has 3 members, and its size is 2"),
    "participation/votes-twice": said(
        "`sylvania` already voted", None, ("its first vote is here", "/outcomes/0/votes/for/1")
    ),
    "participation/signatory-of-no-party": said(
        "`sylvanian-minister` is of `sylvania`, which is not among the parties"
    ),
    "participation/signs-and-witnesses": said("`ruiz` is also a signatory"),
    "participation/state-twice": said(
        "another party is already the state `FRA`", None, ("the first is here", "/parties/2/country")
    ),
    "reference/duplicate-id": said(
        "a party already has the id `freedonia`",
        "ids are unique across the whole record: call this one `freedonia-person`",
        ("the first is here", "/parties/0/id"),
    ),
    "reference/unknown-party": said("no party has the id `sylvannia`", "did you mean `sylvania`?"),
    "reference/unknown-person": said("no person has the id `anna-ruiz`", "did you mean `ana-ruiz`?"),
    "reference/unknown-member": said("neither a member nor a delegation has the id `ruis`", "did you mean `ruiz`?"),
    "reference/unknown-source": said("no source has the id `reprot`", "did you mean `report`?"),
    "reference/unknown-programme-item": said("no programme item has the id `talk`", "did you mean `talks`?"),
    "reference/wrong-kind": said(
        "`freedonia` is a party; a member or a delegation belongs here",
        "did you mean `delegation-freedonia` or `ruiz`?",
        ("it is defined here", "/parties/0/id"),
    ),
    "reference/unused-party": said("nothing refers to the party `ruritania`"),
    "reference/unused-person": said("nothing refers to the person `jan-novak`"),
    "reference/unused-source": said("no evidence quotes the source `readout`"),
    "statements/direct-without-quotation-marks": said(
        "the statement is direct, and its evidence has no quotation marks", "is it `indirect`?"
    ),
    "statements/indirect-in-quotation-marks": said(
        "the statement is indirect, and its evidence is one quotation", "is it `direct`?"
    ),
    # The evidence has “We will open the border,” and nothing after it.
    "statements/text-not-in-evidence": said(
        "the words do not occur in the statement's evidence, from `tomorrow` on",
        "copy the words from the evidence, or set `form` to what it is",
    ),
    "statements/language-mismatch": said("the text is in Cyrillic letters, and the record's language is `en`"),
    "statements/repeated": said("the same speakers already said this", None, ("the first is here", "/statements/0")),
}


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.family in FAMILIES], ids=lambda rule: rule.id)
def test_it_says_what_is_wrong_what_would_be_right_and_where_else_to_look(rule: Rule, tmp_path: Path) -> None:
    (finding,) = check_example(rule, rule.bad, text_folder(tmp_path)).findings
    related = tuple((other.message, other.pointer or "") for other in finding.related)
    assert (finding.message, finding.help, related) == SAID[rule.id]
