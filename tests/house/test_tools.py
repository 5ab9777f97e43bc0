"""The tools of `make check`, as tests among the others: they run beside them, and a finding fails the run."""

import subprocess

import pytest

from config import ROOT
from scripts.checks import TOOLS, program

BY_OTHER_TESTS = {"messages"}  # tests/house/test_catalogues.py says more, from the same words


@pytest.mark.slow("each tool reads the whole program, types for the first time on a new machine")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("tool", [name for name in TOOLS if name not in BY_OTHER_TESTS])
def test_a_tool_finds_nothing(tool: str) -> None:
    ended = subprocess.run(program(TOOLS[tool]), cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, (ended.stdout + ended.stderr)[-5000:]
