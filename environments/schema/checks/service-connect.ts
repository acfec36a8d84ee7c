import { servicesIn, type Fleet } from "../fleet";
import * as names from "../names";
import type { Service } from "../service";
import { serviceEndpoint } from "../service-endpoint";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;

/** CPU units of a task with the proxy, of which AWS advises to add 256 for it. */
const LEAST_CPU = 512;

/**
 * Service Connect is where it works, with room for its proxy, and each of its names leads to one service.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html
 */
export function checkServiceConnect(fleet: Fleet): Violation[] {
  return [
    ...perService(fleet, (service) => (service.serviceConnect.enabled ? faults(service) : [])),
    ...sameName(fleet),
  ];
}

function faults({ kind, cpu, containerPort, serviceConnect, deploymentConfiguration }: Service): Found[] {
  const { appProtocol, perRequestTimeout, port, dnsName } = serviceConnect;
  const found: (Found | false)[] = [
    kind === "scheduledTask" && {
      path: "serviceConnect.enabled",
      given: true,
      allowed: "false: ECS gives the proxy to services, not to tasks that a schedule starts",
      mend: "remove it; a scheduled task calls others by their names in Cloud Map",
    },
    deploymentConfiguration.controller === "CODE_DEPLOY" && {
      path: "serviceConnect.enabled",
      given: true,
      allowed: "false: CodeDeploy does not replace tasks with the proxy",
      mend: 'write deploymentConfiguration: { controller: "ECS", strategy: "BLUE_GREEN" }',
    },
    cpu < LEAST_CPU && {
      path: "cpu",
      given: cpu,
      allowed: `at least ${LEAST_CPU} with Service Connect: the proxy is in every task, and AWS advises 256 for it`,
      mend: `write cpu: ${LEAST_CPU}, or serviceConnect: { enabled: false }; Cloud Map names its tasks anyway`,
    },
    appProtocol === "tcp" &&
      perRequestTimeout !== undefined && {
        path: "serviceConnect.perRequestTimeout",
        given: perRequestTimeout,
        allowed: "none: over tcp the proxy sees no requests",
      },
    containerPort === undefined &&
      (port !== undefined || dnsName !== undefined) && {
        path: port === undefined ? "serviceConnect.dnsName" : "serviceConnect.port",
        given: port ?? dnsName,
        allowed: "none: without containerPort it calls others and is not called",
      },
  ];
  return found.filter((item) => item !== false);
}

function sameName(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) => {
    const zone = names.discoveryNamespace(account.network?.publicZone ?? "");
    const holders = new Map<string, string>();
    return servicesIn(fleet, account).flatMap((service): Violation[] => {
      const endpoint = serviceEndpoint(service, zone);
      if (endpoint === undefined) return [];
      const key = `${endpoint.dnsName}:${endpoint.port}`;
      const holder = holders.get(key);
      holders.set(key, holder ?? service.name);
      if (holder === undefined) return [];
      return [
        {
          file: fleet.sources.services[service.name] ?? service.name,
          path: `serviceConnect.dnsName (in ${account.name})`,
          given: key,
          allowed: `a name and port of its own; ${holder} is called by these`,
        },
      ];
    });
  });
}
