"""HTTP: blueprints, forms, limits, security headers, static files and error pages."""
