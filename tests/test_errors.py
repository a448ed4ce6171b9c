from __future__ import annotations

import pickle
import re
import string

import pytest

from accord.errors import AccordError, ArgumentError, catalogue, error


def test_every_code_belongs_to_one_class_and_says_what_to_do() -> None:
    prefixes = [kind.prefix for kind in AccordError.__subclasses__()]
    for code, template in catalogue().items():
        assert re.fullmatch(r"[A-Z]+\d{3}", code), code
        assert sum(code.startswith(prefix) for prefix in prefixes) == 1, code
        assert template.message.strip(), code
        assert template.hint.strip(), code
        names = {f for _, f, _, _ in string.Formatter().parse(template.message) if f}
        assert all(re.fullmatch(r"\w+", name) for name in names), code


def test_error_fills_the_template_and_survives_a_process_boundary() -> None:
    problem = error("ARG003", value="2021-13-01", option="--published")
    assert isinstance(problem, ArgumentError)
    assert problem.message == "“2021-13-01” is not a date (--published)."
    assert problem.to_dict().keys() == {"code", "message", "hint"}
    again = pickle.loads(pickle.dumps(problem))
    assert (again.code, again.message) == (problem.code, problem.message)


def test_unknown_and_misplaced_codes_are_defects() -> None:
    with pytest.raises(KeyError):
        error("NOPE001")
    with pytest.raises(KeyError):
        ArgumentError("READ001")
