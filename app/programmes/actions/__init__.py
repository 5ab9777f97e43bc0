"""Every deed on programmes and calls."""
