"""How derivatives come about: the tape, the sweeps over it, and the transforms made of them."""
