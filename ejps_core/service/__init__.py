"""The service: the API under /api/v1, who may use it, jobs, health. Nothing is loaded or opened before create_app()."""
