"""Pictures of training and of trained models, with matplotlib."""
