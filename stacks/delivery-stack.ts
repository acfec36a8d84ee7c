import { relative, resolve } from "node:path";
import { CodeconnectionsConnection } from "@cdktf/provider-aws/lib/codeconnections-connection";
import type { Construct } from "constructs";
import type { ContinuousIntegration } from "../environments/schema/continuous-integration";
import { deliveries, deliveryAccounts } from "../environments/schema/deliveries";
import { DEFAULT_DIRECTORY } from "../environments/schema/load";
import * as names from "../environments/schema/names";
import { EncryptionKey } from "../modules/data/encryption-key";
import { SecureBucket } from "../modules/data/secure-bucket";
import { ApprovalTopic } from "../modules/delivery/approval-topic";
import { BuildProject, type ArtifactStore, type BuildProjectProps } from "../modules/delivery/build-project";
import { pipelinePermissions } from "../modules/delivery/pipeline-permissions";
import {
  buildPermissions,
  deployPermissions,
  pushPermissions,
  scanPermissions,
  verifyPermissions,
} from "../modules/delivery/project-permissions";
import { TERRAFORM } from "../modules/delivery/terraform";
import { trustService } from "../modules/identity/policy";
import { Role } from "../modules/identity/role";
import { publish, read } from "./contract";
import { deliveryContract, keysContract } from "./contracts";
import { imageDeliveryStacks } from "./image-delivery-stack";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { StackKind } from "./stack-kind";

interface DeliveryProps extends Omit<PlatformStackProps, "concern"> {
  readonly approvers: readonly string[];
  readonly enhancedScanning: boolean;
}

type Project = Pick<
  BuildProjectProps,
  | "buildspec"
  | "cpuArchitecture"
  | "description"
  | "docker"
  | "environment"
  | "input"
  | "output"
  | "statements"
  | "timeout"
>;

/** What all pipelines share: the connection to the repositories, the artifacts, and a project for each step and account. */
export class DeliveryStack extends PlatformStack {
  private readonly keys = read(this, keysContract);

  constructor(scope: Construct, props: DeliveryProps) {
    super(scope, { ...props, concern: "delivery" });
    const { account, fleet } = this;
    const { organization } = fleet;
    const { key } = new EncryptionKey(this, "encryption", {
      alias: names.deliveryKeyAlias(account),
      description: "Artifacts of pipelines and requests for approval",
      accountRootArn: names.rootArn(account),
      protection: this.protection,
    });
    const { bucket } = new SecureBucket(this, "artifacts", {
      bucketName: names.bucket(organization, account, "delivery"),
      kmsKeyArn: key.arn,
      // An image that waits for its approval is in the registry by then.
      expireAfterDays: 14,
      keepVersionsDays: 1,
      protection: this.protection,
    });
    const artifacts = { bucketName: bucket.bucket, bucketArn: bucket.arn, keyArn: key.arn };
    const connection = new CodeconnectionsConnection(this, "repositories", {
      name: names.deliveryConnection(organization),
      providerType: PROVIDERS[organization.continuousIntegration.provider],
    });
    const { topic } = new ApprovalTopic(this, "approvals", {
      topicName: names.approvalTopic(account),
      kmsKeyArn: key.arn,
      emails: props.approvers,
    });
    const projects = this.projects(props.enhancedScanning, connection.arn);
    for (const [name, project] of projects) this.addProject(name, project, artifacts);
    const { role } = new Role(this, "pipelines", {
      roleName: names.deliveryRole("pipelines"),
      path: names.WORKLOAD_ROLE_PATH,
      description: "Fetches repositories, starts the projects of delivery, asks for approvals",
      boundaryArn: names.boundaryArn(account),
      trust: [
        trustService(
          "codepipeline.amazonaws.com",
          account.id,
          `arn:aws:codepipeline:${account.region}:${account.id}:*`,
        ),
      ],
      statements: pipelinePermissions({
        artifacts,
        connectionArn: connection.arn,
        topicArn: topic.arn,
        projectArns: [...projects.keys()].map(
          (name) =>
            `arn:aws:codebuild:${account.region}:${account.id}:project/${names.deliveryProject(name)}`,
        ),
      }),
    });
    publish(this, deliveryContract, {
      roleArn: role.arn,
      connectionArn: connection.arn,
      artifactBucketName: bucket.bucket,
      artifactKeyArn: key.arn,
      approvalTopicArn: topic.arn,
    });
  }

  /** The steps of every pipeline; those that build, for each architecture that some image is for. */
  private projects(enhancedScanning: boolean, connectionArn: string): ReadonlyMap<string, Project> {
    const { account, fleet } = this;
    const repositories = names.repositoryArn(account, "*");
    const architectures = [
      ...new Set(deliveries(fleet).map(({ cpuArchitecture }) => cpuArchitecture)),
    ].sort();
    const organization = relative(process.cwd(), resolve(fleet.directory)).replaceAll("\\", "/");
    return new Map<string, Project>([
      [
        "verify",
        {
          buildspec: "verify",
          description: "Refuses tags of what was not merged; runs nothing of a service's",
          input: "branch",
          statements: verifyPermissions(connectionArn),
          timeout: 15,
        },
      ],
      [
        "test",
        { buildspec: "test", description: "Tests services; has no right", input: "source", timeout: 60 },
      ],
      ...architectures.map((cpuArchitecture): [string, Project] => [
        names.buildStep(cpuArchitecture),
        {
          buildspec: "build",
          description: "Builds images; cannot push",
          input: "source",
          output: "image",
          statements: buildPermissions(repositories),
          docker: true,
          cpuArchitecture,
          timeout: 60,
        },
      ]),
      [
        "push",
        {
          buildspec: "push",
          description: "Pushes images that are built; runs nothing of theirs",
          input: "image",
          statements: pushPermissions(repositories),
          docker: true,
          timeout: 20,
        },
      ],
      [
        "scan",
        {
          buildspec: "scan",
          description: "Refuses images with critical findings, and tags the others",
          input: "source",
          statements: scanPermissions(repositories, enhancedScanning),
          timeout: 20,
        },
      ],
      // One an account: what deploys where nobody approves can release nowhere else.
      ...deliveryAccounts(fleet).map((stage): [string, Project] => [
        names.deployStep(stage),
        {
          buildspec: "deploy",
          description: `Deploys images to ${stage.name}, as its role that releases`,
          input: "platform",
          statements: deployPermissions(names.roleArn(stage, names.RELEASE_ROLE)),
          environment: {
            TERRAFORM_VERSION: TERRAFORM.version,
            TERRAFORM_SHA256: TERRAFORM.sha256,
            ...(organization === DEFAULT_DIRECTORY || organization.startsWith("..")
              ? {}
              : { SLIPWAY_ORGANIZATION: organization }),
          },
          timeout: 240,
        },
      ]),
    ]);
  }

  private addProject(name: string, project: Project, artifacts: ArtifactStore): void {
    const { account } = this;
    new BuildProject(this, name.replaceAll("-", "_"), {
      ...project,
      projectName: names.deliveryProject(name),
      roleName: names.deliveryRole(name),
      rolePath: names.WORKLOAD_ROLE_PATH,
      boundaryArn: names.boundaryArn(account),
      accountId: account.id,
      region: account.region,
      artifacts,
      logGroupName: names.deliveryLogGroup(account, name),
      logRetentionDays: account.capabilities.logRetentionDays,
      logsKeyArn: this.keys.logsKeyArn,
    });
  }
}

/** What CodeConnections calls the engines of CI. */
const PROVIDERS: Readonly<Record<ContinuousIntegration["provider"], string>> = {
  bitbucket: "Bitbucket",
  github: "GitHub",
  gitlab: "GitLab",
};

export const deliveryStacks: StackKind = (fleet, account) => {
  const { registry } = account;
  const { delivery, owner } = fleet.organization;
  if (registry === undefined || delivery === undefined) return [];
  const images = imageDeliveryStacks(fleet, account);
  if (delivery.provider !== "codepipeline") return images;
  const approvers = delivery.approvers ?? [owner];
  const enhancedScanning = registry.scanning === "ENHANCED";
  return [
    {
      account,
      concern: "delivery",
      build: (scope, options) =>
        new DeliveryStack(scope, { fleet, account, approvers, enhancedScanning, ...options }),
    },
    ...images,
  ];
};
