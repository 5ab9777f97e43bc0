"""The read-only JSON interface and its OpenAPI document."""
