import type { TerraformStack } from "cdktf";
import picomatch from "picomatch";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { nearest } from "../environments/schema/parse";
import type { Waiver } from "../environments/schema/waiver";
import type { StackFacts } from "../modules/audit/audited-stack";
import { GuardrailAspect, type PlacedFinding } from "../modules/audit/guardrail-aspect";
import { GUARDRAILS } from "../modules/audit/guardrails";
import { GuardrailError } from "./errors";
import { PlatformStack } from "./platform-stack";

/** A stack of the graph; none is there while it waits for a fact. */
interface Judged {
  readonly id: string;
  readonly stack?: PlatformStack;
}

/**
 * Holds all stacks to all guardrails before anything is written: CDKTF would run an aspect in the midst of the
 * synth, stack by stack, with the earlier ones written already.
 * @throws GuardrailError with every finding that no waiver covers, and every waiver that covers nothing.
 */
export function enforceGuardrails(
  fleet: Fleet,
  stacks: readonly Judged[],
  liftProtection: ReadonlySet<string> = new Set(),
): void {
  const { waivers } = fleet.organization;
  const aspect = new GuardrailAspect(GUARDRAILS, (stack) => factsOf(stack, liftProtection));
  for (const { stack } of stacks) if (stack !== undefined) aspect.visit(stack);

  const used = new Set<Waiver>();
  const matchers = waivers.map((waiver) => ({ waiver, matches: picomatch(waiver.resource) }));
  const unwaived = aspect.findings.filter((finding) => {
    const covering = matchers.filter(
      ({ waiver, matches }) => waiver.rule === finding.guardrail.id && matches(resourceOf(finding)),
    );
    for (const { waiver } of covering) used.add(waiver);
    return covering.length === 0;
  });
  // A stack that waits, or whose protection is lifted for once, shows less than it will.
  const unjudged = stacks.filter(({ id, stack }) => stack === undefined || liftProtection.has(id));
  const mistakes = waivers.flatMap((waiver, index) => {
    const said = `waivers[${index}] in ${fleet.sources.organization}`;
    if (!GUARDRAILS.some(({ id }) => id === waiver.rule)) return [`${said}: ${unknownRule(waiver.rule)}`];
    if (used.has(waiver) || unjudged.some(({ id }) => mayConcern(waiver, id))) return [];
    return [
      `${said}: ${waiver.rule} finds nothing in ${waiver.resource}, so that there is nothing to waive; remove it`,
    ];
  });
  if (unwaived.length + mistakes.length > 0)
    throw new GuardrailError(groups(unwaived), mistakes, fleet.sources.organization);
}

function factsOf(stack: TerraformStack, liftProtection: ReadonlySet<string>): StackFacts {
  if (!(stack instanceof PlatformStack)) throw new TypeError(`${stack.node.id} is no PlatformStack`);
  const { account, fleet } = stack;
  return {
    accountId: account.id,
    organizationAccounts: fleet.accounts.map(({ id }) => id),
    management: account.kind === "management",
    protection: stack.protection,
    lifted: liftProtection.has(stack.node.id),
    boundaryArn: names.boundaryArn(account),
    planRole: names.PLAN_ROLE,
  };
}

const resourceOf = ({ stack, address }: PlacedFinding) => `${stack}/${address}`;

function unknownRule(rule: string): string {
  const known = GUARDRAILS.map(({ id }) => id);
  const meant = nearest(rule, known);
  return `there is no guardrail ${rule}; ${meant === undefined ? `the guardrails are ${known.join(", ")}` : `write "${meant}"`}`;
}

function mayConcern({ resource }: Waiver, stackId: string): boolean {
  return picomatch.isMatch(stackId, resource.split("/")[0] ?? resource);
}

/** One fault of a module shows in many stacks: said once, with all its addresses. */
function groups(findings: readonly PlacedFinding[]) {
  const grouped = new Map<string, { readonly finding: PlacedFinding; readonly resources: string[] }>();
  for (const finding of findings) {
    const key = [finding.guardrail.id, finding.given, finding.allowed].join("\n");
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, { finding, resources: [resourceOf(finding)] });
    else group.resources.push(resourceOf(finding));
  }
  return [...grouped.values()].map(({ finding: { guardrail, given, allowed }, resources }) => ({
    rule: guardrail.id,
    controls: guardrail.controls,
    description: guardrail.description,
    given,
    allowed,
    resources,
  }));
}
