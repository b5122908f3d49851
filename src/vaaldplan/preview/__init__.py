"""A plan shown in the browser while it is written: rebuilt, and the page brought up to date, at every save."""
