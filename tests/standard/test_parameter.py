"""How the tables of a standard declare their keys."""

import pytest

from pilot_cli.standard.parameter import Declared, ParameterError, number, parameter, text, whole_number


class Base(Declared):
    name = parameter(text)
    least = parameter(number, 0, key="at_least")


class Extended(Base):
    most = parameter(number, 10)


class Overriding(Extended):
    least = parameter(whole_number(1), 5, key="from")


class Shared:
    unit = parameter(text, "m")


class Mixed(Shared, Base):
    name = "fixed"


def test_a_subclass_keeps_the_keys_of_its_base_and_adds_its_own() -> None:
    read = Extended({"name": "a", "at_least": 2})
    assert (read.name, read.least, read.most) == ("a", 2, 10)
    with pytest.raises(ParameterError) as caught:
        Extended({"at_least": 2})
    assert caught.value.path == ("name",)


def test_a_base_knows_nothing_of_its_subclasses() -> None:
    with pytest.raises(ParameterError) as caught:
        Base({"name": "a", "most": 3})
    assert caught.value.path == ("most",)


def test_a_subclass_may_declare_a_key_anew() -> None:
    assert Overriding({"name": "a"}).least == 5
    assert Overriding({"name": "a", "from": 2}).least == 2
    with pytest.raises(ParameterError) as caught:
        Overriding({"name": "a", "at_least": 2})
    assert caught.value.path == ("at_least",)


def test_a_subclass_may_fix_a_value_and_take_keys_from_elsewhere() -> None:
    read = Mixed({"unit": "km"})
    assert (read.name, read.unit, read.least) == ("fixed", "km", 0)
    with pytest.raises(ParameterError) as caught:
        Mixed({"name": "a"})
    assert caught.value.path == ("name",)
