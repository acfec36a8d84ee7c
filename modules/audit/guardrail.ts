import type { AuditedResource, AuditedStack } from "./audited-stack";

/** A fault that a guardrail sees in one resource. */
export interface Finding {
  /** What the resource says. */
  readonly given: string;
  /** What it may say. */
  readonly allowed: string;
}

/** A rule that no resource of any stack may break without a waiver. */
export interface Guardrail {
  /** Name by which waivers refer to it. */
  readonly id: string;
  /** Ids of the controls it enforces, in Security Hub's and checkov's terms; none for the platform's own. */
  readonly controls: readonly string[];
  readonly description: string;
  /** Terraform types it looks at; `data.` before a data source's, `provider.aws` and `terraform.backend` beside. */
  readonly types: readonly string[] | "all";
  check(resource: AuditedResource, stack: AuditedStack): readonly Finding[];
}

/** A finding if `fault` holds, for lists of conditions. */
export function findingIf(fault: boolean, given: string, allowed: string): Finding[] {
  return fault ? [{ given, allowed }] : [];
}
