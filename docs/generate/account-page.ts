import type { Account } from "../../environments/schema/account";
import { instanceClassOf } from "../../environments/schema/database-classes";
import { ENGINE_WORDS } from "../../environments/schema/database-engines";
import { PRESETS } from "../../environments/schema/capabilities";
import { formatCidr, parseCidr, tierSubnet, type Tier } from "../../environments/schema/cidr";
import { servicesIn, type Fleet } from "../../environments/schema/fleet";
import * as names from "../../environments/schema/names";
import { secretsReadBy } from "../../environments/schema/read-secrets";
import type { Service } from "../../environments/schema/service";
import { apiRows } from "./api-table";

/** A stack of the account, in the order in which they are applied. */
export interface ListedStack {
  readonly id: string;
  readonly concern: string;
  readonly resources: number;
  readonly dependsOn: readonly string[];
}

/** What an account is and holds, on one page, from the organization's own description. */
export function accountPage(fleet: Fleet, account: Account, stacks: readonly ListedStack[]): string {
  const services = servicesIn(fleet, account);
  return [
    `# ${account.name}`,
    "Generated from the organization's description by `npm run docs`.",
    table(
      ["", ""],
      [
        ["Account", `\`${account.id}\`, ${account.email}`],
        ["Kind", account.kind],
        ["Preset", account.preset],
        ["Region", account.region],
        ["State", `\`${names.stateBucket(fleet.organization, account)}\``],
      ],
    ),
    ...section("Capabilities", "Where they differ from the preset's, both are shown.", capabilities(account)),
    ...section("Network", "", network(account)),
    ...section("Load balancers", "", loadBalancers(account, services)),
    ...section("APIs", "", apis(account, services)),
    ...section("Capacity", "Beside Fargate and Fargate Spot.", capacity(account)),
    ...section("Services", `${services.length} in all.`, servicesTable(services)),
    ...section("Stores", "", stores(account, services)),
    ...section("Messaging", "", messaging(account, services)),
    ...section("Web sites", "", sites(account)),
    ...section("Secrets", "Names only; values are set from outside.", secrets(account, services)),
    ...section(
      "Stacks",
      "In the order in which they are applied.",
      table(
        ["stack", "resources", "after"],
        stacks.map(({ id, resources, dependsOn }) => [
          `\`${id}\``,
          String(resources),
          dependsOn.map((other) => other.slice(account.name.length + 1)).join(", "),
        ]),
      ),
    ),
  ]
    .join("\n\n")
    .concat("\n");
}

function capabilities(account: Account): string {
  const preset = PRESETS[account.preset];
  const rows = Object.entries(account.capabilities).map(([name, value]) => {
    const usual = show(Object.entries(preset).find(([key]) => key === name)?.[1]);
    const own = show(value);
    return [`\`${name}\``, own === usual ? own : `**${own}** (preset: ${usual})`];
  });
  return table(["capability", "value"], rows);
}

function show(value: unknown): string {
  if (value === null) return "always";
  if (Array.isArray(value)) return value.join(", ") || "none";
  if (typeof value !== "object" || value === undefined) return String(value);
  const { start, stop, timezone, days } = value as Record<string, unknown>;
  return `${start === "onRequest" ? "on request" : String(start)} to ${String(stop)}, ${String(timezone)}, ${String(days).replaceAll(",", " ")}`;
}

function network({ network: definition, region }: Account): string | undefined {
  if (definition === undefined) return undefined;
  const vpc = parseCidr(definition.cidrBlock);
  const range = (tier: Tier, position: number) => `\`${formatCidr(tierSubnet(vpc, tier, position))}\``;
  const rows = definition.availabilityZones.map((letter, position) => [
    `${region}${letter}`,
    range("public", position),
    range("private", position),
    range("isolated", position),
  ]);
  return [
    `VPC \`${definition.cidrBlock}\`, zones \`${definition.publicZone}\` and \`${names.privateZone(definition.publicZone)}\`.`,
    table(["zone", "public", "private", "isolated"], rows),
  ].join("\n\n");
}

function loadBalancers(
  { hosting, network: zones }: Account,
  services: readonly Service[],
): string | undefined {
  const publicZone = zones?.publicZone ?? "";
  const rows = byName(hosting?.loadBalancers ?? {}).flatMap(([alb, { scheme }]) => {
    const zone = scheme === "internal" ? names.privateZone(publicZone) : publicZone;
    return services.flatMap((service) => [
      ...service.networkDoors
        .filter((door) => door.nlb === alb)
        .map((door) => [
          alb,
          `\`${door.host}.${zone}:${door.listenerPort}\` (${door.protocol})`,
          service.name,
          "machines",
        ]),
      ...service.loadBalancers
        .filter((door) => door.alb === alb)
        .map((door) => [
          alb,
          `\`${door.host}.${zone}${door.path ?? ""}\``,
          service.name,
          door.authenticate
            ? "people, signed in"
            : (door.callers ?? (scheme === "internal" ? "machines" : "people")),
        ]),
    ]);
  });
  return rows.length === 0 ? undefined : table(["load balancer", "address", "service", "called by"], rows);
}

function apis(account: Account, services: readonly Service[]): string | undefined {
  const rows = apiRows(account, services);
  return rows.length === 0 ? undefined : table(["API", "address", "answered by", "called by"], rows);
}

function capacity({ hosting }: Account): string | undefined {
  const rows = byName(hosting?.capacityProviders ?? {}).map(([name, provider]) => [
    name === hosting?.defaultCapacityProvider ? `${name} (default)` : name,
    provider.instanceTypes.join(", "),
    provider.spot ? "Spot" : "on demand",
    `${provider.minSize ?? 0} to ${provider.maxSize ?? (provider.volume === undefined ? 10 : "one a volume")}`,
    provider.volume ?? "",
  ]);
  return rows.length === 0 ? undefined : table(["name", "instances", "bought", "number", "volume"], rows);
}

function servicesTable(services: readonly Service[]): string | undefined {
  if (services.length === 0) return undefined;
  return table(
    ["service", "kind", "runs on", "CPU / MiB", "tasks", "uses", "owner"],
    services.map((service) => [
      service.name,
      service.kind,
      service.capacityProviderStrategy.map(({ capacityProvider }) => capacityProvider).join(", "),
      `${service.cpu} / ${service.memory}`,
      service.kind === "scheduledTask"
        ? `\`${service.schedule?.expression ?? ""}\``
        : `${service.autoScaling.minCapacity} to ${service.autoScaling.maxCapacity}`,
      uses(service).join(", "),
      service.owner,
    ]),
  );
}

function uses(service: Service): string[] {
  return [
    ...service.databases,
    ...Object.keys(service.buckets),
    ...Object.keys(service.streams),
    ...service.externalDatabases,
    ...service.brokers,
    ...Object.values(service.volumes).flatMap(({ fileSystem, volume }) => fileSystem ?? volume ?? []),
    ...service.consumes.map((name) => `from ${name}`),
    ...[...service.sends, ...service.publishes].map((name) => `to ${name}`),
    ...Object.keys(service.functions).map((name) => `function ${name}`),
  ];
}

function stores({ data }: Account, services: readonly Service[]): string | undefined {
  if (data === undefined) return undefined;
  const users = (used: (service: Service) => readonly (string | undefined)[], name: string) =>
    services
      .filter((service) => used(service).includes(name))
      .map(({ name: user }) => user)
      .join(", ");
  const rows = [
    ...byName(data.databases).map(([name, definition]) => [
      name,
      `${ENGINE_WORDS[definition.engine]} ${definition.engineVersion}, ${instanceClassOf(definition)}`,
      users(({ databases }) => databases, name),
    ]),
    ...byName(data.buckets).map(([name]) => [
      name,
      "S3 bucket",
      users((service) => Object.keys(service.buckets), name),
    ]),
    ...byName(data.fileSystems).map(([name, { accessPoints }]) => [
      name,
      `EFS: ${Object.keys(accessPoints).sort().join(", ")}`,
      users(({ volumes }) => Object.values(volumes).map(({ fileSystem }) => fileSystem), name),
    ]),
    ...byName(data.externalDatabases).map(([name, { privateLink }]) => [
      name,
      `MongoDB Atlas, ${privateLink === undefined ? "over the NAT gateways" : "by a private endpoint"}`,
      users(({ externalDatabases }) => externalDatabases, name),
    ]),
    ...byName(data.streams).map(([name, { shardCount }]) => [
      name,
      shardCount === undefined ? "Kinesis stream, on demand" : `Kinesis stream, ${shardCount} shards`,
      users(
        ({ streams, functions }) => [
          ...Object.keys(streams),
          ...Object.values(functions).map(({ stream }) => stream?.name),
        ],
        name,
      ),
    ]),
    ...byName(data.deliveryStreams).map(([name, { stream, bucket }]) => [
      name,
      `Firehose from ${stream} into ${bucket}`,
      "",
    ]),
    ...byName(data.volumes).map(([name, { size }]) => [
      name,
      `EBS, ${size} GiB a zone`,
      users(({ volumes }) => Object.values(volumes).map(({ volume }) => volume), name),
    ]),
  ];
  return rows.length === 0 ? undefined : table(["store", "kind", "used by"], rows);
}

function messaging({ queue }: Account, services: readonly Service[]): string | undefined {
  if (queue === undefined) return undefined;
  const who = (uses: (service: Service) => readonly string[], name: string) =>
    services.filter((service) => uses(service).includes(name)).map(({ name: user }) => user);
  const functions = (service: Service) => Object.values(service.functions).flatMap(({ sends }) => sends);
  const rows = [
    ...byName(queue.topics).map(([name]) => [
      name,
      "topic",
      who(({ publishes }) => publishes, name).join(", "),
      byName(queue.queues)
        .filter(([, { topics }]) => topics.includes(name))
        .map(([heard]) => heard)
        .join(", "),
    ]),
    ...byName(queue.queues).map(([name, { topics }]) => [
      name,
      "queue",
      [...new Set([...topics, ...who((service) => [...service.sends, ...functions(service)], name)])].join(
        ", ",
      ),
      who(({ consumes }) => consumes, name).join(", "),
    ]),
    ...byName(queue.brokers).map(([name, { engine }]) => {
      const users = who(({ brokers }) => brokers, name).join(", ");
      return [name, engine, users, users];
    }),
  ];
  return rows.length === 0 ? undefined : table(["name", "kind", "filled by", "read by"], rows);
}

function sites({ edge, network: zones }: Account): string | undefined {
  const rows = byName(edge?.sites ?? {}).map(([name, { host }]) => [
    name,
    `\`${host}.${zones?.publicZone ?? ""}\``,
  ]);
  return rows.length === 0 ? undefined : table(["site", "address"], rows);
}

function secrets(account: Account, services: readonly Service[]): string | undefined {
  const rows = byName(account.secrets).map(([name, { description, store }]) => [
    `\`${name}\``,
    store === "secretsManager" ? "Secrets Manager" : "Parameter Store",
    services
      .filter((service) => secretsReadBy(service).includes(name))
      .map((service) => service.name)
      .join(", "),
    description,
  ]);
  return rows.length === 0 ? undefined : table(["secret", "store", "read by", "what it is"], rows);
}

const byName = <T>(entries: Readonly<Record<string, T>>) =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));

function section(title: string, about: string, content: string | undefined): string[] {
  if (content === undefined) return [];
  return [`## ${title}`, ...(about === "" ? [] : [about]), content];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "-|").join("")}`, ...rows.map(line)].join("\n");
}
