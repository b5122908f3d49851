"""A new plan: which municipality is meant, the text of ``plan.yaml``, and the files around it."""
