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
    from cython.cimports.autograd.jit.recordings import machine_of, single_machine
    from cython.cimports.autograd.value import Value, call, data_of, doubles, new_doubles, result
else:
    from autograd.jit.recordings import machine_of, single_machine
    from autograd.value import Value, call, data_of, doubles, new_doubles, result


class Evaluation:
    """How the results of a recorded function depend on what they were computed from.

    Attributes:
        recording, machine, room: what was run, on which machine, and the numbers. call: the arguments, with floats in
            the place of Values. operands: the Values that derivatives are in the direction of.
        rows: of a batch which ones, an array, or None for all. sums: of a batch the sums over the rows, None without.
        factor: what a batch's sums are multiplied by.
        units: for the place of a result its partials. weights: during a backward pass what has arrived at the results.
    """

    __slots__ = ("arguments", "factor", "machine", "operands", "recording", "room", "rows", "sums", "units", "weights")

    def __init__(self, recording, machine, room, arguments, operands):
        self.recording = recording
        self.machine = machine
        self.room = room
        self.arguments = arguments
        self.operands = operands
        self.rows = self.sums = None
        self.factor = 1.0
        self.units = {}
        self.weights = None

    def over(self, rows, sums, factor):
        """The same evaluation, of a batch."""
        self.rows, self.sums, self.factor = rows, sums, factor
        return self

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
        if self.sums is None:
            return self.machine.partials(self.room, weights)
        found = self.rows_again([None if w is None else w * self.factor for w in weights])
        return found if finite(found, len(self.operands)) else self.exact_rows(weights)[0]

    def rows_again(self, weights):
        """The partials over the rows. Raises RuntimeError where the rows are not what they were."""
        call = self.arguments
        n = call.n if self.rows is None else len(self.rows)
        state = bytearray(n) if self.machine.program.guarded else None
        _, sums, partials = self.machine.run_rows(
            self.captured_numbers(), call.numbers, call.tables, self.rows, n, weights, None, state
        )
        self.check(sums)
        return partials

    def check(self, sums):
        if not same_bits(sums, self.sums):
            raise RuntimeError(
                "the arrays that a recorded function's result was computed from hold other numbers by now: their sum "
                f"was {self.sums} and would be {sums}; differentiate the result before changing them, or pass a copy"
            )
        return 0

    def captured_numbers(self):
        return self.machine.captured_numbers(self.room)

    def arrives(self, weights):
        """For each operand whether a derivative arrives there at all; 0 may."""
        if self.sums is None:
            return self.machine.exact(self.room, weights)[1]
        return self.exact_rows(weights)[1]

    def exact_rows(self, weights):
        """The partials row by row, by way of what was chosen only, and whether a derivative arrives."""
        machine, captured = single_machine(self.recording), self.captured_numbers()
        n = len(self.operands)
        total, arrives = new_doubles(n), bytearray(n)
        for i in range(n):
            doubles(total)[i] = 0.0
        scaled_weights = [None if w is None else w * self.factor for w in weights]
        for row in range(self.arguments.n) if self.rows is None else self.rows.tolist():
            room = machine.evaluate(captured, self.arguments.row(row))
            if room is None:  # a comparison so close that another order of additions decides it otherwise
                continue
            partials, live = machine.exact(room, scaled_weights)
            open_sums = False
            for i in range(n):
                if live[i]:
                    arrives[i] = 1
                    doubles(total)[i] += doubles(partials)[i]
                open_sums = open_sums or doubles(total)[i] == doubles(total)[i]
            if not open_sums:  # all are nan, and stay so
                break
        return total, arrives

    def pushed(self, tangents):
        """The derivative of each result when the operands move along the tangents, floats or None; so are these."""
        moving = [i for i in range(len(tangents)) if tangents[i] is not None]
        if not moving:
            return [None] * len(self.recording.graph.roots)
        recording, reached = self.recording.forward(tuple(moving), ())
        found = iter(self.evaluated(recording, [tangents[i] for i in moving])[1])
        return [next(found) if live else None for live in reached]

    # ---- as Values

    def pulled_values(self, weights):
        """`pulled` in Values or floats, for each operand, or None."""
        seeded = tuple([k for k in range(len(weights)) if weights[k] is not None])
        return self.in_values([weights[k] for k in seeded], seeded, True)

    def pushed_values(self, tangents):
        """`pushed` in Values or floats or None; tangents may be Values too."""
        moving = tuple([i for i in range(len(tangents)) if tangents[i] is not None])
        return self.in_values([tangents[i] for i in moving], moving, False)

    def in_values(self, seeds, places, backwards):
        """The results of a derivative of the recording as nodes, None where no path leads to one."""
        variable = tuple([j for j in range(len(seeds)) if type(seeds[j]) is Value])
        make = self.recording.reverse if backwards else self.recording.forward
        recording, reached = make(places, variable)
        if not any(reached):
            return [None] * len(reached)
        evaluation, values = self.evaluated(recording, seeds)
        if backwards and any([x != x for x in values]):
            recording, reached = self.recording.reverse(places, variable, exact=True)
            evaluation, values = self.evaluated(recording, seeds)
        made = call(evaluation.operands, evaluation, len(values))
        found = []
        k = 0
        for live in reached:
            found.append(result(made, k, values[k]) if live else None)
            k += live
        return found

    def evaluated(self, recording, seeds):
        """The evaluation of a derivative of the recording at these numbers, and its results."""
        arguments = self.arguments.with_numbers([data_of(x) for x in seeds])
        captured = self.captured_numbers()
        captured = [captured[i] for i in recording.places] if recording.places is not None else captured
        operands = tuple([self.operands[i] for i in recording.operand_places])
        operands += tuple([x for x in seeds if type(x) is Value])
        machine = machine_of(recording, arguments)
        if self.sums is None:
            room = machine.evaluate(as_array(captured), arguments.numbers)
            return Evaluation(recording, machine, room, arguments, operands), machine.values(room)
        self.check_rows()
        n = arguments.n if self.rows is None else len(self.rows)
        room, sums, _ = machine.run_rows(
            as_array(captured), arguments.numbers, arguments.tables, self.rows, n, None, None, None
        )
        evaluation = Evaluation(recording, machine, room, arguments, operands).over(self.rows, sums, self.factor)
        return evaluation, [x * self.factor for x in sums]

    def check_rows(self):
        call = self.arguments
        n = call.n if self.rows is None else len(self.rows)
        state = bytearray(n) if self.machine.program.guarded else None
        found = self.machine.run_rows(
            self.captured_numbers(), call.numbers, call.tables, self.rows, n, None, None, state
        )
        return self.check(found[1])


def scaled(partials, factor, n):
    room = new_doubles(n)
    for i in range(n):
        doubles(room)[i] = doubles(partials)[i] * factor
    return room


def same_bits(a, b):
    """Whether two lists of floats are the same numbers; a nan is the same as another."""
    return all([x == y or (x != x and y != y) for x, y in zip(a, b)])  # noqa: B905


def as_array(numbers):
    import array

    return array.array("d", numbers)
