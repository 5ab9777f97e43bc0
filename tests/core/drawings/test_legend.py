"""The legend of the street leaves nothing out."""

from app.core.belgium.lists import LEGAL_FORMS, SECTORS
from app.core.drawings import legend
from app.core.drawings.gables import FAMILIES


def test_every_legal_form_stands_once_beside_its_gable() -> None:
    families = legend.families()

    assert sorted(code for _house, codes in families for code in codes) == sorted(LEGAL_FORMS.keys() - {"unknown"})
    assert len({house for house, _codes in families}) == len(families) == len(FAMILIES)


def test_every_sector_has_its_own_window_on_a_wall_of_its_colour() -> None:
    sectors = legend.sectors()

    assert [code for _sign, code in sectors] == list(SECTORS)
    assert len({sign for sign, _code in sectors}) == len(SECTORS)
    for sign, code in sectors:
        assert f'class="{SECTORS[code].fill}"' in sign
