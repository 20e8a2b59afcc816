"""Files of saved models: what is in them, as JSON and as safetensors."""
