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

/** A finding that can be told from one process to another. */
export type FoundIn = Omit<PlacedFinding, "guardrail"> & { readonly rule: string };

/**
 * Holds all stacks to all guardrails before anything is written: CDKTF would run an aspect in the midst of the
 * synth, stack by stack, with the earlier ones written already.
 * @param unjudged Ids of stacks that show less than they will: those not made, those whose protection is lifted.
 * @throws GuardrailError with every finding that no waiver covers, and every waiver that covers nothing.
 */
export function enforceGuardrails(
  fleet: Fleet,
  stacks: readonly Judged[],
  unjudged: ReadonlySet<string> = new Set(),
): void {
  const made = stacks.flatMap(({ stack }) => stack ?? []);
  const waiting = stacks.filter(({ stack }) => stack === undefined).map(({ id }) => id);
  requireNoFindings(fleet, judge(made, unjudged), new Set([...waiting, ...unjudged]));
}

/** What the guardrails find in stacks. */
export function judge(stacks: readonly PlatformStack[], lifted: ReadonlySet<string> = new Set()): FoundIn[] {
  const aspect = new GuardrailAspect(GUARDRAILS, (stack) => factsOf(stack, lifted));
  for (const stack of stacks) aspect.visit(stack);
  return aspect.findings.map(({ guardrail, ...finding }) => ({ ...finding, rule: guardrail.id }));
}

/**
 * Sets what was found against the organization's waivers.
 * @param unjudged Ids of the stacks of which not everything was seen, whose waivers may rightly cover nothing.
 * @throws GuardrailError with every finding that no waiver covers, and every waiver that covers nothing.
 */
export function requireNoFindings(
  fleet: Fleet,
  findings: readonly FoundIn[],
  unjudged: ReadonlySet<string>,
): void {
  const { waivers } = fleet.organization;
  const used = new Set<Waiver>();
  const matchers = waivers.map((waiver) => ({ waiver, matches: picomatch(waiver.resource) }));
  const unwaived = findings.filter((finding) => {
    const covering = matchers.filter(
      ({ waiver, matches }) => waiver.rule === finding.rule && matches(resourceOf(finding)),
    );
    for (const { waiver } of covering) used.add(waiver);
    return covering.length === 0;
  });
  const mistakes = waivers.flatMap((waiver, index) => {
    const said = `waivers[${index}] in ${fleet.sources.organization}`;
    if (!GUARDRAILS.some(({ id }) => id === waiver.rule)) return [`${said}: ${unknownRule(waiver.rule)}`];
    if (used.has(waiver) || [...unjudged].some((id) => mayConcern(waiver, id))) return [];
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
    publicLoadBalancers: account.capabilities.publicLoadBalancers,
    lifted: liftProtection.has(stack.node.id),
    boundaryArn: names.boundaryArn(account),
    bootstrapPrefix: names.BOOTSTRAP_ROLE_PREFIX,
    planRole: names.automationRole(account, names.PLAN_ROLE),
    releaseRole: names.automationRole(account, names.RELEASE_ROLE),
  };
}

const resourceOf = ({ stack, address }: FoundIn) => `${stack}/${address}`;

function unknownRule(rule: string): string {
  const known = GUARDRAILS.map(({ id }) => id);
  const meant = nearest(rule, known);
  return `there is no guardrail ${rule}; ${meant === undefined ? `the guardrails are ${known.join(", ")}` : `write "${meant}"`}`;
}

function mayConcern({ resource }: Waiver, stackId: string): boolean {
  return picomatch.isMatch(stackId, resource.split("/")[0] ?? resource);
}

/** One fault of a module shows in many stacks: said once, with all its addresses. */
function groups(findings: readonly FoundIn[]) {
  const grouped = new Map<string, { readonly finding: FoundIn; readonly resources: string[] }>();
  for (const finding of findings) {
    const key = [finding.rule, finding.given, finding.allowed].join("\n");
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, { finding, resources: [resourceOf(finding)] });
    else group.resources.push(resourceOf(finding));
  }
  return [...grouped.values()].flatMap(({ finding: { rule, given, allowed }, resources }) =>
    GUARDRAILS.filter(({ id }) => id === rule).map(({ controls, description }) => ({
      rule,
      controls,
      description,
      given,
      allowed,
      resources,
    })),
  );
}
