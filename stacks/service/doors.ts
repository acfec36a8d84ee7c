import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import type { Account } from "../../environments/schema/account";
import { answersFor, type Fleet } from "../../environments/schema/fleet";
import { defaultDoor } from "../../environments/schema/hosting";
import * as names from "../../environments/schema/names";
import type { PlacedRule } from "../../environments/schema/placement";
import type { Door as DoorDefinition, Service } from "../../environments/schema/service";
import { hostRecord } from "../../modules/edge/host-record";
import { takesTurns } from "../../environments/schema/service/deployment";
import { Door } from "../../modules/edge/service-doors";
import { publish, read, type ContractValues } from "../contract";
import {
  loadBalancerContract,
  targetGroupContract,
  testListenerContract,
  type vpcContract,
  type zonesContract,
} from "../contracts";
import type { MissingFact } from "../stack-kind";
import type { ServiceContext } from "./feature";
import { signIn } from "./sign-in";

export interface PlacedDoor {
  readonly door: Door;
  /** As CloudWatch names the load balancer. */
  readonly loadBalancer: string;
}

export interface DoorsProps {
  readonly vpc: ContractValues<typeof vpcContract.schema.shape>;
  readonly zones: ContractValues<typeof zonesContract.schema.shape>;
  /** The tasks' security group. */
  readonly group: SecurityGroup;
  /** Where the service's listener rules are. */
  readonly rules: readonly PlacedRule[];
}

/** The doors a service stands behind, by load balancer: one target group each, whatever the number of rules. */
export function addDoors(context: ServiceContext, props: DoorsProps): Map<string, PlacedDoor> {
  const { stack, definition } = context;
  const { vpc, group } = props;
  const authentication = signIn(
    context,
    definition.loadBalancers
      .filter((door) => door.authenticate)
      .flatMap((door) => [hostOf(context, door), ...otherNamesOf(context, door)]),
  );
  const { deploymentConfiguration } = definition;
  const doors = new Map<string, PlacedDoor>();
  for (const { alb, shard, rules } of byLoadBalancer(props.rules)) {
    const name = names.shard(alb, shard);
    const id = name.replaceAll(/-(\d+)$/g, "_$1");
    const loadBalancer = read(stack, loadBalancerContract(name));
    const door = new Door(stack, `door_${id}`, {
      targetGroupName: names.targetGroup(definition, name),
      ...(takesTurns(deploymentConfiguration)
        ? {
            shift: {
              targetGroupName: names.alternateTargetGroup(definition, name),
              controller: deploymentConfiguration.controller,
              ...(stack.account.hosting?.loadBalancers[alb]?.testListener === undefined
                ? {}
                : { testListenerArn: read(stack, testListenerContract(name)).listenerArn }),
            },
          }
        : {}),
      vpcId: vpc.vpcId,
      containerPort: definition.containerPort ?? 0,
      serviceGroupId: group.id,
      loadBalancer,
      rules: rules.map(({ door: rule, priority }) => ({
        hostName: hostOf(context, rule),
        otherNames: otherNamesOf(context, rule),
        path: rule.path,
        priority,
        ...(rule.authenticate ? { authentication } : {}),
        ...(rule.shares.length === 0
          ? {}
          : {
              shares: rule.shares.map(({ service, weight }) => ({
                targetGroupArn: read(stack, targetGroupContract(service, name)).arn,
                weight,
              })),
            }),
      })),
      deregistrationDelay: definition.deregistrationDelay,
      stickinessSeconds: rules.find(({ door: { stickiness } }) => stickiness !== undefined)?.door.stickiness
        ?.cookieDuration,
      healthCheck: definition.healthCheck,
    });
    if (rules.some(({ door: { takesShares } }) => takesShares))
      publish(stack, targetGroupContract(definition.name, name), { arn: door.targetGroup.arn });
    doors.set(id, { door, loadBalancer: loadBalancer.arnSuffix });
  }
  addNames(context, props);
  takeNames(context, props.rules);
  return doors;
}

/** Rules by load balancer, in the order in which the service names its doors. */
function byLoadBalancer(placed: readonly PlacedRule[]) {
  const groups = new Map<string, { alb: string; shard: number; rules: PlacedRule[] }>();
  for (const rule of [...placed].sort((a, b) => a.index - b.index || a.shard - b.shard)) {
    const { alb } = rule.door;
    const key = names.shard(alb, rule.shard);
    const group = groups.get(key) ?? { alb, shard: rule.shard, rules: [] };
    groups.set(key, group);
    group.rules.push(rule);
  }
  return groups.values();
}

function hostOf({ stack: { account } }: ServiceContext, { alb, host }: DoorDefinition): string {
  const publicZone = account.network?.publicZone ?? "";
  const internal = account.hosting?.loadBalancers[alb]?.scheme === "internal";
  return `${host}.${internal ? names.privateZone(publicZone) : publicZone}`;
}

/** The account's own name of the host, where a second region answers at that too. */
function otherNamesOf(
  { stack: { account, fleet } }: ServiceContext,
  { alb, host }: DoorDefinition,
): string[] {
  const zone = answersFor(fleet, account)?.network?.publicZone;
  const open = account.hosting?.loadBalancers[alb]?.scheme === "internet-facing";
  return open && zone !== undefined ? [`${host}.${zone}`] : [];
}

/** The zone whose names a second region takes, as long as its id is not recorded. */
export function missingZone(fleet: Fleet, account: Account, { loadBalancers }: Service): MissingFact[] {
  const { hosting, regionOf, traffic } = account;
  const open = loadBalancers.some(({ alb }) => hosting?.loadBalancers[alb]?.scheme === "internet-facing");
  if (!open || traffic !== "active" || regionOf === undefined || fleet.facts[regionOf]?.publicZone) return [];
  return [
    { account: regionOf, fact: "publicZone", needed: `to lead the names of ${regionOf} to ${account.name}` },
  ];
}

/**
 * Names of the account's zone that lead to a second region: each is nearer to what is asked than the zone's wildcard,
 * which leads to the first. They are in this region's state, and made without the first.
 */
function takeNames(context: ServiceContext, rules: readonly PlacedRule[]): void {
  const { stack, definition } = context;
  const { account, fleet } = stack;
  if (account.traffic !== "active" || account.regionOf === undefined) return;
  const zoneId = fleet.facts[account.regionOf]?.publicZone?.zoneId;
  for (const { door, shard } of rules.filter(({ named }) => named)) {
    const [hostName] = otherNamesOf(context, door);
    const id = `door_${door.alb}_taken_${door.host}`;
    if (hostName === undefined || zoneId === undefined || stack.node.tryFindChild(id) !== undefined) continue;
    hostRecord(stack, id, {
      zoneId,
      hostName,
      owner: definition.name,
      loadBalancer: read(stack, loadBalancerContract(names.shard(door.alb, shard))),
    });
  }
}

/**
 * A record for each host that the zone's wildcard does not lead to the right load balancer. Its address says nothing
 * of the shard, so that a host that moves keeps its record and Route 53 changes it at once.
 */
function addNames(context: ServiceContext, { zones, rules }: DoorsProps): void {
  const { stack, definition } = context;
  const { loadBalancers = {} } = stack.account.hosting ?? {};
  for (const { door, shard } of rules.filter(({ named }) => named)) {
    const { alb, host } = door;
    const id = `door_${alb}_name_${host}`;
    const scheme = loadBalancers[alb]?.scheme;
    const byWildcard = shard === 1 && scheme !== undefined && defaultDoor(loadBalancers, scheme) === alb;
    if (byWildcard || stack.node.tryFindChild(id) !== undefined) continue;
    hostRecord(stack, id, {
      zoneId: scheme === "internal" ? zones.privateZoneId : zones.publicZoneId,
      hostName: hostOf(context, door),
      owner: definition.name,
      loadBalancer: read(stack, loadBalancerContract(names.shard(alb, shard))),
    });
  }
}
