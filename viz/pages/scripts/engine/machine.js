// The engine's machine, compiled to WebAssembly from the headers that the compiled twin is made of.
"use strict";

// The bytes of a gzip in base64, as Python packs them.
export async function unzipped(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

// `packed` is the compressed module in base64.
export async function startMachine(packed) {
  const { instance } = await WebAssembly.instantiate(await unzipped(packed), {});
  return new Machine(instance.exports);
}

export class Machine {
  constructor(exports) {
    this.wasm = exports;
    exports._initialize();
    this.blocks = new Map(); // by size: memory that is not in use
    this.buffer = exports.memory.buffer;
  }

  // A block of memory for numbers of a kind; its view is kept as long as the memory has not grown.
  block(kind, length) {
    const bytes = 2 ** Math.ceil(Math.log2(Math.max(64, length * kind.BYTES_PER_ELEMENT)));
    const spare = this.blocks.get(bytes) || [];
    const at = spare.pop() || this.wasm.machine_memory(bytes);
    if (!at) throw new RangeError("there is no memory left for this network");
    return { at, bytes, length, kind };
  }

  free(block) {
    if (!block) return;
    if (!this.blocks.has(block.bytes)) this.blocks.set(block.bytes, []);
    this.blocks.get(block.bytes).push(block.at);
  }

  view(block) {
    // Memory that has grown leaves the old buffer empty.
    if (this.buffer.byteLength === 0) this.buffer = this.wasm.memory.buffer;
    if (!block.view || block.view.buffer !== this.buffer) block.view =
      new block.kind(this.buffer, block.at, block.length);
    return block.view;
  }

  filled(kind, numbers) {
    const block = this.block(kind, numbers.length);
    this.view(block).set(numbers);
    return block;
  }

  program(made) {
    return new Program(this, made);
  }
}

export class Program {
  constructor(machine, made) {
    this.machine = machine;
    this.made = made;
    this.held = [
      machine.filled(Int32Array, made.code), machine.filled(Int32Array, made.uniform),
        machine.filled(Int32Array, made.tiled),
      machine.filled(Int32Array, made.roots.flat()), machine.filled(Int32Array, made.places),
    ];
    const [code, uniform, tiled, roots] = this.held;
    this.roots = made.roots.length;
    this.p = machine.wasm.machine_program(code.at, uniform.at, made.uniform.length, tiled.at, made.tiled.length,
      made.uniformSlots, made.tiledSlots, roots.at, this.roots);
    this.U = machine.filled(Float64Array, [...new Float64Array(made.parameters), ...made.constants]);
    this.sums = machine.block(Float64Array, made.uniformSlots + this.roots);
    this.seeds = machine.filled(Float64Array, new Float64Array(this.roots));
    this.seeded = machine.filled(Uint8Array, new Uint8Array(this.roots));
    this.room = null;
    this.values = null;
    this.state = null;
  }

  // Run over rows of a table: a block of numbers, `width` in a row; `places` are the rows, or null for the first n.
  // `weight` is what the derivative of the first root starts with, 0 for none. Returns views that the next run
  // overwrites.
  run(parameters, table, width, places, n, weight, wanted = true) {
    const { machine } = this;
    machine.view(this.U).set(parameters);
    const needed = machine.wasm.machine_room(this.p, n);
    this.room = this.sized(this.room, needed);
    if (wanted) this.values = this.sized(this.values, n * this.roots);
    machine.view(this.seeds)[0] = weight;
    machine.view(this.seeded)[0] = weight ? 1 : 0;
    machine.wasm.machine_run(this.p, this.U.at, table.at, width, this.held[4].at, this.made.rowInputs,
      places ? places.at : 0, n,
      weight ? this.seeds.at : 0, this.seeded.at, this.sums.at, wanted ? this.values.at : 0, this.room.at);
    const sums = machine.view(this.sums);
    if (this.split?.buffer !== sums.buffer) {
      this.split = { buffer: sums.buffer, gradient: sums.subarray(0, this.made.parameters),
        sums: sums.subarray(this.made.uniformSlots) };
    }
    return {
      gradient: this.split.gradient,
      sums: this.split.sums,
      values: wanted ? machine.view(this.values).subarray(0, n * this.roots) : null,
    };
  }

  // One epoch over rows (a block of 64-bit places) with a step of the optimizer for every `size` of them. `state` is
  // {settings: [lr, momentum, decay, shrink, l1], first, second, factors (null: descent)}; its arrays and the
  // parameters are changed. Returns the mean loss, the last gradient and the parameters before the last step.
  epoch(parameters, table, width, places, n, size, { settings, first, second, factors }) {
    const { machine } = this;
    const count = parameters.length;
    machine.view(this.U).set(parameters);
    this.room = this.sized(this.room, machine.wasm.machine_room(this.p, size));
    machine.view(this.seeded)[0] = 1;
    const steps = Math.ceil(n / size);
    this.state = this.sized(this.state, 3 * count + 2 * steps + settings.length);
    const place = (at) => this.state.at + 8 * at;
    let state = machine.view(this.state);
    state.set(first, 0);
    state.set(second, count);
    state.set(settings, 3 * count);
    if (factors) state.set(factors, 3 * count + settings.length);
    const loss = machine.wasm.machine_epoch(this.p, this.U.at, count, table.at, width, this.held[4].at,
      this.made.rowInputs, places.at, n, size,
      this.seeds.at, this.seeded.at, this.sums.at, this.room.at, place(3 * count), place(0), place(count),
        factors ? place(3 * count + settings.length) : 0, place(2 * count));
    state = machine.view(this.state);
    parameters.set(machine.view(this.U).subarray(0, count));
    first.set(state.subarray(0, count));
    second.set(state.subarray(count, 2 * count));
    return { loss, gradient: machine.view(this.sums).subarray(0, count), before: state.subarray(2 * count, 3 * count) };
  }

  sized(block, length) {
    if (block && block.length >= length) return block;
    this.machine.free(block);
    return this.machine.block(Float64Array, length);
  }

  free() {
    for (const block of [...this.held, this.U, this.sums, this.seeds, this.seeded, this.room, this.values,
      this.state]) this.machine.free(block);
  }
}
