import { App, type StackManifest } from "cdktf";
import type { Fleet } from "../environments/schema/fleet";
import { makeStack, planStacks } from "./graph";
import { judge, type FoundIn } from "./guardrails";
import { withoutTraces } from "./without-traces";

/** The stacks that one process makes. */
export interface Share {
  /** The organization's folder. */
  readonly directory: string;
  /** Folder that it writes into. */
  readonly stage: string;
  readonly ids: readonly string[];
}

/** What is left of a stack once it is written. */
export interface SynthesizedStack {
  readonly id: string;
  readonly contracts: { readonly published: readonly string[]; readonly read: readonly string[] };
  readonly findings: readonly FoundIn[];
  readonly manifest: StackManifest;
}

/** What a process says of its share. */
export type Answer =
  | { readonly stacks: SynthesizedStack[] }
  /** `forPeople` of mistakes in the description, which are told without a stack trace. */
  | { readonly error: string; readonly forPeople: boolean };

/** Makes, judges and writes a share of an organization's stacks; those that wait for a fact are left out. */
export function synthesizeShare(fleet: Fleet, { stage, ids }: Share): SynthesizedStack[] {
  const wanted = new Set(ids);
  const planned = planStacks(fleet).filter(({ id }) => wanted.has(id));
  return withoutTraces(() =>
    planned.flatMap((entry): SynthesizedStack[] => {
      // An app of its own, so that nothing keeps the stack when it is written.
      const app = new App({ outdir: stage });
      const stack = makeStack(app, entry);
      if (stack === undefined) return [];
      stack.finish();
      const findings = judge([stack]);
      const { manifest, outdir, skipValidation } = app;
      stack.synthesizer.synthesize({ manifest, outdir, skipValidation });
      return [
        {
          id: entry.id,
          contracts: { published: [...stack.contracts.published], read: [...stack.contracts.read] },
          findings,
          manifest: manifest.forStack(stack),
        },
      ];
    }),
  );
}
