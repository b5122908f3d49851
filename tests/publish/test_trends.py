"""The small pictures of how the indicators go."""

from documents import example, read

from vaaldplan.publish.markup import Figure
from vaaldplan.publish.view import view
from vaaldplan.publish.view_trends import LARGEST, trends
from vaaldplan.publish.words import Words


def test_an_indicator_with_figures_of_two_years_is_drawn() -> None:
    plan = read(
        """
indikatorer:
- {id: U1, titel: Chefer, enhet: procent, utgångsvärde: {2026: 40}, målvärden: {2028: minst 80, 2030: 90–100}}
- {id: U2, titel: Bara ett år, utgångsvärde: {2026: 40}}
- {id: U3, titel: Bara ord, utgångsvärde: {2026: få}, målvärden: {2028: fler}}
- {id: U4, titel: Okänt, utgångsvärde: {okänt: mäts 2027}, målvärden: {2028: 1, 2029: 2}}
"""
    )
    pictures: dict[str, Figure] = {}
    (part,) = trends(plan, Words(plan, "sv"), pictures)
    figure = pictures[part.name]
    assert "U1 Chefer (%)" in figure.svg
    assert "U4 Okänt" in figure.svg
    assert "U2" not in figure.svg + figure.alt
    assert "U3" not in figure.svg
    assert ">95</text>" in figure.svg


def test_many_indicators_take_several_pictures() -> None:
    plan, settings = example("alingsas")
    shown = view(plan, Words(plan, "sv", settings))
    names = [p.name for p in shown.sections["indicators"] if p.kind == "picture"]
    assert len(names) == 2
    assert len(plan.indicators) > LARGEST
    for name in names:
        assert "Samma värden står under varje indikator" in shown.figures[name].alt
