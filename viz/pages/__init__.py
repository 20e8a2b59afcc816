"""Offline pages: backpropagation step by step, and a training run epoch by epoch."""
