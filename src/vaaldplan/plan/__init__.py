"""What a plan is: the model, the one vocabulary, and loading plain data into it. Knows nothing of YAML."""
