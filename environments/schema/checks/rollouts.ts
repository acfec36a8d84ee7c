import type { Account } from "../account";
import type { DoorLedger } from "../door-ledger";
import { doorLedger, servicesIn, type Fleet } from "../fleet";
import { moveOf } from "../placement";
import type { Service } from "../service";
import type { Violation } from "../violation";
import { perService } from "./per-service";

type Found = Omit<Violation, "file">;
type Field = keyof Service["deploymentConfiguration"];

const path = (field: Field) => `deploymentConfiguration.${field}`;
const ROLL = 'leave deploymentConfiguration.strategy away, or write "ROLLING"';

/** A deployment that moves traffic has traffic that can be moved, and settings that it heeds. */
export function checkRollouts(fleet: Fleet): Violation[] {
  return [
    ...fleet.accounts.flatMap((account) => testListeners(fleet, account)),
    ...perService(fleet, (service, account) => {
      const used = strategiesOf(fleet, service);
      return [
        ...unheeded(service, used),
        ...(service.deploymentConfiguration.strategy === "ROLLING"
          ? [...rolling(service), ...(service.deploymentConfiguration.prepared ? shifting(service) : [])]
          : [...shifting(service), ...moving(service, doorLedger(fleet, account))]),
      ];
    }),
  ];
}

function testListeners(fleet: Fleet, account: Account): Violation[] {
  return Object.entries(account.hosting?.loadBalancers ?? {}).flatMap(([name, { type, testListener }]) =>
    type === "application" || testListener === undefined
      ? []
      : [
          {
            file: fleet.sources.accounts[account.name] ?? account.name,
            path: `hosting.loadBalancers.${name}.testListener`,
            given: testListener,
            allowed: "nothing with type network: traffic behind it is not moved",
            mend: "remove it",
          },
        ],
  );
}

/** Terraform leaves the service's target groups to ECS, and could not add those of the other load balancer. */
function moving({ loadBalancers, deploymentConfiguration }: Service, ledger: DoorLedger): Found[] {
  return loadBalancers.flatMap(({ alb, host }, index) =>
    moveOf(ledger, alb, host) === undefined
      ? []
      : [
          {
            path: `loadBalancers[${index}].host`,
            given: host,
            allowed: `a host that stays where it is, with ${deploymentConfiguration.strategy}: this one moves to another load balancer`,
            mend: 'write strategy: "ROLLING" and prepared: true until it has moved (docs/rollouts.md)',
          },
        ],
  );
}

/** The strategies of a service in all its accounts: what one account leaves aside, another may use. */
const strategiesOf = (fleet: Fleet, { name }: Service) =>
  new Set(
    fleet.accounts.flatMap((account) =>
      servicesIn(fleet, account)
        .filter((service) => service.name === name)
        .map((service) => service.deploymentConfiguration.strategy),
    ),
  );

function unheeded({ deploymentConfiguration: given }: Service, used: ReadonlySet<string>): Found[] {
  const only = (field: Field, is: boolean, strategies: readonly string[]): Found[] =>
    !is || strategies.some((strategy) => used.has(strategy))
      ? []
      : [
          {
            path: path(field),
            given: given[field],
            allowed: `nothing with ${given.strategy}: only ${strategies.join(", ")} heeds it`,
            mend: `remove it, or write strategy: "${strategies[0]}"`,
          },
        ];
  const { bakeTimeInMinutes: bake, canaryConfiguration: canary, linearConfiguration: linear } = given;
  return [
    ...only("bakeTimeInMinutes", bake !== undefined, ["BLUE_GREEN", "LINEAR", "CANARY"]),
    ...only("canaryConfiguration", canary !== undefined, ["CANARY"]),
    ...only("linearConfiguration", linear !== undefined, ["LINEAR"]),
    ...only("minimumHealthyPercent", given.minimumHealthyPercent !== 100, ["ROLLING"]),
    ...only("prepared", given.prepared && given.strategy !== "ROLLING", ["ROLLING"]),
    ...only("maximumPercent", given.maximumPercent !== 200, ["ROLLING"]),
  ];
}

function rolling({ deploymentConfiguration }: Service): Found[] {
  if (deploymentConfiguration.controller === "ECS") return [];
  return [
    {
      path: path("controller"),
      given: deploymentConfiguration.controller,
      allowed: "ECS for a rolling deployment: CodeDeploy knows blue/green ones only",
      mend: 'write strategy: "BLUE_GREEN", "LINEAR" or "CANARY" beside it, or remove it',
    },
  ];
}

function shifting(service: Service): Found[] {
  const { deploymentConfiguration, loadBalancers, networkDoors, serviceDiscovery, volumes } = service;
  const { controller, strategy, prepared } = deploymentConfiguration;
  const rolls = strategy === "ROLLING" && prepared;
  const place = rolls
    ? { path: path("prepared"), given: prepared, mend: "remove it" }
    : { path: path("strategy"), given: strategy, mend: ROLL };
  const other = rolls ? "false" : "ROLLING";
  if (loadBalancers.length === 0) {
    return [
      {
        ...place,
        allowed: `${other} for a service behind no load balancer: there is no traffic to move`,
      },
    ];
  }
  if (networkDoors.length > 0) {
    return [
      {
        ...place,
        allowed: `${other} for a service behind a network load balancer: its traffic is not moved`,
      },
    ];
  }
  const mounted = Object.entries(volumes).find(([, { volume }]) => volume !== undefined)?.[0];
  return [
    ...(mounted === undefined
      ? []
      : [
          {
            ...place,
            allowed: `${other} for a service that mounts a volume (volumes.${mounted}): its new tasks would need the instances of the old ones`,
          },
        ]),
    ...(serviceDiscovery && !rolls
      ? [
          {
            path: "serviceDiscovery",
            given: true,
            allowed: `false with ${strategy}: names of Cloud Map lead to new tasks before any traffic is moved to them`,
            mend: "let callers use the internal load balancer or Service Connect, or roll",
          },
        ]
      : []),
    ...loadBalancers.flatMap((door, index) => doorFaults(service, door, index)),
    ...(controller === "CODE_DEPLOY" ? codeDeploy(service) : []),
  ];
}

function doorFaults(
  { loadBalancers, deploymentConfiguration }: Service,
  door: Service["loadBalancers"][number],
  index: number,
): Found[] {
  const { controller, prepared } = deploymentConfiguration;
  const rolls = prepared && deploymentConfiguration.strategy === "ROLLING";
  const strategy = rolls ? "prepared: true" : deploymentConfiguration.strategy;
  const first = loadBalancers.findIndex(({ alb }) => alb === door.alb);
  return [
    ...(door.authenticate
      ? [
          {
            path: `loadBalancers[${index}].authenticate`,
            given: true,
            allowed: `false with ${strategy}: AWS moves traffic only where a rule does nothing but forward`,
            mend: ROLL,
          },
        ]
      : []),
    ...(controller === "ECS" && first < index
      ? [
          {
            path: `loadBalancers[${index}]`,
            given: `${door.host}${door.path ?? ""}`,
            allowed: `one entry for load balancer ${door.alb} with ${strategy}: ECS moves the traffic of one rule, and loadBalancers[${first}] is it`,
            mend: "make one path pattern of both, make it a service of its own, or roll",
          },
        ]
      : []),
  ];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html */
function codeDeploy(service: Service): Found[] {
  const { deploymentConfiguration, loadBalancers, capacityProviderStrategy, serviceConnect } = service;
  const instances = capacityProviderStrategy.find(
    ({ capacityProvider: name }) => !name.startsWith("FARGATE"),
  );
  const { canaryConfiguration: canary, linearConfiguration: linear, strategy } = deploymentConfiguration;
  const other = loadBalancers.findIndex(({ alb }) => alb !== loadBalancers[0]?.alb);
  const whole = (name: string, given: number, least: number, most: number): Found[] =>
    Number.isInteger(given) && given >= least && given <= most
      ? []
      : [
          {
            path: `deploymentConfiguration.${name}`,
            given,
            allowed: `a whole number of ${least} to ${most}: CodeDeploy takes no other`,
          },
        ];
  return [
    ...(other === -1
      ? []
      : [
          {
            path: `loadBalancers[${other}].alb`,
            given: loadBalancers[other]?.alb,
            allowed: `${loadBalancers[0]?.alb}: CodeDeploy moves the traffic of one load balancer`,
            mend: 'write controller: "ECS", which moves that of several',
          },
        ]),
    ...(instances === undefined
      ? []
      : [
          {
            path: "capacityProvider",
            given: instances.capacityProvider,
            allowed: "FARGATE or FARGATE_SPOT with CodeDeploy: AWS scales no instances for it",
            mend: 'write controller: "ECS", or run it on Fargate',
          },
        ]),
    ...(serviceConnect.enabled
      ? [
          {
            path: "serviceConnect.enabled",
            given: true,
            allowed: "false with CodeDeploy: AWS has Service Connect beside the controller ECS only",
            mend: 'write controller: "ECS", or serviceConnect: { enabled: false }',
          },
        ]
      : []),
    ...(strategy === "CANARY" && canary !== undefined
      ? [
          ...whole("canaryConfiguration.canaryPercent", canary.canaryPercent, 1, 99),
          ...whole("canaryConfiguration.canaryBakeTimeInMinutes", canary.canaryBakeTimeInMinutes, 1, 1440),
        ]
      : []),
    ...(strategy === "LINEAR" && linear !== undefined
      ? [
          ...whole("linearConfiguration.stepPercent", linear.stepPercent, 3, 99),
          ...whole("linearConfiguration.stepBakeTimeInMinutes", linear.stepBakeTimeInMinutes, 1, 1440),
        ]
      : []),
  ];
}
