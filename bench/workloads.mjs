/** One workload on our kernel, timed in CPU seconds around its loop: `node workloads.mjs NAME [FILE]` prints { rate }. */
import { readFileSync } from "node:fs";
import { Kernel } from "../dist/sim/kernel.js";
import { LadderQueue } from "../dist/sim/ladder-queue.js";
import { acquire, Processes } from "../dist/sim/process.js";
import { Resource } from "../dist/sim/resource.js";
import { Sfc32 } from "./sfc32.mjs";

/** One unit of the workloads' time in ms: fine enough that rounding changes nothing. */
const unit = 1_000_000;
const forever = { untilMs: Number.POSITIVE_INFINITY, eventsMax: Number.POSITIVE_INFINITY };
const pending = 10_000;

/** CPU seconds of a function. */
function cpu(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const workloads = {
  /** The queue alone: pop one, push one. */
  "phold bare queue": () => {
    const random = new Sfc32(1);
    const queue = new LadderQueue();
    for (let k = 0; k < pending; k++) queue.push(Math.floor(random.exp() * unit), 0, 0, k);
    const events = 3_000_000;
    const turn = (count) => {
      for (let k = 0; k < count; k++) {
        queue.pop();
        queue.push(queue.dueMs + Math.floor(random.exp() * unit), 0, 0, queue.argument);
      }
    };
    turn(300_000);
    return events / cpu(() => turn(events));
  },
  "phold callbacks": () => {
    const random = new Sfc32(1);
    const kernel = new Kernel();
    const fire = kernel.register((argument) => {
      kernel.scheduleIn(Math.floor(random.exp() * unit), 0, fire, argument);
    });
    for (let k = 0; k < pending; k++) kernel.schedule(Math.floor(random.exp() * unit), 0, fire, k);
    const events = 3_000_000;
    kernel.run({ ...forever, eventsMax: 300_000 });
    return events / cpu(() => kernel.run({ ...forever, eventsMax: 300_000 + events }));
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
    kernel.run({ ...forever, eventsMax: 300_000 });
    return events / cpu(() => kernel.run({ ...forever, eventsMax: 300_000 + events }));
  },
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
    const seconds = cpu(() => kernel.run(forever));
    if (!(waited > 0)) throw new Error("nobody waited at 90 % load");
    return customers / seconds;
  },
  /** 100 services in 81 regions: fail the root, spread with a delay, recover in order with 8 workers a region. */
  cascade: (graphFile) => {
    const needed = readFileSync(graphFile, "utf8")
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/).slice(1).map(Number));
    const services = needed.length;
    const regions = 81;
    const workers = 8;
    const indegree = new Int32Array(services);
    for (const targets of needed) for (const target of targets) indegree[target]++;
    const start = Int32Array.from({ length: services + 1 });
    for (let s = 0; s < services; s++) start[s + 1] = start[s] + needed[s].length;
    const edges = Int32Array.from(needed.flat());
    const down = new Uint8Array(services * regions);
    const left = new Int32Array(services * regions);
    const busy = new Int32Array(regions);
    const waiting = Array.from({ length: regions }, () => new Int32Array(services));
    const head = new Int32Array(regions);
    const tail = new Int32Array(regions);
    const kernel = new Kernel();
    let random = new Sfc32(1);
    const hit = kernel.register((x) => {
      if (down[x] === 1) return;
      down[x] = 1;
      const s = x % services;
      for (let e = start[s]; e < start[s + 1]; e++) kernel.scheduleIn(unit, 0, hit, x - s + edges[e]);
    });
    const deploy = (x) => {
      const region = (x / services) | 0;
      if (busy[region] < workers) {
        busy[region]++;
        kernel.scheduleIn(Math.floor(random.exp() * unit), 0, deployed, x);
      } else waiting[region][tail[region]++] = x;
    };
    const deployed = kernel.register((x) => {
      const region = (x / services) | 0;
      const s = x % services;
      down[x] = 0;
      busy[region]--;
      for (let e = start[s]; e < start[s + 1]; e++)
        if (--left[x - s + edges[e]] === 0) deploy(x - s + edges[e]);
      if (head[region] < tail[region] && busy[region] < workers) {
        busy[region]++;
        kernel.scheduleIn(Math.floor(random.exp() * unit), 0, deployed, waiting[region][head[region]++]);
      }
    });
    const recover = kernel.register(() => {
      for (let x = 0; x < left.length; x++) left[x] = indegree[x % services];
      for (let region = 0; region < regions; region++) deploy(region * services);
    });
    const replicate = (count) => {
      for (let replication = 0; replication < count; replication++) {
        random = new Sfc32(replication + 1);
        kernel.reset();
        down.fill(0);
        busy.fill(0);
        head.fill(0);
        tail.fill(0);
        for (let region = 0; region < regions; region++) kernel.schedule(0, 0, hit, region * services);
        kernel.schedule(100 * unit, 0, recover, 0);
        kernel.run(forever);
      }
    };
    replicate(20);
    const count = 150;
    return count / cpu(() => replicate(count));
  },
};

const [name, argument] = process.argv.slice(2);
console.log(JSON.stringify({ rate: workloads[name](argument) }));
