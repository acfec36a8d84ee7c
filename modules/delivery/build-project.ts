import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CodebuildProject } from "@cdktf/provider-aws/lib/codebuild-project";
import { Construct } from "constructs";
import { trustService, type Statement } from "../identity/policy";
import { Role } from "../identity/role";

/** What pipelines hand from one action to the next. */
export interface ArtifactStore {
  readonly bucketName: string;
  readonly bucketArn: string;
  readonly keyArn: string;
}

/**
 * What an action hands on. The name is a folder of the store, of which CodePipeline keeps ten characters.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/welcome-introducing-artifacts.html
 */
export type Artifact = "branch" | "image" | "platform" | "source";

export interface BuildProjectProps {
  readonly projectName: string;
  readonly description: string;
  /** Which of `buildspecs/` it runs. */
  readonly buildspec: "build" | "deploy" | "push" | "scan" | "test" | "verify";
  readonly roleName: string;
  readonly rolePath: string;
  readonly boundaryArn: string;
  readonly accountId: string;
  readonly region: string;
  readonly artifacts: ArtifactStore;
  /** What it is given; it can read no other. */
  readonly input: Artifact;
  /** What it hands on; it can write no other. @default nothing */
  readonly output?: Artifact;
  readonly logGroupName: string;
  readonly logRetentionDays: number;
  readonly logsKeyArn: string;
  /** What it may do beside handing on its artifacts and logging. @default nothing */
  readonly statements?: Statement[];
  /** Variables that are the same for every image. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it runs Docker, for which CodeBuild knows no other way. @default false */
  readonly docker?: boolean;
  /** What images it builds are for. @default X86_64 */
  readonly cpuArchitecture?: "X86_64" | "ARM64";
  /** Minutes after which a build is broken off. */
  readonly timeout: number;
}

/** Curated images, which AWS keeps up to date. https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html */
const MACHINES = {
  X86_64: { type: "LINUX_CONTAINER", image: "aws/codebuild/amazonlinux-x86_64-standard:5.0" },
  ARM64: { type: "ARM_CONTAINER", image: "aws/codebuild/amazonlinux-aarch64-standard:3.0" },
} as const;

/**
 * A step that every pipeline shares: the pipeline says by variables which image it is for. Its buildspec is the
 * platform's, never a service's own, so that no repository decides what runs with its rights. It holds no ${, which
 * Terraform would take for an expression.
 * https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export class BuildProject extends Construct {
  readonly project: CodebuildProject;

  constructor(scope: Construct, id: string, props: BuildProjectProps) {
    super(scope, id);
    const { accountId, region, projectName } = props;
    const logs = new CloudwatchLogGroup(this, "logs", {
      name: props.logGroupName,
      retentionInDays: props.logRetentionDays,
      kmsKeyId: props.logsKeyArn,
    });
    const { role, permissions } = new Role(this, "identity", {
      roleName: props.roleName,
      path: props.rolePath,
      description: props.description,
      boundaryArn: props.boundaryArn,
      trust: [
        trustService(
          "codebuild.amazonaws.com",
          accountId,
          `arn:aws:codebuild:${region}:${accountId}:project/${projectName}`,
        ),
      ],
      statements: [...common(props, logs.arn), ...(props.statements ?? [])],
    });
    this.project = new CodebuildProject(this, "project", {
      name: projectName,
      description: props.description,
      serviceRole: role.arn,
      buildTimeout: props.timeout,
      // Builds beyond the account's concurrency wait.
      queuedTimeout: 480,
      encryptionKey: props.artifacts.keyArn,
      artifacts: { type: "CODEPIPELINE" },
      source: {
        type: "CODEPIPELINE",
        buildspec: readFileSync(join(__dirname, "buildspecs", `${props.buildspec}.yml`), "utf8"),
      },
      environment: {
        ...MACHINES[props.cpuArchitecture ?? "X86_64"],
        computeType: "BUILD_GENERAL1_SMALL",
        imagePullCredentialsType: "CODEBUILD",
        privilegedMode: props.docker ?? false,
        environmentVariable: Object.entries(props.environment ?? {})
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => ({ name, value, type: "PLAINTEXT" })),
      },
      logsConfig: { cloudwatchLogs: { groupName: logs.name, status: "ENABLED" } },
      dependsOn: permissions,
    });
  }
}

/** Of the store only its own: CodePipeline's keys are `<pipeline>/<artifact>/<random>`, of every pipeline. */
const common = (
  { artifacts: { bucketArn, keyArn }, input, output }: BuildProjectProps,
  logGroupArn: string,
): Statement[] => [
  {
    sid: "WriteLogs",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [`${logGroupArn}:*`],
  },
  {
    sid: "ReadArtifact",
    actions: ["s3:GetObject", "s3:GetObjectVersion"],
    resources: [`${bucketArn}/*/${input}/*`],
  },
  ...(output === undefined
    ? []
    : [{ sid: "WriteArtifact", actions: ["s3:PutObject"], resources: [`${bucketArn}/*/${output}/*`] }]),
  { sid: "UseArtifactKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [keyArn] },
];
