import {
  Codepipeline,
  type CodepipelineStage,
  type CodepipelineStageAction,
} from "@cdktf/provider-aws/lib/codepipeline";
import { Construct } from "constructs";
import type { Artifact, ArtifactStore } from "./build-project";

/** A repository that a pipeline reads. */
export interface PipelineSource {
  /** `owner/name` */
  readonly repository: string;
  readonly branch: string;
}

export interface PipelineProps {
  readonly pipelineName: string;
  readonly roleArn: string;
  readonly artifacts: Pick<ArtifactStore, "bucketName" | "keyArn">;
  readonly connectionArn: string;
  /** The service's repository; its tags start the pipeline, its branch does not. */
  readonly source: PipelineSource;
  /** The platform's repository, from which is deployed. */
  readonly platform: PipelineSource;
  /** Tags that start it, such as `v*`. */
  readonly tagPattern: string;
  /** Names of the projects that all pipelines share. */
  readonly projects: Readonly<Record<"build" | "push" | "scan" | "test" | "verify", string>>;
  /** The image repository. */
  readonly repository: string;
  /** Host of the registry. */
  readonly registry: string;
  readonly architecture: "amd64" | "arm64";
  readonly context: string;
  readonly dockerfile: string;
  /** Stage of the Dockerfile. @default its last */
  readonly target?: string;
  /** Compiles and analyses the code; null for nothing. */
  readonly checkCommand: string | null;
  /** Tests the code; null for nothing. */
  readonly testCommand: string | null;
  /** Where it is deployed, in order. */
  readonly stages: readonly {
    readonly account: string;
    /** Name of the project that deploys there, and nowhere else. */
    readonly project: string;
    readonly services: readonly string[];
    /** Whether a person approves before. */
    readonly approval: boolean;
  }[];
  /** Topic that asks for approvals. */
  readonly approvalTopicArn: string;
}

/** What the source action knows of what started it. */
const COMMIT = { COMMIT: "#{source.CommitId}", TAG: "#{source.TagName}" };
const DIGEST = "#{push.DIGEST}";

/**
 * From a git tag to running tasks: verify that it was merged, test, build, push, scan, then account after account, by digest.
 *
 * Nothing polls: the tag starts it, through the connection. Of tags that wait before a stage only the newest goes on
 * (SUPERSEDED): an approval that nobody gives holds back no tag from development.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-triggers.html
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/concepts-how-it-works.html#concepts-how-it-works-executions
 */
export class Pipeline extends Construct {
  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    const { source, platform, artifacts } = props;
    new Codepipeline(this, "pipeline", {
      name: props.pipelineName,
      roleArn: props.roleArn,
      pipelineType: "V2",
      executionMode: "SUPERSEDED",
      artifactStore: [
        {
          type: "S3",
          location: artifacts.bucketName,
          encryptionKey: { type: "KMS", id: artifacts.keyArn },
        },
      ],
      trigger: [
        {
          providerType: "CodeStarSourceConnection",
          gitConfiguration: {
            sourceActionName: "Service",
            push: [{ tags: { includes: [props.tagPattern] } }],
          },
        },
      ],
      stage: [
        {
          name: "Source",
          action: [
            checkout("Service", "source", source, props.connectionArn),
            checkout("Branch", "branch", source, props.connectionArn),
            checkout("Platform", "platform", platform, props.connectionArn),
          ],
        },
        verifyStage(props),
        ...testStage(props),
        imageStage(props),
        ...props.stages.map((stage) => accountStage(stage, props)),
      ],
    });
  }
}

const checkout = (
  name: string,
  output: Artifact,
  { repository, branch }: PipelineSource,
  connectionArn: string,
): CodepipelineStageAction => ({
  name,
  category: "Source",
  owner: "AWS",
  provider: "CodeStarSourceConnection",
  version: "1",
  runOrder: 1,
  namespace: output,
  outputArtifacts: [output],
  configuration: {
    ConnectionArn: connectionArn,
    FullRepositoryId: repository,
    BranchName: branch,
    // The history, for which the project that clones it needs the connection.
    OutputArtifactFormat: output === "branch" ? "CODEBUILD_CLONE_REF" : "CODE_ZIP",
    // The trigger starts it, and nothing else does.
    DetectChanges: "false",
  },
});

/** The trigger names the tag's commit to one action only: the other has the branch, which must hold that commit. */
const verifyStage = ({ projects, source }: PipelineProps): CodepipelineStage => ({
  name: "Verify",
  action: [
    run("Verify", projects.verify, { input: "branch", variables: { ...COMMIT, BRANCH: source.branch } }),
  ],
});

function testStage({ checkCommand, testCommand, context, projects }: PipelineProps): CodepipelineStage[] {
  if (checkCommand === null && testCommand === null) return [];
  const variables = {
    ...COMMIT,
    CONTEXT: context,
    CHECK_COMMAND: checkCommand ?? "",
    TEST_COMMAND: testCommand ?? "",
  };
  return [{ name: "Test", action: [run("Test", projects.test, { input: "source", variables })] }];
}

function imageStage(props: PipelineProps): CodepipelineStage {
  const { projects, registry, repository } = props;
  const image = { ...COMMIT, REGISTRY: registry, REPOSITORY: repository };
  const build = {
    ...image,
    ARCHITECTURE: props.architecture,
    CONTEXT: props.context,
    DOCKERFILE: props.dockerfile,
    TARGET: props.target ?? "",
  };
  return {
    name: "Image",
    action: [
      run("Build", projects.build, { input: "source", output: "image", variables: build }),
      run("Push", projects.push, { order: 2, input: "image", namespace: "push", variables: image }),
      run("Scan", projects.scan, { order: 3, input: "source", variables: { ...image, DIGEST } }),
    ],
  };
}

function accountStage(
  { account, project, services, approval }: PipelineProps["stages"][number],
  { approvalTopicArn, repository }: PipelineProps,
): CodepipelineStage {
  const approve: CodepipelineStageAction = {
    name: "Approve",
    category: "Approval",
    owner: "AWS",
    provider: "Manual",
    version: "1",
    runOrder: 1,
    configuration: {
      NotificationArn: approvalTopicArn,
      CustomData: `${repository} ${COMMIT.TAG} to ${account}: ${services.join(", ")}`,
    },
  };
  return {
    name: account,
    action: [
      ...(approval ? [approve] : []),
      run("Deploy", project, {
        order: approval ? 2 : 1,
        input: "platform",
        variables: { ACCOUNT: account, SERVICES: services.join(" "), DIGEST },
      }),
    ],
  };
}

interface Run {
  /** @default 1 */
  readonly order?: number;
  readonly input: Artifact;
  readonly output?: Artifact;
  readonly namespace?: string;
  readonly variables: Readonly<Record<string, string>>;
}

const run = (
  name: string,
  project: string,
  { order = 1, input, output, namespace, variables }: Run,
): CodepipelineStageAction => ({
  name,
  category: "Build",
  owner: "AWS",
  provider: "CodeBuild",
  version: "1",
  runOrder: order,
  inputArtifacts: [input],
  ...(output === undefined ? {} : { outputArtifacts: [output] }),
  ...(namespace === undefined ? {} : { namespace }),
  configuration: {
    ProjectName: project,
    EnvironmentVariables: JSON.stringify(
      Object.entries(variables).map(([variable, value]) => ({ name: variable, value, type: "PLAINTEXT" })),
    ),
  },
});
