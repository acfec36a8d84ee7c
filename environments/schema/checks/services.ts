import type { Fleet } from "../fleet";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Rule = (service: Service) => Omit<Violation, "file"> | undefined;

const SECRET_NAME = /(^|_)(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;
const ACCESS_KEY = /\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@]+:[^/\s:@]+@/;

const RULES: readonly Rule[] = [
  ({ kind, containerPort }) =>
    kind === "service" && containerPort === undefined
      ? {
          path: "containerPort",
          given: undefined,
          allowed: "a port: a service listens on one",
          mend: 'add containerPort, or write kind: "worker"',
        }
      : undefined,
  ({ kind, containerPort }) =>
    kind === "worker" && containerPort !== undefined
      ? {
          path: "containerPort",
          given: containerPort,
          allowed: "none: a worker listens on no port",
          mend: 'remove it, or write kind: "service"',
        }
      : undefined,
  ({ kind, loadBalancers, networkDoors }) =>
    kind === "worker" && loadBalancers.length + networkDoors.length > 0
      ? {
          path: "loadBalancers",
          given: [...loadBalancers.map(({ alb }) => alb), ...networkDoors.map(({ nlb }) => nlb)],
          allowed: "none: a worker stands behind no door",
        }
      : undefined,
  ({ kind, serviceDiscovery, containerPort }) =>
    kind === "worker" && serviceDiscovery && containerPort === undefined
      ? { path: "serviceDiscovery", given: true, allowed: "false: a worker has nothing to be found for" }
      : undefined,
  ({ autoScaling: { minCapacity, maxCapacity } }) =>
    minCapacity > maxCapacity
      ? {
          path: "autoScaling.maxCapacity",
          given: maxCapacity,
          allowed: `at least minCapacity, ${minCapacity}`,
        }
      : undefined,
  ({ autoScaling: { requestsPerTarget }, loadBalancers }) =>
    requestsPerTarget !== undefined && loadBalancers.length === 0
      ? {
          path: "autoScaling.requestsPerTarget",
          given: requestsPerTarget,
          allowed: "none: without a load balancer nobody counts requests",
        }
      : undefined,
  ({ healthCheck: { interval, timeout } }) =>
    timeout >= interval
      ? { path: "healthCheck.timeout", given: timeout, allowed: `less than interval, ${interval}` }
      : undefined,
];

/** Whether a plain setting looks like a secret in clear, by its name or by its value. */
export const looksSecret = (name: string, value: string) => SECRET_NAME.test(name) || ACCESS_KEY.test(value);

/** The fields of a service agree with each other, and none of them is a secret in clear. */
export function checkServices(fleet: Fleet): Violation[] {
  return perService(fleet, (service) => [
    ...RULES.flatMap((rule) => rule(service) ?? []),
    ...Object.entries(service.environment).flatMap(([name, value]) =>
      looksSecret(name, value)
        ? [
            {
              path: `environment.${name}`,
              given: "a value that looks like a secret (not shown)",
              inWords: true,
              allowed: "plain settings only: what is here is readable in code, plan, state and console",
              mend: `declare the secret in the account and write secrets: { ${name}: "<secret>" }`,
            },
          ]
        : [],
    ),
    ...Object.keys(service.secrets)
      .filter((name) => name in service.environment)
      .map((name) => ({
        path: `secrets.${name}`,
        given: name,
        allowed: "a name that environment does not have too; ECS refuses the pair",
      })),
  ]);
}
