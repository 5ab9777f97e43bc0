"""Every deed on an application."""
