import { reached, type Phase } from "../../environments/schema/migration/phase";
import type { RedisMigration } from "../../environments/schema/migration/redis";
import * as names from "../../environments/schema/names";
import type { ToolProps } from "../../modules/migration/tool-tasks";
import { read } from "../contract";
import { cacheContract, memoryDatabaseContract, vpcContract } from "../contracts";
import { CompositionError } from "../errors";
import type { PlatformStack } from "../platform-stack";
import { addToolTasks, keyOf } from "./tools";

/** What a JVM ends with when an operator stops it. */
const STOPPED = 143;

type Part = "scan" | "live" | "compare" | "reverse";

/** Tasks of each phase: what copies, what follows, what compares, what copies back. */
function partsIn(phase: Phase, { rollback }: RedisMigration): readonly Part[] {
  const follows = reached(phase, "cdc") && !reached(phase, "rollback-window");
  return [
    ...(phase === "full-load" ? (["scan"] as const) : []),
    ...(follows ? (["live"] as const) : []),
    ...(reached(phase, "validated") ? (["compare"] as const) : []),
    ...(phase === "rollback-window" && rollback.strategy === "reverse-copy" ? (["reverse"] as const) : []),
  ];
}

/** Options by which RIOT signs in; the shell knows the secrets, and no command line in ECS does. */
const signIn = (end: "source" | "target", as: "source" | "target") =>
  ` --${as}-user "$${end.toUpperCase()}_USERNAME" --${as}-pass "$${end.toUpperCase()}_PASSWORD"`;

/**
 * RIOT reads the source and writes the target, a task a database: what runs once is started by an operator, what follows
 * is kept running.
 * https://redis.github.io/riot/
 */
export function addRiot(stack: PlatformStack, migration: RedisMigration): void {
  const { account } = stack;
  const { id, phase, source, target, network, riot } = migration;
  if (riot === undefined) throw new CompositionError(`${id} has no riot, which a check refuses`);
  const at = reachedTarget(stack, migration);
  const tasks = addToolTasks(stack, migration, {
    images: [riot.image],
    secrets: [source.secret, target.secret].flatMap((secret) => secret ?? []),
    reached: [
      {
        end: "source",
        description: "To the source",
        port: source.port,
        cidrBlocks: network.cidrBlocks ?? [read(stack, vpcContract).cidrBlock],
      },
    ],
    clientGroupIds: [at.clientGroupId],
    good: [0, STOPPED],
  });
  for (const part of partsIn(phase, migration)) {
    for (const database of [...migration.databases].sort((a, b) => a - b)) {
      const tool: ToolProps = {
        family: names.migrationTool(account, id, `${part}-${database}`),
        image: riot.image,
        cpu: riot.cpu,
        memory: riot.memory,
        script: script(part, migration, at.clustered),
        environment: {
          SOURCE: `${source.tls ? "rediss" : "redis"}://${source.host}:${source.port}/${database}`,
          TARGET: `rediss://${at.endpoint}:${at.port}/${database}`,
        },
        secrets: {
          ...credentials(stack, "SOURCE", source.secret),
          ...credentials(stack, "TARGET", target.secret),
        },
      };
      const construct = `${part}_${database}`;
      if (part === "live") tasks.lasting(construct, tool, 1);
      else tasks.once(construct, tool);
    }
  }
}

function script(part: Part, { source, target }: RedisMigration, clustered: boolean): string {
  const [from, to] = part === "reverse" ? (["target", "source"] as const) : (["source", "target"] as const);
  const options = [["source", from] as const, ["target", to] as const].map(([as, end]) => {
    const known = { source, target }[end].secret !== undefined;
    return `${known ? signIn(end, as) : ""}${end === "target" && clustered ? ` --${as}-cluster` : ""}`;
  });
  const command = part === "compare" ? "compare" : "replicate";
  const mode = {
    scan: " --mode scan",
    reverse: " --mode scan",
    live: " --mode live",
    compare: " --show-diffs",
  };
  return `exec riot ${command} "$${from.toUpperCase()}" "$${to.toUpperCase()}"${mode[part]}${options.join("")}`;
}

const credentials = (stack: PlatformStack, end: "SOURCE" | "TARGET", secret: string | undefined) =>
  secret === undefined
    ? {}
    : {
        [`${end}_USERNAME`]: keyOf(stack, secret, "username"),
        [`${end}_PASSWORD`]: keyOf(stack, secret, "password"),
      };

function reachedTarget(stack: PlatformStack, { id, target }: RedisMigration) {
  if (target.cache !== undefined) {
    const clustered = stack.account.data?.caches[target.cache]?.shards !== undefined;
    return { ...read(stack, cacheContract(target.cache)), clustered };
  }
  if (target.memoryDatabase === undefined)
    throw new CompositionError(`${id} has no target, which a check refuses`);
  return { ...read(stack, memoryDatabaseContract(target.memoryDatabase)), clustered: true };
}
