"""The rights of a person, and what goes by itself in time. What is counted stays counted, without a name."""

from app.privacy.actions.retention import purge, warn
from app.privacy.actions.rights import correct, erase, withdraw_consent

__all__ = ["correct", "erase", "purge", "warn", "withdraw_consent"]
