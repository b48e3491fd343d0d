"""Words that an import writes by the thousand and that need no trial: they read back as themselves all the same."""

from random import Random

import pytest

from kanban.model.text.edit import quoting


@pytest.mark.parametrize("seed", range(3))
def test_words_that_need_no_trial_read_back_as_themselves(seed: int) -> None:
    signs = [
        *"abzAZ019 éÀ@_.%€/-:ßn~?#&*!|>'\"{}[],\tx=`",
        "no",
        "null",
        "Null",
        "---",
        "...",
        "1e3",
        "12:30",
        "a: b",
        " #",
    ]
    some = Random(seed)
    tried = 0
    for _number in range(2000):
        value = "".join(some.choices(signs, k=some.randint(1, 8)))
        if quoting._SURE.fullmatch(value):
            tried += 1
            assert quoting._reads_back(value, value, ""), value
            assert quoting.next_suspect(value) is None
    assert tried > 100
    assert quoting._SURE.fullmatch("a" * 100_000 + "#") is None
