"""Runs the benchmarks one after the other, each printing its ratios and goals: `python benchmarks/run.py [NAME...]`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.py") if path.name != Path(__file__).name)


def main(names: list[str]) -> int:
    unknown = sorted(set(names) - set(NAMES))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(NAMES)}")
        return 2
    status = 0
    for name in names or NAMES:
        print(f"== {name}", flush=True)
        status |= subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False).returncode  # noqa: S603 - our own files
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
