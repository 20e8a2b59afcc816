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

from autograd.jit.machine import are_copies, copies_of, finite

if cython.compiled:
    from cython.cimports.autograd.differentiation.nodes import call, result
    from cython.cimports.autograd.differentiation.recorded_call import RecordedCall
    from cython.cimports.autograd.jit.recording.recordings import machine_of, single_machine
    from cython.cimports.autograd.node import data_of, doubles, new_doubles
    from cython.cimports.autograd.value import Value
else:
    from autograd.differentiation.nodes import call, result
    from autograd.differentiation.recorded_call import RecordedCall
    from autograd.jit.recording.recordings import machine_of, single_machine
    from autograd.node import data_of, doubles, new_doubles
    from autograd.value import Value


MOST_COPIED = 1 << 20  # bytes of a batch that are cheaper to keep than to compute again


class Evaluation(RecordedCall):
    """How the results of a recorded function depend on what they were computed from.

    Attributes:
        recording, machine, room: what was run, on which machine, and the numbers; None where nobody has asked for more
            than the results, which were known otherwise. kept: then the numbers of the captured Values.
        arguments: of the call, with floats in the place of Values. operands: the Values that derivatives are in the
            direction of.
        batch: whether the results are sums over rows. rows: which ones, an array, or None for all. sums: these, None
            where they have not been asked for. factor: what they are multiplied by.
        copies: of what a small batch's tables held, None of a large one's. source: what this is a derivative of.
        units: for the place of a result its partials.
    """

    __slots__ = (
        "arguments", "batch", "copies", "factor", "kept", "machine", "operands", "recording", "room", "rows", "source",
        "sums", "units",
    )  # fmt: skip

    def __init__(self, recording, machine, room, arguments, operands):
        self.recording = recording
        self.machine = machine
        self.room = room
        self.arguments = arguments
        self.operands = operands
        self.batch = False
        self.rows = self.sums = self.kept = self.copies = self.source = None
        self.factor = 1.0
        self.units = {}
        self.weights = None

    def over(self, rows, sums, factor):
        """The same evaluation, of a batch."""
        self.batch = True
        self.rows, self.sums, self.factor = rows, sums, factor
        if sums is not None:
            self.copies = copies_of(self.arguments.tables, MOST_COPIED)
        return self

    def prepared(self):
        """Have the recording run, if it has not been."""
        if self.room is not None:
            return 0
        self.machine = machine_of(self.recording, self.arguments)
        if self.batch:
            self.check_rows()
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

    def count(self):
        return len(self.recording.graph.roots)

    def partials(self, k):
        found = self.units.get(k)
        if found is None:
            weights = [None] * len(self.recording.graph.roots)
            weights[k] = 1.0
            found = self.units[k] = self.derived_numbers(weights)
        return found

    def pulled(self, weights):
        seeded = -1
        for k in range(len(weights)):
            if weights[k] is not None:
                if seeded >= 0:
                    return self.derived_numbers(weights)
                seeded = k
        weight = weights[seeded] if seeded >= 0 else 0.0
        if seeded < 0 or weight - weight != 0.0:  # what was not chosen gets nothing: not 0 times inf
            return self.derived_numbers(weights)
        unit = self.partials(seeded)
        return unit if weight == 1.0 else scaled(unit, weight, len(self.operands))

    def is_ahead(self):
        return self.machine is not None and self.machine.is_ahead(self.operands)

    def add_to_arena(self, partials):
        return self.machine.add_to_arena(self.operands, partials)

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
        self.check_rows()
        partials = self.run_rows(machine, captured, arguments, [weight])[2]
        return partials if finite(partials, len(self.operands)) else self.exact(weights)[0]

    def along(self, weights):
        """The recording of the weighted sum of the results, its arguments, and the weight of its only result."""
        chosen = None
        for weight in weights:
            if weight is None:
                chosen = tuple([k for k in range(len(weights)) if weights[k] is not None])
                break
        moving = weights if chosen is None else [weights[k] for k in chosen]
        return self.recording.along(chosen), self.arguments.with_numbers(moving), self.factor

    def check(self, sums):
        if self.sums is not None and not same_bits(sums, self.sums):
            raise changed()
        return 0

    def check_rows(self):
        """Raise RuntimeError where the rows are not what the first of these results was computed from.

        So begins every run over rows but the first, as well as whatever leads to one: there may be any time between.
        """
        first = self if self.source is None else self.source
        if first.copies is not None:
            if not are_copies(first.copies, first.arguments.tables):
                raise changed()
        elif first.sums is not None:
            first.check(first.run_rows(first.machine, first.captured_numbers(), first.arguments, None)[1])
        return 0

    def reaches(self, weights):
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
        self.check_rows()
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
        places = tuple([k for k in range(len(weights)) if weights[k] is not None])
        seeds = [weights[k] for k in places]
        recording, reached = self.recording.reverse(places, variable_among(seeds))
        partials = self.pulled([None if w is None else data_of(w) for w in weights])
        return as_nodes(self.derived(recording, seeds), reached, partials)

    def pushed_values(self, tangents):
        places = tuple([i for i in range(len(tangents)) if tangents[i] is not None])
        seeds = [tangents[i] for i in places]
        recording, reached = self.recording.forward(places, variable_among(seeds))
        evaluation = self.derived(recording, seeds)
        found = iter(evaluation.results() if any(reached) else [])
        numbers = new_doubles(len(reached))
        for k in range(len(reached)):
            doubles(numbers)[k] = next(found) if reached[k] else 0.0
        return as_nodes(evaluation, reached, numbers)

    def derived(self, recording, seeds):
        """The evaluation of a derivative of the recording, which nobody has asked for yet."""
        self.check_rows()
        arguments = self.arguments.with_numbers([data_of(x) for x in seeds])
        operands = self.operands + tuple([x for x in seeds if type(x) is Value])
        evaluation = Evaluation(recording, None, None, arguments, operands)
        evaluation.kept = self.captured_numbers()
        evaluation.source = self if self.source is None else self.source
        return evaluation.over(self.rows, None, self.factor) if self.batch else evaluation


def as_nodes(evaluation, reached, numbers):
    """The results of an evaluation as nodes, or as floats where they depend on nothing; None where none is reached.

    Arguments:
        reached: for each place whether there is a result. numbers: room with the results at their places.
    """
    n, k = evaluation.count(), 0
    made = call(evaluation.operands, evaluation, n) if evaluation.operands else None
    found = []
    for i in range(len(reached)):
        if not reached[i]:
            found.append(None)
        elif made is None:
            found.append(doubles(numbers)[i])
        else:
            found.append(result(made, k, doubles(numbers)[i]))
            k += 1
    return found


def changed():
    return RuntimeError(
        "the arrays that a recorded function's result was computed from hold other numbers by now; differentiate the "
        "result before changing them, or pass a copy"
    )


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
