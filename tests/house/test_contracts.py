"""The stairs and the floors: no import goes up."""

import subprocess
import sys
from pathlib import Path

from config import ROOT


def test_every_import_contract_is_kept() -> None:
    linter = Path(sys.executable).parent / "lint-imports"

    ended = subprocess.run([str(linter), "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout[-3000:]
