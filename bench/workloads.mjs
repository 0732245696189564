/**
 * One workload on our kernel, or on our bare queue without the kernel's dispatch: `node workloads.mjs NAME` prints
 * { rate, result }, the rate in CPU seconds of the loop alone. `result` is what was simulated, to compare with peers.
 */
import { Kernel } from "../dist/sim/kernel.js";
import { LadderQueue } from "../dist/sim/ladder-queue.js";
import { acquire, Processes } from "../dist/sim/process.js";
import { Resource } from "../dist/sim/resource.js";
import { Sfc32 } from "./sfc32.mjs";
import { Yardstick } from "./yardstick.mjs";

/** One unit of the workloads' time in ms: fine enough that rounding changes nothing. */
const unit = 1_000_000;
const forever = { untilMs: Number.POSITIVE_INFINITY, eventsMax: Number.POSITIVE_INFINITY };
const pending = 10_000;
const warmUpEvents = 300_000;

/** CPU seconds of a function. */
function cpu(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** A model on the kernel. `model` gets `at(delay, handler, argument)` and `now()`; its handlers are numbered 0, 1, 2. */
function onKernel(model) {
  const kernel = new Kernel();
  const made = model(
    (delay, handler, argument) => kernel.scheduleIn(delay, 0, handler, argument),
    () => kernel.now,
  );
  for (const handler of made.handlers) kernel.register(handler);
  return { made, clear: () => kernel.reset(), run: () => kernel.run(forever) };
}

/** The same model on the queue: a loop and a switch, nothing else. */
function onBareQueue(model) {
  const queue = new LadderQueue();
  let now = 0;
  const made = model(
    (delay, handler, argument) => queue.push(now + delay, 0, handler, argument),
    () => now,
  );
  const [first, second, third] = made.handlers;
  const clear = () => {
    queue.clear();
    now = 0;
  };
  const run = () => {
    while (queue.pop()) {
      now = queue.dueMs;
      switch (queue.handler) {
        case 0:
          first(queue.argument);
          break;
        case 1:
          second(queue.argument);
          break;
        default:
          third(queue.argument);
      }
    }
  };
  return { made, clear, run };
}

/** M/M/4 at 90 % load, drawn in the order of the C++ program. */
const mmcModel = (customers) => (at, now) => {
  let random = new Sfc32(7);
  let busy = 0;
  let came = 0;
  let waited = 0;
  let head = 0;
  const queue = [];
  const start = (seed) => {
    random = new Sfc32(seed);
    busy = came = waited = head = queue.length = 0;
    at(Math.floor((random.exp() / 3.6) * unit), 0, 0);
  };
  const arrive = () => {
    if (busy < 4) {
      busy++;
      at(Math.floor(random.exp() * unit), 1, 0);
    } else queue.push(now());
    if (++came < customers) at(Math.floor((random.exp() / 3.6) * unit), 0, 0);
  };
  const leave = () => {
    if (head === queue.length) {
      busy--;
      return;
    }
    waited += now() - queue[head++];
    if (head > 1024 && head * 2 > queue.length) {
      queue.splice(0, head);
      head = 0;
    }
    at(Math.floor(random.exp() * unit), 1, 0);
  };
  return { handlers: [arrive, leave], start, result: () => waited / customers / unit };
};

function mmc(host) {
  const customers = 1_000_000;
  const { made, clear, run } = host(mmcModel(customers));
  made.start(1);
  run();
  clear();
  made.start(7);
  return { rate: customers / cpu(run), result: made.result() };
}

/** The graph of the peers: 100 services, 300 edges to those that need them, all reached from service 0. */
function cascadeGraph() {
  let state = 12345;
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296;
  const services = 100;
  const neededBy = Array.from({ length: services }, () => new Set());
  for (let j = 1; j < services; j++) neededBy[Math.floor(uniform() * j)].add(j);
  for (let edges = services - 1; edges < 300; ) {
    const j = 1 + Math.floor(uniform() * (services - 1));
    const from = neededBy[Math.floor(uniform() * j)];
    if (!from.has(j)) edges++;
    from.add(j);
  }
  return neededBy.map((targets) => [...targets].sort((x, y) => x - y));
}

/** The graph in 81 regions: fail the root, spread with a delay, recover in order with 8 workers a region. */
const cascadeModel = (at, now) => {
  const graph = cascadeGraph();
  const services = graph.length;
  const regions = 81;
  const workers = 8;
  const recoverAt = 100 * unit;
  const first = new Int32Array(services + 1);
  graph.forEach((targets, s) => {
    first[s + 1] = first[s] + targets.length;
  });
  const edges = Int32Array.from(graph.flat());
  const indegree = new Int32Array(services);
  for (const target of edges) indegree[target]++;
  const down = new Uint8Array(services * regions);
  const left = new Int32Array(services * regions);
  const busy = new Int32Array(regions);
  const waiting = Array.from({ length: regions }, () => new Int32Array(services));
  const head = new Int32Array(regions);
  const tail = new Int32Array(regions);
  let random = new Sfc32(1);
  let lastMs = 0;
  let total = 0;
  let replications = 0;
  const start = (seed) => {
    random = new Sfc32(seed);
    down.fill(0);
    busy.fill(0);
    head.fill(0);
    tail.fill(0);
    for (let region = 0; region < regions; region++) at(0, 0, region * services);
    at(recoverAt, 2, 0);
  };
  const end = () => {
    total += lastMs - recoverAt;
    replications++;
  };
  const hit = (x) => {
    if (down[x] === 1) return;
    down[x] = 1;
    const s = x % services;
    for (let e = first[s]; e < first[s + 1]; e++) at(unit, 0, x - s + edges[e]);
  };
  const deploy = (x) => {
    const region = (x / services) | 0;
    if (busy[region] < workers) {
      busy[region]++;
      at(Math.floor(random.exp() * unit), 1, x);
    } else waiting[region][tail[region]++] = x;
  };
  const deployed = (x) => {
    const region = (x / services) | 0;
    const s = x % services;
    down[x] = 0;
    lastMs = now();
    busy[region]--;
    for (let e = first[s]; e < first[s + 1]; e++)
      if (--left[x - s + edges[e]] === 0) deploy(x - s + edges[e]);
    if (head[region] < tail[region] && busy[region] < workers) {
      busy[region]++;
      at(Math.floor(random.exp() * unit), 1, waiting[region][head[region]++]);
    }
  };
  const recover = () => {
    for (let x = 0; x < left.length; x++) left[x] = indegree[x % services];
    for (let region = 0; region < regions; region++) deploy(region * services);
  };
  const reset = () => {
    total = replications = 0;
  };
  return { handlers: [hit, deployed, recover], start, end, reset, result: () => total / replications / unit };
};

function cascade(host) {
  const { made, clear, run } = host(cascadeModel);
  const replicate = (count) => {
    made.reset();
    for (let replication = 0; replication < count; replication++) {
      clear();
      made.start(replication + 1);
      run();
      made.end();
    }
  };
  replicate(20);
  const count = 100;
  return { rate: count / cpu(() => replicate(count)), result: made.result() };
}

const workloads = {
  /** Measures the machine, not us. */
  "phold yardstick": () => {
    const random = new Sfc32(1);
    const heap = new Yardstick(pending);
    heap.fill(Float64Array.from({ length: pending }, () => random.exp()).sort());
    const events = 2_000_000;
    const turn = (count) => {
      for (let k = 0; k < count; k++) heap.hold(random.exp());
    };
    turn(warmUpEvents);
    return { rate: events / cpu(() => turn(events)) };
  },
  "phold bare queue": () => {
    const random = new Sfc32(1);
    const queue = new LadderQueue();
    for (let k = 0; k < pending; k++) queue.push(Math.floor(random.exp() * unit), 0, 0, k);
    const events = 3_000_000;
    // In turns: one long loop would stay in the code that the compiler made while it was running.
    const turn = () => {
      for (let k = 0; k < 30_000; k++) {
        queue.pop();
        queue.push(queue.dueMs + Math.floor(random.exp() * unit), 0, 0, queue.argument);
      }
    };
    const turns = (count) => {
      for (let k = 0; k < count; k += 30_000) turn();
    };
    turns(warmUpEvents);
    return { rate: events / cpu(() => turns(events)) };
  },
  "phold callbacks": () => {
    const random = new Sfc32(1);
    const kernel = new Kernel();
    const fire = kernel.register((argument) => {
      kernel.scheduleIn(Math.floor(random.exp() * unit), 0, fire, argument);
    });
    for (let k = 0; k < pending; k++) kernel.schedule(Math.floor(random.exp() * unit), 0, fire, k);
    const events = 3_000_000;
    kernel.run({ ...forever, eventsMax: warmUpEvents });
    return { rate: events / cpu(() => kernel.run({ ...forever, eventsMax: warmUpEvents + events })) };
  },
  "phold generators": () => {
    const random = new Sfc32(1);
    const kernel = new Kernel();
    const processes = new Processes(kernel);
    function* entity() {
      for (;;) yield Math.floor(random.exp() * unit);
    }
    for (let k = 0; k < pending; k++) processes.spawn(entity());
    const events = 2_000_000;
    kernel.run({ ...forever, eventsMax: warmUpEvents });
    return { rate: events / cpu(() => kernel.run({ ...forever, eventsMax: warmUpEvents + events })) };
  },
  "mmc bare queue": () => mmc(onBareQueue),
  "mmc callbacks": () => mmc(onKernel),
  "mmc generators": () => {
    const random = new Sfc32(7);
    const kernel = new Kernel();
    const processes = new Processes(kernel);
    const servers = new Resource(processes, 4);
    let waited = 0;
    function* customer() {
      const came = kernel.now;
      yield acquire(servers);
      waited += kernel.now - came;
      yield Math.floor(random.exp() * unit);
      servers.release();
    }
    function* source(count) {
      for (let k = 0; k < count; k++) {
        yield Math.floor((random.exp() / 3.6) * unit);
        processes.spawn(customer());
      }
    }
    processes.spawn(source(50_000));
    kernel.run(forever);
    waited = 0;
    const customers = 500_000;
    processes.spawn(source(customers));
    const rate = customers / cpu(() => kernel.run(forever));
    return { rate, result: waited / customers / unit };
  },
  "cascade bare queue": () => cascade(onBareQueue),
  "cascade callbacks": () => cascade(onKernel),
};

console.log(JSON.stringify(workloads[process.argv[2]]()));
