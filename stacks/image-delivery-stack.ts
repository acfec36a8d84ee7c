import type { Construct } from "constructs";
import type { Account } from "../environments/schema/account";
import { deliveries, platformRepository, type Delivery } from "../environments/schema/deliveries";
import type { DeliverySettings } from "../environments/schema/delivery";
import type { Fleet } from "../environments/schema/fleet";
import * as names from "../environments/schema/names";
import { tagSubject, tokenSubjects } from "../environments/schema/token-subjects";
import { Pipeline } from "../modules/delivery/pipeline";
import { repositoryPermissions } from "../modules/delivery/project-permissions";
import { stringEquals, stringLike } from "../modules/identity/policy";
import { Role } from "../modules/identity/role";
import { read } from "./contract";
import { deliveryContract } from "./contracts";
import { PlatformStack, type PlatformStackProps } from "./platform-stack";
import type { PlannedStack } from "./stack-kind";

interface ImageDeliveryProps extends Omit<PlatformStackProps, "concern" | "name" | "service"> {
  readonly image: Delivery;
  readonly settings: DeliverySettings;
}

/** How one image is delivered: its pipeline, or the role with which its repository's own CI pushes it. */
export class ImageDeliveryStack extends PlatformStack {
  constructor(scope: Construct, props: ImageDeliveryProps) {
    const { image, settings } = props;
    super(scope, { ...props, concern: "delivery", name: image.name, service: image });
    if (settings.provider === "codepipeline") this.addPipeline(image, settings);
    else this.addPushRole(image, settings);
  }

  private addPipeline(image: Delivery, { tagPattern }: DeliverySettings): void {
    const { account, fleet } = this;
    const { continuousIntegration: ci } = fleet.organization;
    const shared = read(this, deliveryContract);
    const { source } = image;
    new Pipeline(this, "delivery", {
      pipelineName: image.name,
      roleArn: shared.roleArn,
      artifacts: { bucketName: shared.artifactBucketName, keyArn: shared.artifactKeyArn },
      connectionArn: shared.connectionArn,
      source: { repository: source.repository, branch: ci.branch },
      platform: { repository: platformRepository(ci), branch: ci.branch },
      tagPattern,
      projects: {
        verify: names.deliveryProject("verify"),
        test: names.deliveryProject("test"),
        build: names.deliveryProject(names.buildStep(image.cpuArchitecture)),
        push: names.deliveryProject("push"),
        scan: names.deliveryProject("scan"),
      },
      repository: image.repository,
      registry: names.registryHost(account),
      architecture: image.cpuArchitecture === "ARM64" ? "arm64" : "amd64",
      context: source.context,
      dockerfile: source.dockerfile,
      ...(source.target === undefined ? {} : { target: source.target }),
      checkCommand: source.checkCommand,
      testCommand: source.testCommand,
      stages: image.stages.map((stage) => ({
        ...stage,
        account: stage.account.name,
        project: names.deliveryProject(names.deployStep(stage.account)),
      })),
      approvalTopicArn: shared.approvalTopicArn,
    });
  }

  private addPushRole(image: Delivery, { tagPattern }: DeliverySettings): void {
    const { account, fleet } = this;
    const { continuousIntegration: ci } = fleet.organization;
    const { issuer, audience } = tokenSubjects(ci, account);
    new Role(this, "push", {
      roleName: names.pushRole(image),
      path: names.WORKLOAD_ROLE_PATH,
      description: `Pushes images of ${image.repository}, on tags of ${image.source.repository}`,
      boundaryArn: names.boundaryArn(account),
      trust: [
        {
          sid: "Tags",
          actions: ["sts:AssumeRoleWithWebIdentity"],
          principals: [{ type: "Federated", identifiers: [names.tokenProviderArn(account, issuer)] }],
          condition: [
            stringEquals(`${issuer}:aud`, audience),
            // The star stands behind the beginning of a tag of this one repository.
            stringLike(`${issuer}:sub`, tagSubject(ci, image.source, tagPattern)),
          ],
        },
      ],
      statements: repositoryPermissions(
        names.repositoryArn(account, image.repository),
        account.registry?.scanning === "ENHANCED",
      ),
    });
  }
}

/** A stack an image. */
export function imageDeliveryStacks(fleet: Fleet, account: Account): PlannedStack[] {
  const { delivery: settings } = fleet.organization;
  if (settings === undefined) return [];
  return deliveries(fleet).map((image) => ({
    account,
    concern: "delivery",
    name: image.name,
    build: (scope, options) => new ImageDeliveryStack(scope, { fleet, account, image, settings, ...options }),
  }));
}
