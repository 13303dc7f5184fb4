"""What a text costs a model, estimated from above."""
