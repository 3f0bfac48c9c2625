"""A slip is noticed by a test of what it changes, and survives where no test looks."""

from pathlib import Path

import rule_mutants

SOURCE = "def half(number: int) -> int:\n    return number // 2\n"
MODULE = Path("validator/half.py")


def test_a_mutant_survives_only_where_no_test_notices_it(tmp_path: Path) -> None:
    (tmp_path / "validator").mkdir()
    for number in (0, 5):
        test = f"from half import half\n\ndef test_half():\n    assert half({number}) == {number // 2}\n"
        (tmp_path / f"test_half_of_{number}.py").write_text(test, encoding="utf-8")

    def survivors(test: str) -> list[str]:
        every = rule_mutants.mutants(SOURCE)
        return [made.after for made in every if rule_mutants.survives(made.code, tmp_path, MODULE, [test])]

    assert survivors("test_half_of_0.py") == ["    return number / 2", "    return number // 3"]
    assert survivors("test_half_of_5.py") == []
