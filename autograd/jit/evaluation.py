# cython: annotation_typing=False
# pyright: reportMissingImports=false
"""One evaluation of a recorded function, and the derivatives of its results: what a CALL node asks on the way back.

Nothing is differentiated before somebody asks. The numbers that the evaluation was computed from are kept in the
machine's room; of a batch the rows are computed again, and are found out if they have changed meanwhile. Derivatives
that must be differentiated themselves are evaluations of the recorded function's derivative, whose results are nodes.
Compiled by Cython where possible (types: evaluation.pxd).
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd.jit.machine import finite

if cython.compiled:
    from cython.cimports.autograd.differentiation.nodes import call, result
    from cython.cimports.autograd.jit.recording.recordings import machine_of, single_machine
    from cython.cimports.autograd.value import Value, data_of, doubles, new_doubles
else:
    from autograd.differentiation.nodes import call, result
    from autograd.jit.recording.recordings import machine_of, single_machine
    from autograd.value import Value, data_of, doubles, new_doubles


class Evaluation:
    """How the results of a recorded function depend on what they were computed from.

    Attributes:
        recording, machine, room: what was run, on which machine, and the numbers; None where nobody has asked for more
            than the results, which were known otherwise. kept: then the numbers of the captured Values.
        arguments: of the call, with floats in the place of Values. operands: the Values that derivatives are in the
            direction of.
        batch: whether the results are sums over rows. rows: which ones, an array, or None for all. sums: these, None
            where they have not been asked for. factor: what they are multiplied by.
        units: for the place of a result its partials. weights: during a backward pass what has arrived at the results.
    """

    __slots__ = (
        "arguments", "batch", "factor", "kept", "machine", "operands", "recording", "room", "rows", "sums", "units",
        "weights",
    )  # fmt: skip

    def __init__(self, recording, machine, room, arguments, operands):
        self.recording = recording
        self.machine = machine
        self.room = room
        self.arguments = arguments
        self.operands = operands
        self.batch = False
        self.rows = self.sums = self.kept = None
        self.factor = 1.0
        self.units = {}
        self.weights = None

    def over(self, rows, sums, factor):
        """The same evaluation, of a batch."""
        self.batch = True
        self.rows, self.sums, self.factor = rows, sums, factor
        return self

    def prepared(self):
        """Have the recording run, if it has not been."""
        if self.room is not None:
            return 0
        self.machine = machine_of(self.recording, self.arguments)
        if self.batch:
            self.room, self.sums, _ = self.run_rows(self.machine, self.kept, self.arguments, None)
        else:
            self.room = self.machine.evaluate(self.kept, self.arguments.numbers)
        return 0

    def run_rows(self, machine, captured, arguments, weights):
        """The machine's answer for the rows of the batch."""
        n = arguments.n if self.rows is None else len(self.rows)
        state = bytearray(n) if machine.program.guarded else None
        return machine.run_rows(
            captured, arguments.numbers, arguments.tables, self.rows, n, weights, None, state
        )  # fmt: skip

    def captured_numbers(self):
        """The numbers of the captured Values that this was computed from."""
        if self.kept is None:
            self.kept = self.machine.captured_numbers(self.room)
        return self.kept

    # ---- as numbers

    def weigh(self, k, weight):
        """Note what has arrived at the result k."""
        if self.weights is None:
            self.weights = [None] * len(self.recording.graph.roots)
        self.weights[k] = weight
        return 0

    def partials(self, k):
        """The partials of the result k, in the form that a node keeps them in."""
        found = self.units.get(k)
        if found is None:
            weights = [None] * len(self.recording.graph.roots)
            weights[k] = 1.0
            found = self.units[k] = self.derived_numbers(weights)
        return found

    def pulled(self, weights):
        """The partials of the weighted sum of the results; a weight is None where nothing has arrived."""
        seeded = [k for k in range(len(weights)) if weights[k] is not None]
        if len(seeded) != 1:
            return self.derived_numbers(weights)
        unit, weight = self.partials(seeded[0]), weights[seeded[0]]
        return unit if weight == 1.0 else scaled(unit, weight, len(self.operands))

    def derived_numbers(self, weights):
        if self.recording.graph.own:
            return self.by_program(weights)
        if self.recording.origin is not None:
            return self.second_derivatives(weights)
        self.prepared()
        if not self.batch:
            return self.machine.partials(self.room, weights)
        scaled_weights = [None if w is None else w * self.factor for w in weights]
        _, sums, partials = self.run_rows(self.machine, self.captured_numbers(), self.arguments, scaled_weights)
        self.check(sums)
        return partials if finite(partials, len(self.operands)) else self.exact(weights)[0]

    def by_program(self, weights):
        """The partials from the derivative's program: those of the user's own operations are what the user says."""
        places = tuple([k for k in range(len(weights)) if weights[k] is not None])
        recording, reached = self.recording.reverse(places, ())
        room = new_doubles(len(reached))
        found = iter(self.derived(recording, [weights[k] for k in places]).results() if any(reached) else ())
        for i in range(len(reached)):
            doubles(room)[i] = next(found) if reached[i] else 0.0
        return room

    def second_derivatives(self, weights):
        """The partials of the weighted sum of results that are derivatives themselves: see Recording.along."""
        recording, arguments, weight = self.along(weights)
        machine, captured = machine_of(recording, arguments), self.captured_numbers()
        if not self.batch:
            return machine.partials(machine.evaluate(captured, arguments.numbers), [weight])
        partials = self.run_rows(machine, captured, arguments, [weight])[2]
        return partials if finite(partials, len(self.operands)) else self.exact(weights)[0]

    def along(self, weights):
        """The recording of the weighted sum of the results, its arguments, and the weight of its only result."""
        operands = self.recording.origin[3]
        chosen = [k for k in range(len(weights)) if weights[k] is not None]
        recording = self.recording.along(tuple([operands[k] for k in chosen]))
        return recording, self.arguments.with_numbers([weights[k] for k in chosen]), self.factor

    def check(self, sums):
        if self.sums is not None and not same_bits(sums, self.sums):
            raise RuntimeError(
                "the arrays that a recorded function's result was computed from hold other numbers by now: their sum "
                f"was {self.sums} and would be {sums}; differentiate the result before changing them, or pass a copy"
            )
        return 0

    def check_rows(self):
        """Raise RuntimeError where the rows are not what they were."""
        if self.batch and self.sums is not None:
            self.check(self.run_rows(self.machine, self.captured_numbers(), self.arguments, None)[1])
        return 0

    def reaches(self, weights):
        """For each operand whether a derivative arrives there at all; 0 may."""
        return self.exact(weights)[1]

    def exact(self, weights):
        """The partials by way of what was chosen only, row by row, and whether a derivative arrives."""
        recording, arguments = self.recording, self.arguments
        if recording.graph.own:
            partials = self.by_program(weights)
            return partials, bytearray([1] * len(self.operands))
        if recording.origin is not None:
            recording, arguments, _ = self.along(weights)
            weights = [1.0]
        machine, captured = single_machine(recording), self.captured_numbers()
        if not self.batch:
            return machine.exact(machine.evaluate(captured, arguments.numbers), weights)
        n = len(self.operands)
        total, reaches = new_doubles(n), bytearray(n)
        for i in range(n):
            doubles(total)[i] = 0.0
        scaled_weights = [None if w is None else w * self.factor for w in weights]
        for row in range(arguments.n) if self.rows is None else self.rows.tolist():
            room = machine.evaluate(captured, arguments.row(row))
            if room is None:  # a comparison so close that another order of additions decides it otherwise
                continue
            partials, live = machine.exact(room, scaled_weights)
            open_sums = False
            for i in range(n):
                if live[i]:
                    reaches[i] = 1
                    doubles(total)[i] += doubles(partials)[i]
                open_sums = open_sums or doubles(total)[i] == doubles(total)[i]
            if not open_sums:  # all are nan, and stay so
                break
        return total, reaches

    def pushed(self, tangents):
        """The derivative of each result when the operands move along the tangents, floats or None; so are these."""
        moving = tuple([i for i in range(len(tangents)) if tangents[i] is not None])
        recording, reached = self.recording.forward(moving, ())
        if not any(reached):
            return [None] * len(reached)
        evaluation = self.derived(recording, [tangents[i] for i in moving])
        found = iter(evaluation.results())
        return [next(found) if live else None for live in reached]

    def results(self):
        """The results as numbers."""
        self.prepared()
        return [x * self.factor for x in self.sums] if self.batch else self.machine.values(self.room)

    # ---- as Values

    def pulled_values(self, weights):
        """`pulled` in Values or floats, for each operand, or None."""
        places = tuple([k for k in range(len(weights)) if weights[k] is not None])
        seeds = [weights[k] for k in places]
        recording, reached = self.recording.reverse(places, variable_among(seeds))
        partials = self.pulled([None if w is None else data_of(w) for w in weights])
        values = [doubles(partials)[k] for k in range(len(reached)) if reached[k]]
        return self.as_values(self.derived(recording, seeds), reached, values)

    def pushed_values(self, tangents):
        """`pushed` in Values or floats or None; tangents may be Values too."""
        places = tuple([i for i in range(len(tangents)) if tangents[i] is not None])
        seeds = [tangents[i] for i in places]
        recording, reached = self.recording.forward(places, variable_among(seeds))
        evaluation = self.derived(recording, seeds)
        return self.as_values(evaluation, reached, evaluation.results() if any(reached) else [])

    def derived(self, recording, seeds):
        """The evaluation of a derivative of the recording, which nobody has asked for yet."""
        self.check_rows()
        arguments = self.arguments.with_numbers([data_of(x) for x in seeds])
        operands = self.operands + tuple([x for x in seeds if type(x) is Value])
        evaluation = Evaluation(recording, None, None, arguments, operands)
        evaluation.kept = self.captured_numbers()
        return evaluation.over(self.rows, None, self.factor) if self.batch else evaluation

    def as_values(self, evaluation, reached, values):
        """The results of an evaluation as nodes; None where no path leads to one."""
        if not evaluation.operands:
            numbers = iter(values)
            return [next(numbers) if live else None for live in reached]
        made = call(evaluation.operands, evaluation, len(values))
        found = []
        k = 0
        for live in reached:
            found.append(result(made, k, values[k]) if live else None)
            k += live
        return found


def variable_among(seeds):
    """The places of the Values."""
    return tuple([j for j in range(len(seeds)) if type(seeds[j]) is Value])


def scaled(partials, factor, n):
    room = new_doubles(n)
    for i in range(n):
        doubles(room)[i] = doubles(partials)[i] * factor
    return room


def same_bits(a, b):
    """Whether two lists of floats are the same numbers; a nan is the same as another."""
    return all([x == y or (x != x and y != y) for x, y in zip(a, b)])  # noqa: B905
