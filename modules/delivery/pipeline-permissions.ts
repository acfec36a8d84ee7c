import type { Statement } from "../identity/policy";
import type { ArtifactStore } from "./build-project";

export interface PipelineScope {
  readonly artifacts: ArtifactStore;
  readonly connectionArn: string;
  readonly topicArn: string;
  readonly projectArns: string[];
}

/** https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html */
export const pipelinePermissions = ({ artifacts, ...scope }: PipelineScope): Statement[] => [
  {
    sid: "FetchRepositories",
    actions: ["codeconnections:UseConnection", "codestar-connections:UseConnection"],
    resources: [scope.connectionArn],
  },
  {
    sid: "ReadAndWriteArtifacts",
    actions: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
    resources: [`${artifacts.bucketArn}/*`],
  },
  {
    sid: "FindArtifacts",
    actions: ["s3:GetBucketLocation", "s3:GetBucketVersioning"],
    resources: [artifacts.bucketArn],
  },
  { sid: "UseArtifactKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [artifacts.keyArn] },
  {
    sid: "StartProjects",
    actions: ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
    resources: scope.projectArns,
  },
  { sid: "AskForApproval", actions: ["sns:Publish"], resources: [scope.topicArn] },
];
