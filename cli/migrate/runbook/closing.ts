import { selectorsOf, trafficStackOf } from "../stacks";
import { servicesIn } from "../../../environments/schema/fleet";
import * as names from "../../../environments/schema/names";
import { secretsReadBy } from "../../../environments/schema/read-secrets";
import type { Traffic } from "../../../environments/schema/migration/traffic";
import type { Measure } from "../measured";
import { commit, leave, token } from "./common";
import { fileOf, type Context } from "./context";
import { checklist, result, sh, table, type Section } from "./text";

/** What was learned before it counts. */
export const rehearsal: Section = {
  title: "Rehearsal timings",
  blocks: [
    "Go through sections up to the traffic once with a copy, and write down how long each step took; the go/no-go rests on it.",
    table(
      ["step", "rehearsed (min)", "cutover (min)"],
      [
        "full load",
        "indexes and foreign keys",
        "validation",
        "freeze and drain",
        "stop, position",
        "sequences",
        "reverse",
        "traffic",
        "smoke tests",
        "way back",
      ].map((step) => [step, "____", "____"]),
    ),
  ],
};

/** So that clients follow when the answer changes. */
export function lowerTtl(context: Context): Section {
  const { traffic, id } = context.migration;
  const title = "A day before: answers that are not kept for long";
  if (traffic === undefined)
    return {
      title,
      blocks: [
        "The definition has no traffic: clients move by their own configuration. Prepare their change, and have it reviewed:",
        ...clientsOf(context),
      ],
    };
  return {
    title,
    blocks: [
      isProxied(traffic)
        ? "Cloudflare passes requests of these names on, so that a step counts at once. Where the names are still served by somebody else, lower what resolvers keep there a day before."
        : `Answers of these names are kept for ${traffic.ttl} s from now on; \`traffic.ttl\` in \`${fileOf(context)}\` says so, at ${traffic.provider === "route53" ? "Route 53" : "Cloudflare"}. Where the names are still served by somebody else, set the same there a day before.`,
      table(
        ["name", "type", "from", "to"],
        traffic.records.map(({ name, type, from, to }) => [name, type, from, to]),
      ),
      sh(
        ...token(context.migration),
        `slipway up ${trafficStackOf(context)}`,
        ...traffic.records.map(({ name, type }) =>
          isProxied(traffic)
            ? `dig +short ${name} A # addresses of Cloudflare`
            : `dig +noall +answer ${name} ${type} # TTL ≤ ${traffic.ttl}`,
        ),
      ),
      `Each name still answers with its former place: \`slipway migrate list\` shows ${id} in phase validated, and \`traffic.step\` is 0.`,
    ],
  };
}

/** Whether requests pass through Cloudflare, so that DNS tells nothing of where they go. */
const isProxied = (traffic: Traffic) => traffic.provider === "cloudflare" && traffic.proxied;

/** Services that read a secret of the target and have to start anew to take a new value. */
function clientsOf({ fleet, account, migration }: Context): readonly string[] {
  const secret = migration.kind === "dms" ? migration.target.secret : undefined;
  const readers = servicesIn(fleet, account).filter(
    (service) => secret !== undefined && secretsReadBy(service).includes(secret),
  );
  return readers.length === 0
    ? [`Services that use it are those of \`slipway list ${account.name}\` whose definition names the store.`]
    : [sh(...readers.map(({ name }) => `slipway restart ${name} --account ${account.name}`))];
}

/** Who says go. */
export const goNoGo = (context: Context, measures: readonly Measure[]): Section => ({
  title: "Go or no-go",
  blocks: [
    sh(`slipway migrate status ${context.migration.id}`),
    checklist(
      "every gate of phase validated holds, but for what is measured below",
      "the rehearsal was within the window, the way back too",
      "nobody else changes source, target or network within the window",
      "support and clients were told",
      `${context.migration.owner} says go`,
      `${context.migration.rollback.decisionOwner} can be reached until the rollback deadline`,
    ),
    result("Go given by, at"),
    "Only now the migration enters its cutover; clients go on as before.",
    ...leave(context, "validated", measures),
  ],
});

/** Clients move, step by step. */
export function shiftTraffic(context: Context): readonly string[] {
  const { traffic } = context.migration;
  if (traffic === undefined)
    return ["Let clients use the target, in the order that was prepared:", ...clientsOf(context)];
  const file = fileOf(context);
  return traffic.steps.flatMap((percent, index) => [
    `**${percent} %**`,
    sh(
      `\${EDITOR:-vi} ${file} # traffic: step: ${index + 1}`,
      `git diff ${file} # one line: step`,
      `slipway plan ${trafficStackOf(context)} # weights, and nothing else`,
      ...commit(context, `${percent} %`),
      `slipway up ${trafficStackOf(context)}`,
      ...(isProxied(traffic)
        ? []
        : [
            `sleep ${traffic.ttl * 2}`,
            ...traffic.records.map(({ name, type }) => `dig +short ${name} ${type}`),
          ]),
    ),
    checklist("errors and latency of the services are as before", "nothing is written to the source"),
  ]);
}

/** Whether it works for a client. */
export function smoke(context: Context, measures: readonly Measure[]): Section {
  const { traffic, owner } = context.migration;
  return {
    title: "Smoke tests",
    blocks: [
      ...(traffic === undefined
        ? []
        : [
            sh(
              ...traffic.records.map(
                ({ name, to, type }) =>
                  `curl --silent --show-error --output /dev/null --write-out '%{http_code} %{time_total}\\n' ${type === "CNAME" ? `--connect-to ${name}:443:${to}:443` : `--resolve ${name}:443:${to}`} https://${name}/`,
              ),
            ),
          ]),
      checklist(
        "a client signs in, reads what was written before the freeze, and writes",
        "what was written is in the target, and not written to the source by an application",
        "jobs, queues and reports that read the store run",
        "dashboards and alarms of services and store are calm for 15 min",
      ),
      result(`Accepted by ${owner}, at`),
      ...leave(context, "cutover", measures),
    ],
  };
}

/** How it went. */
export const windowReport = (context: Context, measures: readonly Measure[]): Section => ({
  title: "Rollback window, and its report",
  blocks: [
    `Until ${context.migration.rollback.windowHours} h are over, look once a day:`,
    sh(`slipway migrate status ${context.migration.id}`),
    table(
      ["day", "latency of the way back", "records that differ", "writes at the source", "incidents"],
      Array.from(
        { length: Math.max(1, Math.ceil(context.migration.rollback.windowHours / 24)) },
        (_, day) => [day + 1, "____", "____", "____", "____"],
      ),
    ),
    ...leave(context, "rollback-window", measures),
  ],
});

/** The end. */
export const signOff = (context: Context): readonly string[] => {
  const { account, migration, fleet } = context;
  const stack = names.stackId(account, "migration", migration.id);
  return [
    migration.traffic === undefined
      ? "Once everything above is gone, so is the definition; its evidence stays:"
      : `The names go on to be answered by ${trafficStackOf(context)}. Keep the definition for as long as they are asked for, and stop before \`slipway down\`. Once nobody asks for them, or somebody else answers them, it goes; its evidence stays:`,
    sh(
      `slipway up ${selectorsOf(context)}`,
      ...(migration.traffic === undefined ? [] : [`slipway down ${trafficStackOf(context)}`]),
      `slipway down ${stack}`,
      `git rm ${fileOf(context)}`,
      `git commit -m "${migration.id}: done"`,
      "git push",
    ),
    table(
      ["", "name", "date"],
      [
        [`owner, ${migration.owner}`, "____", "____"],
        [`decided on the way back, ${migration.rollback.decisionOwner}`, "____", "____"],
        [`change ticket ${migration.changeRef} closed`, "____", "____"],
      ],
    ),
    `Evidence: \`${fleet.directory}/migrations/evidence/${migration.id}/\`.`,
  ];
};
