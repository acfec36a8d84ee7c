import type { StackNode } from "../stacks/graph";

type Node = Pick<StackNode, "id" | "account" | "concern" | "name" | "dependsOn">;

/** Every stack a box, every order an arrow. */
export function detailedDiagram(stacks: readonly Node[]): string {
  return diagram(
    stacks.map((stack) => ({
      ...stack,
      frame: stack.account.name,
      label: stack.name === undefined ? stack.concern : `${stack.concern} ${stack.name}`,
    })),
  );
}

/** Stacks of one concern in one box, and accounts that have the same concerns in one frame. */
export function summaryDiagram(stacks: readonly Node[]): string {
  const accounts = [...new Set(stacks.map(({ account }) => account.name))].sort();
  const of = (account: string) => stacks.filter((stack) => stack.account.name === account);
  const shape = (account: string) => [...new Set(of(account).map(({ concern }) => concern))].sort().join();
  const frames = [...new Set(accounts.map(shape))].map((wanted) =>
    accounts.filter((account) => shape(account) === wanted),
  );
  return diagram(
    frames.flatMap((frame) => {
      const inside = frame.flatMap(of);
      const concerns = [...new Set(inside.map(({ concern }) => concern))];
      return concerns.map((concern) => {
        const members = inside.filter((stack) => stack.concern === concern);
        const before = members.flatMap(({ dependsOn }) => inside.filter(({ id }) => dependsOn.includes(id)));
        return {
          id: boxId(frame, concern),
          frame: frame.join(", "),
          label: labelOf(
            concern,
            frame.map((account) => members.filter((stack) => stack.account.name === account).length),
          ),
          dependsOn: [...new Set(before.map((other) => boxId(frame, other.concern)))].sort(),
        };
      });
    }),
  );
}

const boxId = (frame: readonly string[], concern: string) => `${frame[0] ?? ""}-${concern}`;

/** `network`, or `19 to 23 services`. */
function labelOf(concern: string, counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (most === 1) return concern;
  const number = least === most ? String(most) : `${least} to ${most}`;
  return concern === "service" ? `${number} services` : `${number} of ${concern}`;
}

interface Box {
  readonly id: string;
  /** Words on the frame around it. */
  readonly frame: string;
  readonly label: string;
  readonly dependsOn: readonly string[];
}

function diagram(boxes: readonly Box[]): string {
  const known = new Map(boxes.map((box) => [box.id, box]));
  const frames = [...new Set(boxes.map(({ frame }) => frame))].sort();
  const lines = ["flowchart LR"];
  for (const frame of frames) {
    lines.push(`  subgraph ${identifier(frame)}["${frame}"]`);
    for (const box of boxes) if (box.frame === frame) lines.push(`    ${identifier(box.id)}["${box.label}"]`);
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
  const indirect = new Set<string>();
  const reach = (id: string): void => {
    for (const other of known.get(id)?.dependsOn ?? []) {
      if (indirect.has(other)) continue;
      indirect.add(other);
      reach(other);
    }
  };
  present.forEach(reach);
  return present.filter((id) => !indirect.has(id));
}

const identifier = (id: string) => id.replaceAll(/[^A-Za-z0-9]+/g, "_");
