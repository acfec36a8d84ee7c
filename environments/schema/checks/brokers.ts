import type { Account } from "../account";
import type { Fleet } from "../fleet";
import * as names from "../names";
import { formatPath } from "../parse";
import type { Broker } from "../queue";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/**
 * What each engine runs on, and on what it can have company in other zones; its oldest version that gets patches.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/broker-instance-types.html
 */
const ENGINES = {
  ActiveMQ: {
    instanceTypes: /^mq\.(t3\.micro|m5\.(large|xlarge|2xlarge|4xlarge))$/,
    example: "mq.t3.micro, mq.m5.large to mq.m5.4xlarge",
    company: "standby",
    oldest: [5, 18],
  },
  RabbitMQ: {
    instanceTypes:
      /^mq\.(t3\.micro|m5\.(large|xlarge|2xlarge|4xlarge)|m7g\.(medium|large|xlarge|(2|4|8|12|16)xlarge))$/,
    example: "mq.t3.micro, mq.m5.large to mq.m5.4xlarge, mq.m7g.medium to mq.m7g.16xlarge",
    company: "cluster",
    oldest: [3, 13],
  },
} as const;

/** Brokers are of a kind that Amazon MQ has, in a network, and their secrets are theirs alone. */
export function checkBrokers(fleet: Fleet): Violation[] {
  return fleet.accounts.flatMap((account) =>
    Object.entries(account.queue?.brokers ?? {}).flatMap(([name, broker]) => {
      const file = fleet.sources.accounts[account.name] ?? account.name;
      const path = `queue.brokers.${name}`;
      return [
        ...instance(path, broker, account),
        ...version(path, broker),
        ...place(path, name, account),
      ].map((violation) => ({ ...violation, file }));
    }),
  );
}

function instance(path: string, { engine, instanceType }: Broker, account: Account): Found[] {
  const { instanceTypes, example, company } = ENGINES[engine];
  if (!instanceTypes.test(instanceType))
    return [{ path: `${path}.instanceType`, given: instanceType, allowed: `with ${engine}: ${example}` }];
  return account.capabilities.multiAz && instanceType === "mq.t3.micro"
    ? [
        {
          path: `${path}.instanceType`,
          given: instanceType,
          allowed: `an instance that can have a ${company}: ${account.name} keeps what it has in several zones (multiAz), and mq.t3.micro stands alone`,
          mend: `write "mq.m5.large"`,
        },
      ]
    : [];
}

function version(path: string, { engine, engineVersion }: Broker): Found[] {
  if (engineVersion === undefined) return [];
  const [major = 0, minor = 0, patch] = engineVersion.split(".").map(Number);
  const [oldestMajor, oldestMinor] = ENGINES[engine].oldest;
  if (patch === undefined && (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)))
    return [];
  return [
    {
      path: `${path}.engineVersion`,
      given: engineVersion,
      allowed: `two numbers, ${oldestMajor}.${oldestMinor} or later; Amazon MQ patches it by itself`,
      mend: patch === undefined ? "leave it away" : `write "${major}.${minor}"`,
    },
  ];
}

function place(path: string, name: string, account: Account): Found[] {
  const secret = names.brokerSecret(name);
  return [
    ...(account.network === undefined
      ? [
          {
            path,
            given: "a broker without network",
            inWords: true,
            allowed: "brokers together with network, in whose subnets they are",
            mend: "add a network section",
          },
        ]
      : []),
    ...(secret in account.secrets
      ? [
          {
            path: formatPath(["secrets", secret]),
            given: secret,
            allowed: `another name: the user of broker ${name} is kept there`,
          },
        ]
      : []),
  ];
}
