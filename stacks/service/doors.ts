import type { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { defaultDoor } from "../../environments/schema/hosting";
import * as names from "../../environments/schema/names";
import { ruleKey, type AllocatedRule } from "../../environments/schema/priorities";
import type { Door as DoorDefinition } from "../../environments/schema/service";
import { Door } from "../../modules/edge/service-doors";
import { read, type ContractValues } from "../contract";
import { loadBalancerContract, type vpcContract, type zonesContract } from "../contracts";
import { CompositionError } from "../errors";
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
  /** Priorities of the account's listener rules. */
  readonly priorities: ReadonlyMap<string, AllocatedRule>;
}

/** The doors a service stands behind, by load balancer: one target group each, whatever the number of rules. */
export function addDoors({ stack, definition }: ServiceContext, props: DoorsProps): Map<string, PlacedDoor> {
  const { account } = stack;
  const { vpc, zones, group, priorities } = props;
  const { loadBalancers = {} } = account.hosting ?? {};
  const hostOf = ({ alb, host }: DoorDefinition) => {
    const publicZone = account.network?.publicZone ?? "";
    const internal = loadBalancers[alb]?.scheme === "internal";
    return `${host}.${internal ? names.privateZone(publicZone) : publicZone}`;
  };
  const authentication = signIn(
    { stack, definition },
    definition.loadBalancers.filter((door) => door.authenticate).map(hostOf),
  );
  const albs = [...new Set(definition.loadBalancers.map(({ alb }) => alb))];
  return new Map(
    albs.map((alb): [string, PlacedDoor] => {
      const rules = definition.loadBalancers.filter((door) => door.alb === alb);
      const loadBalancer = read(stack, loadBalancerContract(alb));
      const scheme = loadBalancers[alb]?.scheme;
      const internal = scheme === "internal";
      const isDefault = scheme !== undefined && defaultDoor(loadBalancers, scheme) === alb;
      const door = new Door(stack, `door_${alb}`, {
        targetGroupName: names.targetGroup(definition, alb),
        vpcId: vpc.vpcId,
        containerPort: definition.containerPort ?? 0,
        serviceGroupId: group.id,
        loadBalancer,
        rules: rules.map((rule) => {
          const allocated = priorities.get(ruleKey(rule));
          if (allocated === undefined)
            throw new CompositionError(`No priority is allocated for ${ruleKey(rule)}`);
          return {
            hostName: hostOf(rule),
            path: rule.path,
            priority: allocated.priority,
            ...(rule.authenticate ? { authentication } : {}),
          };
        }),
        ...(isDefault ? {} : { zoneId: internal ? zones.privateZoneId : zones.publicZoneId }),
        deregistrationDelay: definition.deregistrationDelay,
        stickinessSeconds: rules.find((rule) => rule.stickiness !== undefined)?.stickiness?.cookieDuration,
        healthCheck: definition.healthCheck,
      });
      return [alb, { door, loadBalancer: loadBalancer.arnSuffix }];
    }),
  );
}
