"""Letters: queued in the transaction of their action, sent afterwards, once each."""
