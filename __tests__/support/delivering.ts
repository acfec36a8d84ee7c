import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  PutImageCommand,
} from "@aws-sdk/client-ecr";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { createHash } from "node:crypto";
import { z } from "zod";
import { temporaryFolder, writeCompany, type Change } from "./company";
import { PlayedEcs, type Wanted } from "./played-ecs";
import { freePort, Sandbox, type Result } from "./sandbox";

const DEVELOPMENT = "200000000004";
const REGISTRY = "200000000002";
const BUCKET = `acme-development-state-${DEVELOPMENT}`;

/** One service, always awake, without scaling. */
export const ONE_SERVICE: Change = {
  accounts: { development: { capabilities: { workingHours: null } } },
  services: {
    orders: { autoScaling: { minCapacity: 1, maxCapacity: 1 }, loadBalancers: [], secrets: undefined },
    mailer: undefined,
  },
};

const stateSchema = z.object({
  resources: z.array(
    z.object({
      type: z.string(),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

/** An account of ACME in the emulator, with a registry of images and an ECS that runs what Terraform says. */
export class Delivering {
  readonly folder = temporaryFolder();
  readonly sandbox = new Sandbox(this.folder);
  readonly ecs = new PlayedEcs(() => this.wanted());
  private env: NodeJS.ProcessEnv = {};

  async start(): Promise<Result> {
    this.write();
    const started = await this.sandbox.slipway([
      "sandbox",
      "--account",
      "development",
      "--port",
      String(await freePort()),
    ]);
    this.env = { AWS_ENDPOINT_URL_ECS: await this.ecs.start() };
    this.ecs.others = this.sandbox.attached();
    // Between two looks a delivery waits for seconds.
    this.ecs.looks = 1;
    return started;
  }

  async stop(): Promise<void> {
    await this.ecs.stop();
    await this.sandbox.stop();
  }

  /** The company's files, changed. */
  write(change: Change = {}): void {
    const { services, ...others } = change;
    writeCompany(this.folder, {
      ...ONE_SERVICE,
      ...others,
      services: { ...ONE_SERVICE.services, ...services },
    });
  }

  /** Runs `slipway` against the emulator. */
  slipway(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Result> {
    return this.sandbox.slipway([...args, "--sandbox"], { ...this.env, ...env });
  }

  environment(): NodeJS.ProcessEnv {
    return this.env;
  }

  /** Pushes an image of `orders` under a tag; returns its digest. */
  async push(tag: string): Promise<string> {
    const ecr = new ECRClient(await this.sandbox.client(REGISTRY));
    await ecr.send(new CreateRepositoryCommand({ repositoryName: "orders" })).catch(() => undefined);
    const digest = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
    const mediaType = "application/vnd.docker.distribution.manifest.v2+json";
    const { image } = await ecr.send(
      new PutImageCommand({
        repositoryName: "orders",
        imageTag: tag,
        imageManifestMediaType: mediaType,
        imageManifest: JSON.stringify({
          schemaVersion: 2,
          mediaType,
          config: {
            mediaType: "application/vnd.docker.container.image.v1+json",
            size: 1,
            digest: digest("config"),
          },
          layers: [
            { mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip", size: 1, digest: digest(tag) },
          ],
        }),
      }),
    );
    return image?.imageId?.imageDigest ?? "";
  }

  /** Tags that the registry has for a digest. */
  async tags(imageDigest: string): Promise<readonly string[]> {
    const ecr = new ECRClient(await this.sandbox.client(REGISTRY));
    const { imageDetails: [found] = [] } = await ecr.send(
      new DescribeImagesCommand({ repositoryName: "orders", imageIds: [{ imageDigest }] }),
    );
    return found?.imageTags ?? [];
  }

  async parameter(): Promise<string | undefined> {
    const ssm = new SSMClient(await this.sandbox.client(DEVELOPMENT));
    const { Parameter: found } = await ssm.send(
      new GetParameterCommand({ Name: "/slipway/development/release/orders" }),
    );
    return found?.Value;
  }

  /** Keys of the locks that are held. */
  async locks(): Promise<string[]> {
    const s3 = await this.s3();
    const { Contents: found = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Prefix: "deploys/" }),
    );
    return found.flatMap(({ Key: key }) => (key?.endsWith(".lock") === true ? [key] : []));
  }

  private async wanted(): Promise<Wanted | undefined> {
    const s3 = await this.s3();
    const { Body: body } = await s3.send(
      new GetObjectCommand({ Bucket: BUCKET, Key: "development-service-orders.tfstate" }),
    );
    const { resources } = stateSchema.parse(JSON.parse((await body?.transformToString()) ?? "{}"));
    const found = resources.find(({ type }) => type === "aws_ecs_task_definition")?.instances[0]?.attributes;
    const digest = /@(sha256:[0-9a-f]+)/.exec(String(found?.["container_definitions"]))?.[1];
    return { taskDefinition: String(found?.["arn"]), digest: digest ?? "none" };
  }

  private async s3(): Promise<S3Client> {
    return new S3Client({ ...(await this.sandbox.client(DEVELOPMENT)), forcePathStyle: true });
  }
}
