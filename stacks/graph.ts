import { alg, Graph } from "@dagrejs/graphlib";
import { App } from "cdktf";
import type { Account } from "../environments/schema/account";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { apiStacks } from "./api-stack";
import { authStacks } from "./auth-stack";
import { bootstrapStacks } from "./bootstrap-stack";
import { dataStacks } from "./data-stack";
import { deliveryStacks } from "./delivery-stack";
import { edgeStacks } from "./edge-stack";
import { CircularContractsError, CompositionError, UnpublishedContractError } from "./errors";
import { enforceGuardrails } from "./guardrails";
import { hostingStacks } from "./hosting-stack";
import { migrationStacks } from "./migration-stack";
import { networkStacks } from "./network-stack";
import { organizationStacks } from "./organization-stack";
import { observabilityStacks } from "./observability-stack";
import { permissionsStacks } from "./permissions-stack";
import type { PlatformStack } from "./platform-stack";
import { queueStacks } from "./queue-stack";
import { registryStacks } from "./registry-stack";
import { rolesStacks } from "./roles-stack";
import { searchStacks } from "./search-stack";
import { secretsStacks } from "./secrets-stack";
import { serviceStacks } from "./service-stack";
import type { MissingFact, PlannedStack, StackKind } from "./stack-kind";
import { trafficStacks } from "./traffic-stack";
import { vpnStacks } from "./vpn-stack";
import { withoutTraces } from "./without-traces";

/** Every kind of stack. A new one is a file and a line here. */
export const KINDS: readonly StackKind[] = [
  bootstrapStacks,
  permissionsStacks,
  rolesStacks,
  organizationStacks,
  secretsStacks,
  observabilityStacks,
  networkStacks,
  vpnStacks,
  registryStacks,
  deliveryStacks,
  searchStacks,
  dataStacks,
  queueStacks,
  authStacks,
  hostingStacks,
  edgeStacks,
  apiStacks,
  serviceStacks,
  migrationStacks,
  trafficStacks,
];

/** A stack in the graph. */
export interface StackNode {
  readonly id: string;
  readonly account: Account;
  readonly concern: string;
  readonly name?: string;
  /** The stack; none while it waits for a fact. */
  readonly stack?: PlatformStack;
  /** Ids of the stacks that must be applied before, sorted. */
  readonly dependsOn: readonly string[];
  /** Facts without which it cannot be made. */
  readonly waitsFor: readonly MissingFact[];
  /** Facts without which a part of it is left out. */
  readonly lacks: readonly MissingFact[];
}

/** All stacks of an organization, in an order in which they can be applied. */
export interface Platform {
  readonly app: App;
  readonly fleet: Fleet;
  readonly stacks: readonly StackNode[];
}

export interface PlatformOptions {
  /** Folder that is synthesized into. @default cdktf.out, or what the cdktf CLI says */
  readonly outdir?: string;
  /** Ids of stacks whose deletion protection is lifted. @default none */
  readonly liftProtection?: ReadonlySet<string>;
  /**
   * Whether a stack is made at all, by its id: a command about one of a thousand need not make the others. Nobody
   * then judges the others, and dependencies on them are not known.
   * @default all are made
   */
  readonly only?: (id: string) => boolean;
  /** Concerns that stay granted although an account calls for them no longer, by account. @default none */
  readonly keptGrants?: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Builds every stack of an organization and finds their order from the contracts they read.
 * @throws CompositionError on a circle, on a contract that nobody publishes, or on a broken guardrail.
 */
export function buildPlatform(fleet: Fleet, options: PlatformOptions = {}): Platform {
  return withoutTraces(() => build(fleet, options));
}

function build(fleet: Fleet, options: PlatformOptions): Platform {
  const app = new App(options.outdir === undefined ? {} : { outdir: options.outdir });
  const { only } = options;
  const entries = planStacks(fleet).map((entry) => {
    const wanted = only === undefined || only(entry.id) || entry.plan.concern === "permissions";
    return { ...entry, stack: wanted ? makeStack(app, entry, options) : undefined };
  });
  const stacks = order(entries, only !== undefined);
  const unmade = new Set(entries.filter(({ stack }) => stack === undefined).map(({ id }) => id));
  enforceGuardrails(fleet, stacks, new Set([...unmade, ...(options.liftProtection ?? [])]));
  return { app, fleet, stacks };
}

/** A stack that the organization calls for, and its id. */
export interface PlannedEntry {
  readonly id: string;
  readonly plan: PlannedStack;
}

/** Every stack that the organization calls for, none of them made. */
export function planStacks(fleet: Fleet): PlannedEntry[] {
  return fleet.accounts
    .flatMap((account) => KINDS.flatMap((kind) => kind(fleet, account)))
    .map((plan) => ({ id: names.stackId(plan.account, plan.concern, plan.name), plan }));
}

/** Makes a stack, unless it waits for a fact. */
export function makeStack(
  app: App,
  { id, plan }: PlannedEntry,
  options: Pick<PlatformOptions, "liftProtection" | "keptGrants"> = {},
): PlatformStack | undefined {
  if ((plan.waitsFor ?? []).length > 0) return undefined;
  const keptGrants = options.keptGrants?.get(plan.account.name);
  return built(id, () =>
    plan.build(app, {
      liftProtection: options.liftProtection?.has(id) ?? false,
      ...(keptGrants === undefined ? {} : { keptGrants }),
    }),
  );
}

/** Two children of one id are refused by constructs itself, in an error that is not for people. */
function built(id: string, build: () => PlatformStack): PlatformStack {
  try {
    return build();
  } catch (error) {
    const twin =
      error instanceof Error && /already a Construct with name '(.+?)' in/.exec(error.message)?.[1];
    if (twin === false || twin === undefined) throw error;
    throw new CompositionError(
      `Stack ${id} would have two constructs ${twin}, one Terraform address: two entries differ in punctuation only. Rename one of them.`,
    );
  }
}

interface Entry extends PlannedEntry {
  readonly stack: PlatformStack | undefined;
  /** Paths of the contracts it publishes and reads. @default those of `stack` */
  readonly contracts?: {
    readonly published: Iterable<string>;
    readonly read: Iterable<string>;
  };
}

/**
 * Orders stacks so that each comes after those it depends on; of several orders, the one they are declared in.
 * @param partial Whether some were not made, so that a contract may well have a publisher that is not known.
 */
export function order(entries: readonly Entry[], partial = false): StackNode[] {
  const contractsOf = ({ stack, contracts = stack?.contracts }: Entry) => contracts;
  const publishers = new Map(
    entries.flatMap((entry) =>
      [...(contractsOf(entry)?.published ?? [])].map((path) => [path, entry.id] as const),
    ),
  );
  const graph = new Graph({ directed: true });
  for (const { id } of entries) {
    if (graph.hasNode(id)) throw new CompositionError(`Two stacks have the id ${id}`);
    graph.setNode(id);
  }
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const dependencies = new Map<string, Set<string>>();
  for (const entry of entries) {
    const { id, plan } = entry;
    const before = new Set(
      foundation(plan).filter((other) => plan.account.regionOf === undefined || byId.has(other)),
    );
    for (const path of contractsOf(entry)?.read ?? []) {
      const publisher = publishers.get(path);
      if (publisher !== undefined) before.add(publisher);
      else if (!partial) throw new UnpublishedContractError(path, id);
    }
    dependencies.set(id, before);
    for (const other of before) graph.setEdge(other, id);
  }
  const cycles = alg.findCycles(graph);
  if (cycles.length > 0) throw new CircularContractsError(cycles);
  const rank = new Map(entries.map(({ id }, index) => [id, index]));
  const done = new Set<string>();
  const sorted: string[] = [];
  const visit = (id: string) => {
    if (done.has(id)) return;
    done.add(id);
    [...(dependencies.get(id) ?? [])].sort((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0)).forEach(visit);
    sorted.push(id);
  };
  for (const { id } of entries) visit(id);
  return sorted.flatMap((id): StackNode[] => {
    const entry = byId.get(id);
    if (entry === undefined) return [];
    const { plan, stack } = entry;
    const dependsOn = [...(dependencies.get(id) ?? [])].sort();
    // Not told to cdktf: its command would refuse to apply one stack without all those before it, bootstrap
    // included. The order of many is for `slipway up`.
    return [
      {
        id,
        account: plan.account,
        concern: plan.concern,
        ...(plan.name === undefined ? {} : { name: plan.name }),
        ...(stack === undefined ? {} : { stack }),
        dependsOn,
        waitsFor: plan.waitsFor ?? [],
        lacks: plan.lacks ?? [],
      },
    ];
  });
}

/** The stacks that `slipway bootstrap` applies: neither `up` nor `down` touches them unless named. */
export const isFoundation = ({ concern }: Pick<StackNode, "concern">) =>
  concern === "bootstrap" || concern === "permissions";

/**
 * Bootstrap holds every other stack's state; permissions and roles are granted before whatever needs them, revoked
 * after. A second region has its account's boundary, service-linked and people's roles, and the
 * proof of its public names.
 */
function foundation({ account, concern }: PlannedStack): string[] {
  const before = ["bootstrap", "permissions", "roles"];
  const position = before.indexOf(concern);
  const own = before.slice(0, position === -1 ? before.length : position);
  if (account.regionOf === undefined) return own.map((other) => names.stackId(account, other));
  const whole = { name: account.regionOf };
  if (own.length === 0) return [names.stackId(whole, "bootstrap")];
  return [
    ...own.map((other) => names.stackId(other === "roles" ? whole : account, other)),
    ...(concern === "search" || (concern === "hosting" && account.traffic !== "own")
      ? [names.stackId(whole, concern)]
      : []),
  ];
}
