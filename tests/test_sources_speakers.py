"""Who speaks according to a passage."""

import pytest

from diplomatic_events.sources.speakers import has_a_word, is_a_person, is_an_office, told_by


@pytest.mark.parametrize(
    "passage",
    [
        "“We agree,” Mr. Kasky said.",
        "“We agree,” said Foreign Minister Oren Kasky.",
        "Kasky said he would come.",
        "Foreign Minister Kasky has also stressed that the river is open.",
        "In Sarn, Minister Kasky declared that they agreed.",
        "Kasky, the foreign minister of Norvale, said that the river is open.",
        "The river is open, according to Mr Kasky.",
        "M. Kasky a déclaré que la Tamm reliait les deux pays.",
        "« Nous sommes d’accord », a affirmé le ministre norvalien Kasky.",
        "«Estamos de acuerdo», dijo el ministro Kasky a la prensa.",
        "„Wir sind einverstanden“, sagte Außenminister Kasky am Montag.",
        "Außenminister Kasky erklärte, man sei einverstanden.",
        "«Estamos de acordo», disse o ministro Kasky.",
    ],
)
def test_a_name_beside_a_verb_of_saying_is_the_speaker(passage: str) -> None:
    subject = told_by(passage)
    assert subject is not None
    assert is_a_person(subject, ["oren", "kasky"])


@pytest.mark.parametrize(
    ("passage", "name"),
    [
        ("«Мы согласны», — заявил министр Касский.", "касскии"),
        ("Министр Касский заявил, что река открыта.", "касскии"),
        ("“我们同意。”卡斯基外长表示。", "卡斯基"),
        ("卡斯基说，河流是开放的。", "卡斯基"),
        ("وقال وزير الخارجية كاسكي إن النهر مفتوح.", "كاسكي"),
    ],
)
def test_a_name_in_another_script_is_the_speaker(passage: str, name: str) -> None:
    subject = told_by(passage)
    assert subject is not None
    assert is_a_person(subject, [name])


@pytest.mark.parametrize(
    ("passage", "title"),
    [
        ("“We agree,” said the Minister.", "Foreign Minister"),
        ("The Norvalian minister said that his country agreed.", "minister"),
        ("Le ministre norvalien a déclaré que la Tamm était ouverte.", "ministre des Affaires étrangères"),
        ("«Estamos de acuerdo», dijo el ministro.", "Ministro de Exteriores"),
        ("„Wir sind einverstanden“, sagte der Minister.", "Minister"),
        ("«Мы согласны», — заявил президент.", "Президент"),
        ("总理表示，河流是开放的。", "总理"),
        ("وقال الوزير إن النهر مفتوح.", "وزير الخارجية"),
    ],
)
def test_an_office_beside_a_verb_of_saying_is_the_speaker(passage: str, title: str) -> None:
    subject = told_by(passage)
    assert subject is not None
    assert is_an_office(subject, title)


@pytest.mark.parametrize(
    "passage",
    [
        "She thanked Kasky, he said.",
        "“We agree,” she told Kasky.",
        "“We agree,” said the spokesman for Kasky.",
        "“We agree,” Kasky’s spokesman said.",
        "A spokesman for Mr Kasky said that the river is open.",
        "The wife of Kasky said that the river is open.",
        "The guest rejected what Kasky said.",
        "The guest answered after Kasky said it.",
        "Kasky asked for ships. The guest said no.",
        "Kasky praised the river. The guest agreed.",
        "“As Kasky said, we agree,” the guest said.",
        "“As Kasky said, we agree.”",
        "Sie sagte Kasky, der Fluss sei offen.",
        "“我们同意。”客人对卡斯基说。",
        "“我们同意。”卡斯基的发言人表示。",
    ],
)  # fmt: skip
def test_nobody_else_who_is_named_is_the_speaker(passage: str) -> None:
    subject = told_by(passage)
    assert subject is None or not is_a_person(subject, ["oren", "kasky", "卡斯基"])


@pytest.mark.parametrize(
    "passage",
    [
        "The minister’s spokesman said that the river is open.",
        "The deputy minister said that the river is open.",
        "The trade delegation said that the river is open.",
        "Minister Novák said that the river is open.",
        "A minister said that the river is open.",
        "Le porte-parole du ministre a déclaré que la Tamm était ouverte.",
    ],
)
def test_an_office_within_other_words_is_not_the_speaker(passage: str) -> None:
    subject = told_by(passage)
    assert subject is None or not is_an_office(subject, "trade minister")


def test_an_office_is_recognised_in_other_words_for_it() -> None:
    assert has_a_word("sagte der Minister", "Außenminister")
    assert has_a_word("the ministers said", "Foreign Minister")
    assert has_a_word("总理表示", "国务院总理")
    assert not has_a_word("the president said", "Foreign Minister")
