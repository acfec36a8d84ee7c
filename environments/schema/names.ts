import { createHash } from "node:crypto";

/**
 * The names of everything that Slipway names itself. They are pure functions, so that one account can know
 * another's names and ARNs without looking anything up.
 */

interface Named {
  readonly name: string;
}
/** An entry of `accounts/`. */
interface Entry extends Named {
  /** The account that it is a second region of. */
  readonly regionOf?: string | undefined;
}
interface InAccount extends Entry {
  readonly id: string;
  readonly region: string;
}

/** Path and prefix of every IAM role and policy that belongs to bootstrap. */
export const BOOTSTRAP_ROLE_PREFIX = "slipway-";
/** IAM path of every role that a stack creates for a workload. */
export const WORKLOAD_ROLE_PATH = "/slipway/";
/** Alias of the key that encrypts an account's data, secrets and shells. */
export const dataKeyAlias = (account: Named) => `alias/${account.name}-data`;
/** Alias of the key that encrypts an account's Terraform state. */
export const STATE_KEY_ALIAS = "alias/slipway-state";
/** The role that AWS Organizations puts into every account it creates; bootstrap is applied through it. */
export const ORGANIZATION_ROLE = "OrganizationAccountAccessRole";

/** Stack id: `<account>-<concern>[-<name>]`. */
export const stackId = (account: Named, concern: string, name?: string) =>
  [account.name, concern, ...(name === undefined ? [] : [name])].join("-");

/** Bucket of an account's Terraform state; the account id makes it unique in all of AWS. */
export const stateBucket = (organization: Named, account: InAccount) =>
  `${organization.name}-${account.name}-state-${account.id}`;

export const stateKeyArn = (account: InAccount) =>
  `arn:aws:kms:${account.region}:${account.id}:${STATE_KEY_ALIAS}`;

/** Any other bucket of an account, such as the load balancers' access logs. */
export const bucket = (organization: Named, account: InAccount, purpose: string) =>
  `${organization.name}-${account.name}-${purpose}-${account.id}`;

export const PLAN_ROLE = `${BOOTSTRAP_ROLE_PREFIX}plan`;
export const APPLY_ROLE = `${BOOTSTRAP_ROLE_PREFIX}apply`;
/** The role that deploys: it writes releases and nothing that a service is made of but its tasks. */
export const RELEASE_ROLE = `${BOOTSTRAP_ROLE_PREFIX}release`;
export const BOUNDARY_POLICY = `${BOOTSTRAP_ROLE_PREFIX}boundary`;

export const AUTOMATION_ROLES: readonly string[] = [PLAN_ROLE, APPLY_ROLE, RELEASE_ROLE];

/**
 * One of these three as it is named in AWS. IAM has no regions, so that a second region of an account has
 * roles of other names, which reach that region only: `slipway-live-ireland-apply`.
 */
export const automationRole = ({ name, regionOf }: Entry, role: string) =>
  regionOf !== undefined && AUTOMATION_ROLES.includes(role)
    ? `${BOOTSTRAP_ROLE_PREFIX}${name}-${role.slice(BOOTSTRAP_ROLE_PREFIX.length)}`
    : role;
/** Whether it is one of them, in whatever region. */
export const isAutomationRole = (name: string) => /^slipway-(.+-)?(plan|apply|release)$/.test(name);
/** Policy of what the role that applies may do for one concern. */
export const grantPolicy = (account: Entry, concern: string) =>
  `${automationRole(account, APPLY_ROLE)}-${concern}`;

export const roleArn = (account: InAccount, role: string) =>
  `arn:aws:iam::${account.id}:role/${automationRole(account, role)}`;
export const policyArn = (account: InAccount, policy: string) =>
  `arn:aws:iam::${account.id}:policy/${policy}`;
export const boundaryArn = (account: InAccount) => policyArn(account, BOUNDARY_POLICY);
export const rootArn = (account: InAccount) => `arn:aws:iam::${account.id}:root`;

/** A role that people take on: `<organization>-<role>`. */
export const peopleRole = (organization: Named, role: string) => `${organization.name}-${role}`;

/** The role that Amazon Q takes on in an account's Slack channels. */
export const slackRole = (account: Named) => `${account.name}-slack`;

/** A rule of EventBridge that tells the account's topics of something. */
export const eventRule = (account: Named, notice: string) => `${account.name}-${notice}`;

/** A service control policy, such as `acme-deny-root-user`. */
export const serviceControlPolicy = (organization: Named, key: string) =>
  `${organization.name}-${key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

export const vpc = (account: Named) => `${account.name}-vpc`;
/** A VPN of an account to another network, and the log of its tunnels. */
export const siteToSiteVpn = (account: Named, vpn: string) => `${account.name}-${vpn}`;
export const vpnLogGroup = (account: Named, vpn: string) => `/slipway/${account.name}/vpn/${vpn}`;
export const cluster = (account: Named) => `${account.name}-cluster`;
export const loadBalancer = (account: Named, door: string) => `${account.name}-${door}`;
/** Two dashes, which no name has within: service `a` behind `b-c` and service `a-b` behind `c` are two. */
export const targetGroup = (service: Named, door: string) => `${service.name}--${door}`;
/**
 * The target group behind a port of a Network Load Balancer. Another protocol is another target group, which AWS makes
 * before the listener leaves the old one: it has another name.
 */
export const networkTargetGroup = (
  service: Named,
  { nlb, listenerPort, protocol }: { nlb: string; listenerPort: number; protocol: string },
) => targetGroup(service, `${nlb}-${listenerPort}${protocol === "UDP" ? "u" : ""}`);
/** The web application firewall of an account's public load balancers. */
export const webAcl = (account: Named) => `${account.name}-public`;
/** One of the load balancers of a name: the first has the name itself, further ones a number behind it. */
export const shard = (door: string, number: number) => (number === 1 ? door : `${door}-${number}`);
/** The second target group of a service whose deployments move traffic. */
export const alternateTargetGroup = (service: Named, door: string) => `${targetGroup(service, door)}--b`;
/** A capacity provider of EC2 instances, and their Auto Scaling group; Fargate's are AWS's own. */
export const capacityProvider = (account: Named, provider: string) =>
  provider.startsWith("FARGATE") ? provider : `${account.name}-${provider}`;
/** A store of an account's `data`, and what belongs to it. */
export const store = (account: Named, name: string) => `${account.name}-${name}`;
/** First database of a cluster, unless its entry says another. */
export const databaseName = (name: string) => name.replaceAll("-", "_");
/** Suffix of the bucket with a MySQL cluster's dumps. */
export const mysqlBackups = (name: string) => `${name}-dumps`;
/** By what name clients find a MySQL cluster, and members each other, in the account's private zone. */
export const mysqlHost = (name: string, zone: string) => `${name}.mysql.${zone}`;
export const mysqlMemberRole = (account: Named, name: string) => `${store(account, name)}-member`;
/** Namespace of the metrics of an account's MySQL clusters. */
export const mysqlNamespace = (account: Named) => `Slipway/${account.name}/mysql`;
/** The database user that a service signs in as: a name that SQL takes without quotes. */
export const databaseUser = (service: Named) => service.name.replaceAll("-", "_");
/** The role with which Firehose reads a stream and fills a bucket, and the log of what it could not. */
export const deliveryStreamRole = (account: Named, name: string) => `${store(account, name)}-delivery`;
export const deliveryStreamLogGroup = (account: Named, name: string) =>
  `/slipway/${account.name}/data/${name}`;
/** The role with which S3 copies a bucket's objects into another bucket. */
export const replicationRole = (account: Named, name: string) => `${store(account, name)}-replication`;
export const databaseMonitoringRole = (account: Named, name: string) => `${store(account, name)}-monitoring`;
/**
 * The user that a service signs in as at a cache or an in-memory database; AWS takes 40 characters, and for IAM the
 * same as name and id.
 */
export const storeUser = (name: string, service: Named) => `${name}-${service.name}`;
/** The user of people and tools that look after such a store; only who may connect as it by IAM can. */
export const storeOperator = (account: Named, name: string) => store(account, name);
/** Log group of one of a store's logs. */
export const storeLogGroup = (account: Named, name: string, log: string) =>
  `/slipway/${account.name}/data/${name}/${log}`;
/** Aurora global database that begins with a cluster of an account's. */
export const globalCluster = (account: Named, name: string) => `${store(account, name)}-global`;
/** Secret with a service's user of a database that knows passwords only. */
export const databaseSecret = (database: string, service: Named) => `${database}/${service.name}`;
/** ARN of a search domain, known before it is made. */
export const searchDomainArn = (account: InAccount, domain: string) =>
  `arn:aws:es:${account.region}:${account.id}:domain/${domain}`;
/** Bucket of a search domain's snapshots, the role by which it writes them, and the role that administers it. */
export const searchSnapshots = (organization: Named, account: InAccount, name: string) =>
  bucket(organization, account, `${name}-snapshots`);
export const searchSnapshotRole = (account: Named, name: string) => `${store(account, name)}-snapshots`;
export const searchMasterRole = (account: Named, name: string) => `${store(account, name)}-master`;
/** The leave of all search domains of an account to write their logs. */
export const searchLogPolicy = (account: Named) => `${account.name}-search-domains`;
/** Role and profile of a capacity provider's instances. */
export const instanceRole = (account: Named, provider: string) => `${account.name}-${provider}-instance`;
/** Where instances mount a volume of theirs. */
export const instanceVolumePath = (volume: string) => `/volumes/${volume}`;
export const queue = (account: Named, queueName: string, fifo: boolean) =>
  `${account.name}-${queueName}${fifo ? ".fifo" : ""}`;
export const topic = queue;
/** The queue for what nobody could handle, as the account's `queue` would name it. */
export const deadLetterQueue = (queueName: string) => `${queueName}-dead-letter`;
export const broker = (account: Named, brokerName: string) => `${account.name}-${brokerName}`;
/** Secret with a broker's user; the only ones whose value Terraform writes. */
export const brokerSecret = (brokerName: string) => `broker/${brokerName}`;
export const brokerSecretsArn = (account: InAccount) =>
  `arn:aws:secretsmanager:${account.region}:${account.id}:secret:${secretName(account, brokerSecret("*"))}`;
export const userPool = (account: Named) => `${account.name}-people`;
/** First label of the sign-in page. */
export const signInDomain = (organization: Named, account: Named) => `${organization.name}-${account.name}`;
/** A secret of the account's in Secrets Manager, whatever AWS puts behind its name. */
export const secretArnPattern = (account: InAccount, secret: string) =>
  `arn:aws:secretsmanager:${account.region}:${account.id}:secret:${secretName(account, secret)}-??????`;
/** How Cognito names the client that a service's doors sign people in with. */
export const signInClient = (account: Named, service: Named) => `${account.name}-${service.name}`;
/** What only one web site has. */
export const site = (account: Named, siteName: string) => `${account.name}-${siteName}`;
/** Bucket with a web site's files. */
export const siteBucket = (organization: Named, account: InAccount, siteName: string) =>
  bucket(organization, account, `site-${siteName}`);
/** An API of API Gateway, and what belongs to it. */
export const api = (account: Named, apiName: string) => `${account.name}-${apiName}`;
/** Groups of this beginning need no line of their own in the account's one policy of log deliveries, which is short. */
export const apiLogGroup = (account: Named, apiName: string) =>
  `/aws/vendedlogs/slipway/${account.name}/api/${apiName}`;
/** The role by which an API puts what a service takes of it into a stream. */
export const apiStreamRole = (account: Named, service: Named, apiName: string, stream: string) =>
  `${account.name}-${service.name}-${apiName}-${stream}-api`;
export const functionName = (account: Named, service: Named, name: string) =>
  `${account.name}-${service.name}-${name}`;
/** Queue for the events that a function failed on. */
export const functionFailures = (account: Named, service: Named, name: string) =>
  `${functionName(account, service, name)}-failed`;
/** Schedule of a scheduled task, its role, and the queue for runs that never began. */
export const schedule = (account: Named, service: Named) => `${account.name}-${service.name}`;
export const scheduleRole = (account: Named, service: Named) => `${schedule(account, service)}-schedule`;
export const scheduleFailures = (account: Named, service: Named) => `${schedule(account, service)}-failed`;
export const functionLogGroup = (account: Named, service: Named, name: string) =>
  `${serviceLogGroup(account, service)}/${name}`;
export const taskRole = (account: Named, service: Named) => `${account.name}-${service.name}-task`;
export const executionRole = (account: Named, service: Named) => `${account.name}-${service.name}-execution`;
/** CodeDeploy's application of a service, and its one deployment group. */
export const codeDeployApplication = (account: Named, service: Named) => `${account.name}-${service.name}`;
/** How CodeDeploy moves traffic in steps; AWS changes no configuration, so that its name says all of it. */
export const codeDeployConfiguration = (
  account: Named,
  service: Named,
  strategy: string,
  percentage: number,
  minutes: number,
) =>
  `${codeDeployApplication(account, service)}-${strategy.toLowerCase()}-${percentage}-percent-${minutes}-minutes`;
/** The AppSpec of a service's next deployment by CodeDeploy, as CreateDeployment takes it. */
export const appSpecParameter = (account: Named, service: Named) =>
  `${releaseParameter(account, service)}/app-spec`;
/** The role by which a service's traffic is moved during a deployment. */
export const rolloutRole = (account: Named, service: Named) => `${account.name}-${service.name}-rollout`;
export const serviceLogGroup = (account: Named, service: Named) =>
  `/slipway/${account.name}/service/${service.name}`;
/** Log group of a service's log router; no function's name has an underscore. */
export const routerLogGroup = (account: Named, service: Named) =>
  `${serviceLogGroup(account, service)}/log_router`;
/** The CloudWatch metric that counts the errors in a service's log. */
export const errorMetric = (account: Named, service: Named) => ({
  namespace: `Slipway/${account.name}`,
  name: `${service.name}-errors`,
});
/** Terraform address of a service's task definition in its stack. */
export const TASK_DEFINITION_ADDRESS = "aws_ecs_task_definition.tasks_task_definition";
export const releaseParameter = (account: Named, service: Named) =>
  `/slipway/${account.name}/release/${service.name}`;
/** Folder of the state bucket in which deliveries leave their records and their locks. */
export const DELIVERIES = "deploys";
/** Records of a service's releases, an object each, in the account's state bucket. */
export const releaseRecords = (service: Named) => `${DELIVERIES}/${service.name}/`;
/** Lock of a service's deliveries, in the account's state bucket. */
export const deployLock = (service: Named) => `${DELIVERIES}/${service.name}.lock`;
export const secretName = (account: Named, secret: string) => `${account.name}/${secret}`;
/** Folder of a secret in Parameter Store, which holds one parameter: `value`. */
export const secretFolder = (account: Named, secret: string) => `/slipway/${account.name}/secret/${secret}`;
export const secretParameterArn = (account: InAccount, secret: string) =>
  `arn:aws:ssm:${account.region}:${account.id}:parameter${secretFolder(account, secret)}/value`;
export const contractParameter = (account: Named, concern: string, name: string) =>
  `/slipway/${account.name}/${concern}/${name}`;

/** Private zone of an account's load balancers; apart from the Cloud Map namespace, which owns its zone. */
export const privateZone = (publicZone: string) => `internal.${publicZone}`;
/** Cloud Map namespace of an account. */
export const discoveryNamespace = (publicZone: string) => `services.${publicZone}`;

/** Roles that AWS DMS looks for under these names, once an account. */
export const DMS_VPC_ROLE = "dms-vpc-role";
export const DMS_LOGS_ROLE = "dms-cloudwatch-logs-role";
/** What only one migration has; no id has two dashes. */
export const migration = (account: Named, id: string) => `${account.name}-${id}`;
/** Subnets that replication instances of an account may be in. */
export const migrationSubnets = (account: Named, tier: "private" | "isolated") =>
  `${account.name}-migration-${tier}`;
/** A replication instance, or a replication of DMS Serverless. */
export const migrationInstance = (account: Named, id: string) => `${migration(account, id)}-replication`;
/** The task that brings data to its new place. */
export const migrationTask = (account: Named, id: string) => `${migration(account, id)}-forward`;
/** The task that only compares. */
export const migrationValidationTask = (account: Named, id: string) => `${migration(account, id)}-validation`;
/** The task that brings changes back. */
export const migrationReverseTask = (account: Named, id: string) => `${migration(account, id)}-reverse`;
/** Ends of a migration: those of the way there, and those of the way back. */
export const MIGRATION_ENDPOINTS = ["source", "target", "reverse-source", "reverse-target"] as const;
export const migrationEndpoint = (account: Named, id: string, end: (typeof MIGRATION_ENDPOINTS)[number]) =>
  `${migration(account, id)}-${end}`;
/** Who is trusted at an end; another content has another name. */
export const migrationCertificate = (account: Named, id: string, end: "source" | "target", content: string) =>
  `${migrationEndpoint(account, id, end)}-ca-${createHash("sha256").update(content).digest("hex").slice(0, 8)}`;
/** End of the ARN of what DMS makes, at most 31 characters, which CloudWatch knows a task by. */
export const migrationResource = (id: string, what: "serverless" | "forward" | "validation" | "reverse") =>
  `${id}-${what}`;
/** The role by which DMS reads the secrets and the buckets of a migration's ends. */
export const migrationAccessRole = (account: Named, id: string) => `${migration(account, id)}-migration`;
/** What a task of a migration itself is, which runs a tool. */
export const migrationTaskRole = (account: Named, id: string) => `${migration(account, id)}-migration-task`;
/** As which the source of a migration writes its snapshots. */
export const migrationSnapshotRole = (account: Named, id: string) =>
  `${migration(account, id)}-snapshot-writer`;
/** A task of a migration that is no replication, and the service that keeps it running: its family and its name. */
export const migrationTool = (account: Named, id: string, part: string) =>
  `${migration(account, id)}-${part}`;
/** The log of such tasks. */
export const migrationToolLogGroup = (account: Named, id: string) =>
  `/slipway/${account.name}/migration/${id}`;
/** The user of a cache or an in-memory database that a migration signs in as, with a password. */
export const migrationUser = (account: Named, id: string) => `${migration(account, id)}-migration`;
/** As which CloudFormation makes that user. */
export const migrationUserRole = (account: Named, id: string) => `${migrationUser(account, id)}-user`;
/** Bucket with the snapshot that a cache or an in-memory database begins with. */
export const migrationSeeds = (organization: Named, account: InAccount, id: string) =>
  bucket(organization, account, `seed-${id}`);
/** Bucket with what DMS's assessments found, of all migrations of an account. */
export const migrationAssessments = (organization: Named, account: InAccount) =>
  bucket(organization, account, "migration-assessments");
/** The role by which DMS writes there. */
export const migrationAssessmentRole = (account: Named) => `${account.name}-migration-assessments`;
/** The log of a replication instance's tasks, which DMS names. */
export const migrationLogGroup = (account: Named, id: string) =>
  `dms-tasks-${migrationInstance(account, id)}`;

/** A place that clients of a migration are led to; unique among the pools of a Cloudflare account. */
export const trafficPool = (account: Named, id: string, recordName: string, place: "former" | "target") =>
  `${migration(account, id)}-${recordName.replaceAll(".", "-")}-${place}`;

/** Role of a build project that all pipelines share, in the registry's account. */
export const deliveryRole = (project: string) => `delivery-${project}`;
/** The step that deploys to an account, with a role that may release there and nowhere else. */
export const deployStep = (account: Named) => `deploy-${account.name}`;
export const deployProjectRoleArn = (registry: InAccount, account: Named) =>
  `arn:aws:iam::${registry.id}:role${WORKLOAD_ROLE_PATH}${deliveryRole(deployStep(account))}`;
/**
 * Moving tag of the image that a service runs in an account; the only tags that may move. The registry keeps images
 * with one, however old they are. A deployment sets it once the image is in service.
 */
export const runningTag = (account: Named, service: Named) =>
  `${RUNNING_TAG_PREFIX}${account.name}-${service.name}`;
export const RUNNING_TAG_PREFIX = "in-";
/** The same of an image that is in place without any task that runs it, which proves nothing of it. */
export const idleTag = (account: Named, service: Named) => `${runningTag(account, service)}.idle`;
/** Tag of the image that was made of a commit. */
export const commitTag = (commit: string) => `commit-${commit}`;
/** The role with which CI of a service's repository pushes its image, in the registry's account. */
export const pushRole = (delivery: Named) => `push-${delivery.name}`;

export const namespaceArn = (account: InAccount, namespaceId: string) =>
  `arn:aws:servicediscovery:${account.region}:${account.id}:namespace/${namespaceId}`;
/** How Cloud Map knows what proxies call, beside the service's own name, which is DNS's; no name has an underscore. */
export const connectedService = (service: Named) => `${service.name}_connect`;

/** A step of delivery that all pipelines share: its project and its log. */
export const deliveryProject = (step: string) => `delivery-${step}`;
export const deliveryLogGroup = (account: Named, step: string) => `/slipway/${account.name}/delivery/${step}`;
/** The step that builds images for an architecture. */
export const buildStep = (cpuArchitecture: "X86_64" | "ARM64") =>
  cpuArchitecture === "ARM64" ? "build-arm" : "build";
export const deliveryKeyAlias = (account: Named) => `alias/${account.name}-delivery`;
export const deliveryConnection = (organization: Named) => `${organization.name}-repositories`;
export const approvalTopic = (account: Named) => `${account.name}-approvals`;
export const tokenProviderArn = (account: InAccount, issuer: string) =>
  `arn:aws:iam::${account.id}:oidc-provider/${issuer}`;
export const registryHost = (registry: InAccount) =>
  `${registry.id}.dkr.ecr.${registry.region}.amazonaws.com`;
/** Role with which ECR makes the repositories of copies in another region. */
export const replicaRole = (account: Named) => `${account.name}-image-copies`;
export const repositoryArn = (registry: InAccount, repository: string) =>
  `arn:aws:ecr:${registry.region}:${registry.id}:repository/${repository}`;
export const repositoryUrl = (registry: InAccount, repository: string) =>
  `${registry.id}.dkr.ecr.${registry.region}.amazonaws.com/${repository}`;

/** ARN of the repository that an image of Amazon ECR's private registries is in; none of any other image. */
export function repositoryArnOf(image: string): string | undefined {
  const [, id, region, repository] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/([^:@]+)/.exec(image) ?? [];
  return repository === undefined ? undefined : `arn:aws:ecr:${region}:${id}:repository/${repository}`;
}
