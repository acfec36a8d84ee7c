import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import * as names from "../../environments/schema/names";
import { hostRecord } from "../../modules/edge/host-record";
import { NetworkDoor } from "../../modules/edge/network-door";
import { apisLeadingTo } from "../../environments/schema/api-routes";
import type { NetworkDoor as Definition } from "../../environments/schema/service";
import { read, type ContractValues } from "../contract";
import {
  apiContract,
  networkLoadBalancerContract,
  topicsContract,
  type vpcContract,
  type zonesContract,
} from "../contracts";
import type { ServiceContext } from "./feature";

export interface NetworkDoorsProps {
  readonly vpc: ContractValues<typeof vpcContract.schema.shape>;
  readonly zones: ContractValues<typeof zonesContract.schema.shape>;
  /** The tasks' security group. */
  readonly group: SecurityGroup;
}

/** A port of a Network Load Balancer, and the port of the container behind it. */
export interface PlacedNetworkDoor {
  readonly definition: Definition;
  readonly door: NetworkDoor;
  readonly containerPort: number;
}

/** The ports of Network Load Balancers that a service answers on. */
export function addNetworkDoors(
  { stack, definition }: ServiceContext,
  { vpc, zones, group }: NetworkDoorsProps,
): PlacedNetworkDoor[] {
  const { account } = stack;
  const publicZone = account.network?.publicZone ?? "";
  return definition.networkDoors.map((entry) => {
    const { nlb, host, listenerPort, protocol, preserveClientIp } = entry;
    const loadBalancer = read(stack, networkLoadBalancerContract(nlb));
    const internal = account.hosting?.loadBalancers[nlb]?.scheme === "internal";
    const containerPort = entry.containerPort ?? definition.containerPort ?? 0;
    const { warningTopicArn } = read(stack, topicsContract);
    const apis = apisLeadingTo(definition, entry);
    const healthCheck = entry.healthCheck ?? (apis.length > 0 ? "HTTP" : "TCP");
    const door = new NetworkDoor(stack, `door_${nlb}_${listenerPort}`, {
      targetGroupName: names.networkTargetGroup(definition, entry),
      vpcId: vpc.vpcId,
      listenerPort,
      protocol,
      containerPort,
      serviceGroupId: group.id,
      loadBalancer,
      clients: entry.clients ?? (apis.length > 0 ? [] : [internal ? vpc.cidrBlock : "0.0.0.0/0"]),
      clientGroups: Object.fromEntries(
        apis.map((api) => [
          api.replaceAll("-", "_"),
          { name: `API ${api}`, groupId: read(stack, apiContract(api)).vpcLinkGroupId },
        ]),
      ),
      preserveClientIp,
      deregistrationDelay: definition.deregistrationDelay,
      healthCheck: {
        ...definition.healthCheck,
        protocol: healthCheck,
        // HTTP is what the service speaks at its own port; so is whatever answers for a port of UDP.
        port:
          healthCheck === "HTTP" || protocol === "UDP"
            ? (definition.containerPort ?? containerPort)
            : containerPort,
      },
      alarm: {
        name: `${account.name}-${definition.name}-${nlb}-${listenerPort}-unhealthy`,
        description: `${definition.name} has unhealthy targets behind port ${listenerPort} of ${nlb}`,
        topicArn: warningTopicArn,
      },
    });
    const id = `door_${nlb}_name_${host}`;
    if (stack.node.tryFindChild(id) === undefined)
      hostRecord(stack, id, {
        zoneId: internal ? zones.privateZoneId : zones.publicZoneId,
        hostName: `${host}.${internal ? names.privateZone(publicZone) : publicZone}`,
        owner: definition.name,
        loadBalancer,
      });
    return { definition: entry, door, containerPort };
  });
}

/** Ports of the container beside its own, by what is spoken on them. */
export function furtherPorts({ definition: { networkDoors, containerPort } }: ServiceContext) {
  const of = (udp: boolean) => [
    ...new Set(
      networkDoors
        .filter(({ protocol }) => (protocol === "UDP") === udp)
        .map((door) => door.containerPort ?? containerPort ?? 0),
    ),
  ];
  const [tcp, udp] = [of(false).filter((port) => port !== containerPort), of(true)];
  return {
    ...(tcp.length === 0 ? {} : { ports: tcp }),
    ...(udp.length === 0 ? {} : { udpPorts: udp }),
  };
}
