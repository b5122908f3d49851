"""Fuzz one target, led by what of the program each input reaches.

    python3 -m venv build/fuzz
    build/fuzz/bin/pip install --require-hashes -r requirements.lock && build/fuzz/bin/pip install atheris
    PYTHONPATH=src nice build/fuzz/bin/python fuzz/run.py loader -max_total_time=200

Everything after the target's name goes to libFuzzer. The first input that breaks the program at a place is written to
``build/broke-TARGET/`` with what happened, and the fuzzer goes on. Mend the program, and put the input into
``fuzz/crashes/TARGET/``, where the tests find it.
"""

import gc
import hashlib
import resource
import sys
import traceback

import atheris

LED: dict[str, tuple[str, ...]] = {
    "loader": ("vaaldplan.source", "vaaldplan.plan"),
    "vocabulary": ("vaaldplan.plan",),
    "dates": ("vaaldplan.swedish", "vaaldplan.plan.node", "vaaldplan.workdays"),
    "amounts": ("vaaldplan.swedish", "vaaldplan.plan.node"),
    "markdown": ("vaaldplan.publish", "markdown_it", "mdit_py_plugins"),
    "template": ("vaaldplan.publish", "jinja2"),
    "settings": ("vaaldplan.config", "vaaldplan.tables", "vaaldplan.facts", "vaaldplan.texts", "tomllib"),
}  # fmt: skip
"""Whose ways lead the fuzzer; of the targets in ``whole`` those of all of it. The rest runs at its usual speed."""
LONGEST = {"dates": 100, "amounts": 60, "vocabulary": 1000, "settings": 1000}
"""Bytes in an input; 4096 where nothing is said."""
_NAME = sys.argv[1]

with atheris.instrument_imports(include=[*LED.get(_NAME, ("vaaldplan", "markdown_it", "jinja2", "tomllib"))]):
    import targets
    import whole

_MEMORY = 3_000_000_000


class _Keeping:
    """A target that keeps what breaks it, once for each place."""

    def __init__(self, name: str) -> None:
        self._run = {**targets.TARGETS, **whole.TARGETS}[name]
        self._folder = targets.ROOT / "build" / f"broke-{name}"
        self._folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, data: bytes) -> None:
        try:
            self._run(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            ours = [f for f in frames if "vaaldplan" in f.filename or "fuzz" in f.filename]
            spot = f"{type(error).__name__} {ours[-1].filename}:{ours[-1].lineno}"
            name = hashlib.sha256(spot.encode()).hexdigest()[:12]
            if not (self._folder / name).exists():
                (self._folder / name).write_bytes(data)
                (self._folder / f"{name}.txt").write_text("".join(traceback.format_exception(error)))
                print(f"broke: {spot}: {error}", file=sys.stderr, flush=True)


def main() -> None:
    """Run."""
    options = sys.argv[2:]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    corpus = targets.ROOT / "build" / f"corpus-{_NAME}"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in targets.seeds(_NAME):
        (corpus / f"seed-{seed.name}").write_bytes(seed.read_bytes())
    stopped = f"-artifact_prefix={targets.ROOT / 'build' / f'broke-{_NAME}'}/"  # what never ends is written here
    words = f"-dict={targets.HERE / 'words.txt'}"
    usual = [stopped, words, f"-max_len={LONGEST.get(_NAME, 4096)}", "-timeout=60", "-rss_limit_mb=0"]
    gc.freeze()
    atheris.Setup([sys.argv[0], str(corpus), *usual, *options], _Keeping(_NAME))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
