"""What the layer says of itself, in metrics and traces, beside what the parties saw."""
