import { TerraformStack, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";
import { AuditedStack, type StackFacts } from "./audited-stack";
import type { Finding, Guardrail } from "./guardrail";

/** A finding and where it is. */
export interface PlacedFinding extends Finding {
  readonly guardrail: Guardrail;
  readonly stack: string;
  readonly address: string;
}

/**
 * Holds every stack it visits to the guardrails and keeps what it finds; whoever drives it decides what becomes of
 * that, once all stacks are known.
 */
export class GuardrailAspect implements IAspect {
  readonly findings: PlacedFinding[] = [];

  constructor(
    private readonly guardrails: readonly Guardrail[],
    private readonly factsOf: (stack: TerraformStack) => StackFacts,
  ) {}

  visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    const stack = new AuditedStack(node, this.factsOf(node));
    for (const guardrail of this.guardrails) {
      const resources =
        guardrail.types === "all" ? stack.all : guardrail.types.flatMap((type) => stack.ofType(type));
      for (const resource of resources) {
        for (const finding of guardrail.check(resource, stack)) {
          this.findings.push({ ...finding, guardrail, stack: stack.id, address: resource.address });
        }
      }
    }
  }
}
