"""Names in texts: inflected, without accents, in other languages and scripts."""

import pytest

from diplomatic_events.sources.names import is_named, scripts_of, shares_a_word


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana Ruiz", "Ms Ruiz said"),
        ("Recep Tayyip Erdoğan", "Erdogan'ın sözleri"),
        ("Анна Орлова", "вместе с Орловой"),
        ("Jarosław Kaczyński", "z Kaczyńskim"),
        ("ליאור כהן", "שלכהן"),
        ("أحمد الخطيب", "والخطيب"),
        ("윤석열", "윤석열은"),
        ("弗拉基米尔·普京", "普京总统"),
        ("Xi Jinping", "President Xi"),
        ("Li Wei", "李伟"),
    ],
)
def test_a_name_may_stand_in_a_text_in_another_form(name: str, text: str) -> None:
    assert is_named(text, [name])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ana Ruiz", "Canada and ruin"),
        ("Li Wei", "little wealth"),
        ("Abdullah bin Salman", "Khalid bin Faisal"),
        ("Анна Орлова", "Иван Соколов"),
        ("윤석열", "이재명 대통령"),
        ("王晓燕", "李明华"),
    ],
)
def test_a_name_does_not_stand_in_a_text_of_its_script_without_its_words(name: str, text: str) -> None:
    assert not is_named(text, [name])


def test_in_another_language_the_first_letters_are_enough() -> None:
    assert is_named("Gorbatschow", ["Mikhail Gorbachev"], same_language=False)
    assert is_named("Gorbusenko", ["Mikhail Gorbachev"], same_language=False)
    assert not is_named("Gorbusenko", ["Mikhail Gorbachev"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mikhail Gorbachev", "mit Gorbatschow"),
        ("Vladimir Putin", "le président Poutine"),
        ("Muammar Gaddafi", "Colonel Qadhafi"),
        ("Abdel Fattah el-Sisi", "President Al-Sissi"),
        ("Zhou Enlai", "Premier Chou En-lai"),
        ("Sukarno", "President Soekarno"),
        ("Petr Pavel", "s prezidentem Pavlem"),
        ("Andrzej Duda", "wizyta prezydenta Dudy"),
        ("Джордж Буш", "с президентом Бушем"),
        ("Ухнаагийн Хүрэлсүх", "с президентом Хурэлсухом"),
        ("윤석열", "장관은 윤 대통령을 만났다"),
    ],
)
def test_a_name_may_be_spelt_in_another_way(name: str, text: str) -> None:
    assert is_named(text, [name])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("John Smith", "The ministers met at a summit in Samoa."),
        ("Jan Novák", "Ana Ruiz spoke in Japan in November."),
        ("Ivan Brown", "A broad agreement was brought about in Brussels."),
        ("김철수", "장관은 윤 대통령을 만났다"),
    ],
)
def test_words_that_are_spelt_alike_are_no_names(name: str, text: str) -> None:
    assert not is_named(text, [name])


def test_a_few_words_in_another_script_are_no_text_in_it() -> None:
    assert scripts_of("The minister of the neighbouring state said that «да» means yes. " * 9) == {"LATIN"}
    assert scripts_of("Министр said да") == {"LATIN", "CYRILLIC"}


def test_a_part_of_a_name_is_compared_by_its_letters() -> None:
    assert shares_a_word("Jong-un", "Kim Jong Un")
    assert not shares_a_word("Novák", "Ana Ruiz")
    assert shares_a_word("李", "Li Minghua")
