import type { StackNode } from "../stacks/graph";
import type { Outcome } from "./run-order";
import { StackFailedError } from "./stack-runner";
import { emulatorEndpoint } from "./workspace";

/** Environment variables that a stack needs beyond AWS's credentials, and that are not there. */
const missing = ({ stack }: StackNode) =>
  (stack?.credentials ?? []).filter((variable) => (process.env[variable] ?? "") === "");

/** A stack that is none of AWS is passed over where an emulator takes AWS's place: it plays nothing else. */
export function beyondEmulator({ stack }: StackNode): Outcome | undefined {
  if ((stack?.credentials ?? []).length === 0 || emulatorEndpoint() === undefined) return undefined;
  return { kind: "skipped", text: "left out: it holds nothing of AWS, and the emulator plays nothing else" };
}

/** Nobody who may only plan holds a token that may write: such a stack is told of, and not planned. */
export function withoutCredentials(node: StackNode): Outcome | undefined {
  const variables = missing(node);
  if (variables.length === 0) return undefined;
  return { kind: "skipped", text: `not planned: ${variables.join(", ")} is not in the environment` };
}

/** @throws StackFailedError without what the stack's provider signs in with */
export function requireCredentials(node: StackNode, log: string): void {
  const variables = missing(node);
  if (variables.length === 0) return;
  throw new StackFailedError(
    node.id,
    "check",
    `Needs ${variables.join(", ")} in the environment; nothing was changed.\nexport it for this command only, from where your secrets are kept (docs/traffic.md).`,
    log,
  );
}
