"""Whether a derivative is right, and where it comes from: gradcheck and explain."""
