"""The pages for browsers: plain forms and links that work without a script, made quicker by htmx where it is there."""
