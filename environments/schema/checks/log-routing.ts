import type { Account } from "../account";
import type { Fleet } from "../fleet";
import { collectorSecrets } from "../log-router";
import { nearest } from "../parse";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";
import { secretFaults } from "./secrets";

type Found = Omit<Violation, "file">;

/** Logs are sent where there is something to take them, which tasks can reach and enter. */
export function checkLogRouting(fleet: Fleet): Violation[] {
  return perService(fleet, (service, account) => [
    ...bucket(service, account),
    ...collector(service, account),
    ...Object.entries(collectorSecrets(service)).flatMap(([option, text]) =>
      secretFaults(`logConfiguration.${option}`, text, account),
    ),
  ]);
}

function bucket({ logConfiguration }: Service, account: Account): Found[] {
  if (logConfiguration.destination !== "s3") return [];
  const known = Object.keys(account.data?.buckets ?? {}).sort();
  const given = logConfiguration.bucket;
  if (known.includes(given)) return [];
  const meant = nearest(given, known);
  return [
    {
      path: "logConfiguration.bucket",
      given,
      allowed: `a bucket of ${account.name}: ${known.join(", ") || "it has none"}`,
      mend: meant === undefined ? `add it to data.buckets of ${account.name}` : `write "${meant}"`,
    },
  ];
}

function collector({ logConfiguration, egress }: Service, account: Account): Found[] {
  if (logConfiguration.destination !== "http") return [];
  const { host, port, user, password } = logConfiguration;
  const within = account.network !== undefined && host.endsWith(`.${account.network.publicZone}`);
  const reached =
    port === 443 || within || egress.some((rule) => rule.protocol === "tcp" && rule.port === port);
  return [
    ...(reached
      ? []
      : [
          {
            path: "logConfiguration.port",
            given: port,
            allowed:
              "443, or a port that egress of the service has: tasks reach nothing else outside the VPC",
            mend: `add egress: [{ description: "Log collector", port: ${port}, cidrBlock: ... }]`,
          },
        ]),
    ...((user === undefined) === (password === undefined)
      ? []
      : [
          {
            path: user === undefined ? "logConfiguration.user" : "logConfiguration.password",
            given: undefined,
            allowed: "user and password together, or neither",
          },
        ]),
  ];
}
