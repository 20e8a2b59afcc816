"""The sentences of diagnoses: what was seen, with its numbers, what it means, what to do.

One decision: they are templates with their formats in them, since the clinic of the playground's page says the same
ones: there scripts fill them in. The thresholds are here for the same reason.
"""

from __future__ import annotations

from typing import Any

ROWS = 64  # looked at for activations
WORK = 200_000  # weights times rows at most, so that looking takes milliseconds
TOO_LARGE = 0.3  # of the weights' length a step: what is learned is overwritten at once
UNTOLD = 1e9  # weights' lengths a step, beyond which their number says no more
TOO_SMALL = 0.02  # of the weights' length the whole run
VANISHING = 1e-4  # of the last layer's gradient
CONSTANT = 0.6  # of a layer's units answer the same for every row
IDLE = 0.9  # of them, in a network that has learned something
UNSCALED = 20.0  # deviations or means of an input, where about 1 is wanted
SCALED = 2.0  # of them at most, and no scaling of inputs is advised
FEW_LAYERS = 3  # and no fewer are advised
DROPPED = 0.3  # of the units, from which on it is dropout that nothing is learned
STRONG = 0.1  # weight decay or penalty, from which on it is this that nothing is learned
OVERFITTED = 1.5  # times the best validation loss
IMPROVING = 0.05  # of all that was gained, in the last fifth of the epochs

THRESHOLDS = {
    "rows": ROWS, "work": WORK, "tooLarge": TOO_LARGE, "tooSmall": TOO_SMALL, "vanishing": VANISHING,
    "constant": CONSTANT, "idle": IDLE, "unscaled": UNSCALED, "scaled": SCALED, "fewLayers": FEW_LAYERS,
    "overfitted": OVERFITTED, "dropped": DROPPED, "strong": STRONG, "untold": UNTOLD,
}  # fmt: skip

SENTENCES = {
    "unscaled": "input {name} is about {size:.3g} in size where {usual}; unscaled inputs make steps "
    "too long in some directions and too short in others: subtract the mean and divide by the standard deviation",
    "absent": "none of the rows to train on, {count:,} in all, is of class {classes}, which can never be answered: "
    "add such rows, or divide the rows in another way",
    "zero": "all weights were 0 at the start, so neurons of a layer stay alike and learn one thing: begin anew with "
    "weights that another seed draws",
    "alike": "all {count} neurons of layer {layer} have the same weights, before and after, so they count as one: "
    "begin anew with weights that another seed draws",
    "vanishing": "the gradient of layer 0 is {first:.1e} where that of the last layer is {last:.1e}: it vanishes "
    "on its way through {count} layers, so that the first ones hardly learn: take {cure}",
    "exploding": "the gradient of layer 0 is {first:.1e} where that of the last layer is {last:.1e}: it explodes "
    "on its way: take a smaller learning rate, {clip}, or smaller first weights",
    "dead": "{share:.0%} of the ReLU neurons of layer {layer} answer 0 for every row, and did so before training; no "
    "gradient gets through them: they are dead, and no other learning rate brings them back; set their biases "
    "near 0, or begin anew with weights that another seed draws",
    "died": "{share:.0%} of the ReLU neurons of layer {layer} answer 0 for every row since they were trained, and no "
    "gradient gets through them any more: they have died; begin anew with a smaller learning rate or leaky_relu",
    "saturated": "{share:.0%} of the {activation} neurons of layer {layer} stand at one end for every row, and did so "
    "before training; the curve is flat there: they are saturated and do not learn; set their biases near 0, or "
    "begin anew with weights that another seed draws{scaling}",
    "driven": "{share:.0%} of the {activation} neurons of layer {layer} stand at one end for every row since they were "
    "trained, where the curve is flat: they are saturated and learn no more; begin anew with a smaller learning "
    "rate{scaling}",
    "large": "a step of the first epoch moved the weights by {ratio:.3g} times their length, where about 0.01 is "
    "usual: what was learned is overwritten at once; take a smaller learning rate{now}",
    "small": "the whole run moved the weights by {moved:.2%} of their length and the loss from {start:.4g} to "
    "{end:.4g}: the steps are too short; take a larger learning rate{now} or more epochs",
    "constant": "the best training loss is {reached:.4g} where a constant answer has {constant:.4g}: the network "
    "tells nothing about the targets; train longer, change the learning rate or the layers, or look whether the "
    "inputs have to do with them at all",
    "dropped": "with {share:.0%} of the hidden neurons left out of each step the best training loss is {reached:.4g} "
    "where a constant answer has {constant:.4g}: what is left tells nothing about the targets; take less dropout or "
    "more neurons",
    "decayed": "with {penalty} of {strength:.3g} the training loss ends at {last:.4g} where a constant answer has "
    "{constant:.4g}: the weights are drawn to 0 faster than they learn; take 0 or 0.001 and begin anew",
    "straight": "no hidden layer has an activation that bends, so that the network is no more than a straight line or "
    "plane, and its best training loss is {reached:.4g} where a constant answer has {constant:.4g}; take a hidden "
    "layer of tanh or relu, or look whether the inputs have to do with the targets at all",
    "linear": "no hidden layer has an activation that bends, so that the network is no more than a straight line or "
    "plane, however many layers it has: take tanh or relu for them, or no hidden layer",
    "overfitted": "from epoch {epoch} on the validation loss rose from {best:.4g} to {last:.4g} while the training "
    "loss fell to {train:.4g}: the rows are learned by heart; take {patience}, {decay}, {dropout}, "
    "fewer neurons or more rows",
    "once": "the run had one epoch (steps: {steps}), which cannot show whether the loss still falls: take more epochs",
    "unfinished": "the loss still fell from {before:.4g} to {last:.4g} in the last {span} when the run "
    "stopped: it is not done; take more epochs or a larger learning rate",
}

# What to do, put into the sentences: of more than one the second where the run does the first already, the third on a
# page, where there is no such setting.
CURES: dict[str, Any] = {
    "fewer": "three layers or fewer", "sigmoid": "relu or tanh rather than sigmoid", "one": "one hidden layer",
    "scale": ", or scale the inputs", "clip": ("clip_norm=1", "a smaller clip_norm", "fewer layers"),
    "patience": ("patience", "less patience", "fewer epochs"), "decay": ("weight decay", "more weight decay"),
    "dropout": ("dropout", "more dropout"),
}  # fmt: skip


class Sentence(str):
    """What is said of a run, by `kind` which disease it is about, and the numbers that were `seen`."""

    kind = ""
    seen: dict[str, Any]


class Times(float):
    """How many times their length weights were moved."""

    def __format__(self, spec: str) -> str:
        return "more than a billion" if self > UNTOLD else super().__format__(spec)


def sentence(kind: str, **seen: Any) -> Sentence:
    """The sentence of a disease with the numbers that were seen."""
    said = Sentence(SENTENCES[kind].format(**seen))
    said.kind, said.seen = kind, seen
    return said
