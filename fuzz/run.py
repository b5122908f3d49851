"""Fuzz one target, led by what of the program each input reaches.

    python3 -m venv build/fuzz && build/fuzz/bin/pip install -r requirements.lock atheris
    PYTHONPATH=src nice build/fuzz/bin/python fuzz/run.py loader -max_total_time=200

Everything after the target's name goes to libFuzzer. The first input that breaks the program at a place is written to
``build/broke-TARGET/`` with what happened, and the fuzzer goes on. Mend the program, and put the input into
``fuzz/crashes/TARGET/``, where the tests find it.
"""

import hashlib
import resource
import sys
import traceback

import atheris

with atheris.instrument_imports(include=["vaaldplan", "markdown_it", "mdit_py_plugins", "jinja2", "tomllib"]):
    import targets

_MEMORY = 3_000_000_000


class _Keeping:
    """A target that keeps what breaks it, once for each place."""

    def __init__(self, name: str) -> None:
        self._run = targets.TARGETS[name]
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
    name, *options = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    corpus = targets.ROOT / "build" / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in targets.seeds(name):
        (corpus / f"seed-{seed.name}").write_bytes(seed.read_bytes())
    stopped = f"-artifact_prefix={targets.ROOT / 'build' / f'broke-{name}'}/"  # what never ends is written here
    usual = [stopped, f"-dict={targets.HERE / 'words.txt'}", "-max_len=4096", "-timeout=60", "-rss_limit_mb=0"]
    atheris.Setup([sys.argv[0], str(corpus), *usual, *options], _Keeping(name))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
