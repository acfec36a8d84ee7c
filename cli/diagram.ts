import type { StackNode } from "../stacks/graph";

type Node = Pick<StackNode, "id" | "account" | "concern" | "name" | "dependsOn">;

/** Every stack a box, every order an arrow. */
export function detailedDiagram(stacks: readonly Node[]): string {
  return diagram(stacks.map((stack) => ({ ...stack, label: stack.name ?? stack.concern })));
}

/** An account's services in one box. */
export function summaryDiagram(stacks: readonly Node[]): string {
  const group = ({ account, concern, id }: Node) => (concern === "service" ? `${account.name}-services` : id);
  const byId = new Map(stacks.map((stack) => [stack.id, group(stack)]));
  const boxes = new Map<
    string,
    { id: string; account: Node["account"]; label: string; dependsOn: Set<string> }
  >();
  for (const stack of stacks) {
    const id = group(stack);
    const count = stacks.filter((other) => group(other) === id).length;
    const label = stack.concern === "service" ? `${count} services` : stack.concern;
    const box = boxes.get(id) ?? { id, account: stack.account, label, dependsOn: new Set<string>() };
    stack.dependsOn.forEach((other) => box.dependsOn.add(byId.get(other) ?? other));
    boxes.set(id, box);
  }
  return diagram([...boxes.values()].map((box) => ({ ...box, dependsOn: [...box.dependsOn].sort() })));
}

interface Box {
  readonly id: string;
  readonly account: Node["account"];
  readonly label: string;
  readonly dependsOn: readonly string[];
}

function diagram(boxes: readonly Box[]): string {
  const known = new Map(boxes.map((box) => [box.id, box]));
  const accounts = [...new Set(boxes.map(({ account }) => account.name))].sort();
  const lines = ["flowchart LR"];
  for (const account of accounts) {
    lines.push(`  subgraph ${identifier(account)}["${account}"]`);
    for (const box of boxes)
      if (box.account.name === account) lines.push(`    ${identifier(box.id)}["${box.label}"]`);
    lines.push("  end");
  }
  for (const box of boxes) {
    for (const other of direct(box, known)) lines.push(`  ${identifier(other)} --> ${identifier(box.id)}`);
  }
  return lines.join("\n");
}

/** Only what no other dependency already brings along, so that the picture shows the shape. */
function direct(box: Box, known: ReadonlyMap<string, Box>): string[] {
  const present = box.dependsOn.filter((id) => known.has(id));
  const reach = (id: string): string[] =>
    (known.get(id)?.dependsOn ?? []).flatMap((other) => [other, ...reach(other)]);
  const indirect = new Set(present.flatMap(reach));
  return present.filter((id) => !indirect.has(id));
}

const identifier = (id: string) => id.replaceAll("-", "_");
