"""``vaaldplan build --watch`` as a process of its own."""

from pathlib import Path

from running import PATIENCE, Command

PLAN = "titel: Plan\nåtgärder:\n  - {id: A1, titel: Utbilda alla chefer}\n"


def test_the_chosen_formats_are_built_again_at_every_save(tmp_path: Path) -> None:
    plan, html = tmp_path / "plan.yaml", tmp_path / "ut/plan.html"
    plan.write_text(PLAN, "utf-8")
    with Command("build", "plan.yaml", "--watch", "--to", "html,md", folder=tmp_path) as build:
        build.until("Bygger om varje gång planen sparas.")
        assert "Utbilda alla chefer" in html.read_text("utf-8")
        assert sorted(p.name for p in html.parent.iterdir()) == [".vaaldplan.json", "plan.html", "plan.md"]

        plan.write_text(PLAN.replace("Utbilda alla chefer", "Öppna en mottagning"), "utf-8")
        build.until("Bygger om")
        build.until("plan.md")
        build.until("åtgärd,")
        assert "Öppna en mottagning" in html.read_text("utf-8")

        plan.write_text("titel: [\n", "utf-8")
        build.until("Planen går inte att läsa, så det finns inget att bygga.")
        assert "Öppna en mottagning" in html.read_text("utf-8")

        plan.unlink()
        build.until("Det finns ingen fil eller mapp som heter plan.yaml.")
        plan.write_text(PLAN.replace("Utbilda alla chefer", "Tillbaka"), "utf-8")
        build.until("åtgärd,")
        assert "Tillbaka" in html.read_text("utf-8")

        html.write_text("min egen", "utf-8")
        plan.write_text(PLAN, "utf-8")
        build.until("är inte gjord av vaaldplan, eller har ändrats")
        assert html.read_text("utf-8") == "min egen"

        assert build.interrupt() == 0
        build.until("Bygger inte om längre.")


def test_no_plan_is_an_error_at_once(tmp_path: Path) -> None:
    with Command("build", "plan.yaml", "--watch", folder=tmp_path) as build:
        build.until("Det finns ingen fil")
        assert build.process.wait(PATIENCE) == 3
