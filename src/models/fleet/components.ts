/** Services that need each other, together: the strongly connected components of a graph (Tarjan 1972). */
import type { NeedGraph } from "./need-graph.js";
import type { Name } from "./spec.js";

/** Components in the order in which the walk leaves them: what a component needs comes before it. Linear in nodes and edges. */
export function stronglyConnectedComponents(graph: NeedGraph): readonly (readonly Name[])[] {
  const components: Name[][] = [];
  const indexOf = new Map<Name, number>();
  /** Lowest index that can be reached; only kept of nodes that are in no component yet. */
  const low = new Map<Name, number>();
  const stack: Name[] = [];
  const enter = (name: Name): { name: Name; next: number } => {
    low.set(name, indexOf.size);
    indexOf.set(name, indexOf.size);
    stack.push(name);
    return { name, next: 0 };
  };
  const lower = (name: Name, to: number): void => {
    if (to < low.get(name)!) low.set(name, to);
  };
  for (const start of graph.keys()) {
    if (indexOf.has(start)) continue;
    // A walk of its own instead of recursion: chains of needs may be longer than the call stack.
    const walk = [enter(start)];
    while (walk.length > 0) {
      const at = walk.at(-1)!;
      const target = graph.get(at.name)![at.next++];
      if (target !== undefined) {
        if (!indexOf.has(target)) walk.push(enter(target));
        else if (low.has(target)) lower(at.name, indexOf.get(target)!);
        continue;
      }
      walk.pop();
      const reached = low.get(at.name)!;
      if (walk.length > 0) lower(walk.at(-1)!.name, reached);
      if (reached < indexOf.get(at.name)!) continue;
      const component = stack.splice(stack.lastIndexOf(at.name));
      for (const name of component) low.delete(name);
      components.push(component);
    }
  }
  return components;
}
