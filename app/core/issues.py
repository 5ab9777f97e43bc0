"""Issues: what has to be fixed before something may be published, sent or submitted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Issue:
    """`sentence` says what to fix; a `warning` does not block. Subclasses say where it is fixed."""

    sentence: Any
    warning: bool = False


def blocks(issues: Iterable[Issue]) -> bool:
    """True when an issue is more than a warning."""
    return any(not issue.warning for issue in issues)
