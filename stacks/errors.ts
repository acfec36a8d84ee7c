/** A mistake in the composition of stacks, told to a person without a stack trace. */
export class CompositionError extends Error {
  override readonly name: string = "CompositionError";
}

/** Two constructs would share one Terraform address; Terraform would silently keep only the last. */
export class AddressCollisionError extends CompositionError {
  override readonly name = "AddressCollisionError";
  constructor(address: string, first: string, second: string) {
    super(
      `Two constructs share the Terraform address ${address}:\n  ${first}\n  ${second}\n` +
        "Give one of them another id; the address of what is already applied must stay.",
    );
  }
}

/** Stacks that read each other's contracts can be applied in no order. */
export class CircularContractsError extends CompositionError {
  override readonly name = "CircularContractsError";
  constructor(cycles: readonly (readonly string[])[]) {
    super(
      `Contracts go round in circles, so that no stack of these can be applied first:\n${cycles
        .map((cycle) => `  ${[...cycle, cycle[0]].join(" -> ")}`)
        .join("\n")}\nLet one of them publish less, or move what is shared into a stack of its own.`,
    );
  }
}

/** A contract that nobody publishes. */
export class UnpublishedContractError extends CompositionError {
  override readonly name = "UnpublishedContractError";
  constructor(path: string, reader: string) {
    super(
      `${reader} reads the contract ${path}, which no stack publishes. Add the section of the account that makes it.`,
    );
  }
}

/** A contract that Parameter Store would not hold. */
export class ContractTooLargeError extends CompositionError {
  override readonly name = "ContractTooLargeError";
  constructor(path: string, size: number, limit: number) {
    super(
      `The contract ${path} can grow to ${size} bytes; a standard parameter holds ${limit}. ` +
        "Split it into several contracts, or lower the longest lengths in its schema (stacks/contracts.ts).",
    );
  }
}

/** A fault that a guardrail found, and every resource that has it. */
export interface BrokenGuardrail {
  readonly rule: string;
  readonly controls: readonly string[];
  readonly description: string;
  readonly given: string;
  readonly allowed: string;
  /** `<stack>/<address>`. */
  readonly resources: readonly string[];
}

/** Resources that break guardrails without a waiver, and waivers that are wrong; all of them at once. */
export class GuardrailError extends CompositionError {
  override readonly name = "GuardrailError";
  constructor(
    readonly broken: readonly BrokenGuardrail[],
    /** What is wrong with waivers. */
    readonly mistakes: readonly string[],
    organizationFile: string,
  ) {
    const count = broken.reduce((sum, { resources }) => sum + resources.length, 0) + mistakes.length;
    const example = broken[0];
    super(
      [
        `Guardrails found ${count === 1 ? "1 problem" : `${count} problems`}; nothing was written:`,
        ...broken.map(
          ({ rule, controls, description, given, allowed, resources }) =>
            `${resources.join("\n")}\n` +
            `  breaks:  ${rule}${controls.length === 0 ? "" : ` (${controls.join(", ")})`}: ${description}\n` +
            `  given:   ${given}\n` +
            `  allowed: ${allowed}`,
        ),
        ...mistakes,
        ...(example === undefined
          ? []
          : [
              "Mend them; or, where an exception is right, add to waivers in " +
                `${organizationFile} (the resource may be a glob):\n` +
                `  { rule: "${example.rule}", resource: "${example.resources[0] ?? ""}", ` +
                'reason: "...", owner: "...", expires: "YYYY-MM-DD" }',
            ]),
      ].join("\n\n") + "\n",
    );
  }
}
