import { z } from "zod";
import { slug } from "../common";
import { containerHealthCheck } from "./health-check";
import { isolation } from "./isolation";
import { seconds } from "./seconds";
import { variables } from "./variables";

/** Image references: a registry's host, a repository, and a digest or a tag that is not `latest`. */
const image = z
  .string()
  .max(512)
  .regex(
    /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+(?=[:@])(:(?!latest(@|$))\w[\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/,
    "a full reference: registry/repository@sha256:..., or with a tag of its own, never latest",
  );

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html */
export const dependsOn = z.record(slug(24), z.enum(["START", "COMPLETE", "SUCCESS", "HEALTHY"])).default({});

const mountOfVolume = z.strictObject({
  mountPath: z
    .string()
    .regex(/^(\/[\w.-]+)+$/, "an absolute path")
    .describe("Path in this container."),
  readOnly: z.boolean().default(false).describe("Default: false."),
});

const MIB = z.number().int().min(6).max(122_880);

/** What containers beside a service's own have in common. */
const shared = {
  entryPoint: z
    .array(z.string())
    .optional()
    .describe("Replaces the image's entry point. Default: the image's own."),
  command: z.array(z.string()).optional().describe("Replaces the image's command. Default: the image's own."),
  cpu: z
    .number()
    .int()
    .min(2)
    .max(16_384)
    .optional()
    .describe("CPU units of the task's that are kept for it. Default: none, it has what is left over."),
  memory: MIB.optional().describe("Most that it may use, MiB; more ends it. Default: the task's."),
  memoryReservation: MIB.optional().describe("What is kept for it, MiB. Default: none."),
  ...isolation,
  stopTimeout: seconds(2, 120).default(30).describe("Seconds between SIGTERM and SIGKILL. Default: 30."),
  startTimeout: seconds(2, 120)
    .optional()
    .describe("Seconds within which what depends on it must be able to start. Default: ECS's own, 180."),
  environment: variables.default({}).describe("Plain settings. Default: none."),
  secrets: variables
    .default({})
    .describe(
      "Environment variable to name of a secret of the account, or to a key of its JSON: `orders/db:password`. Default: none.",
    ),
  volumes: z
    .record(slug(24), mountOfVolume)
    .default({})
    .describe("What it mounts of the service's `volumes`, by name. Default: none, beside /tmp."),
  dependsOn: dependsOn.describe(
    "Containers of the task that it waits for, and until when: START, COMPLETE, SUCCESS or HEALTHY. Default: none.",
  ),
};

/** A container that runs beside the service's own, such as a proxy or an agent. */
export const sidecar = z.strictObject({
  image: image.describe("Full reference of its image, by digest or by a tag that is not latest."),
  essential: z
    .boolean()
    .default(true)
    .describe("Whether the task ends with it. Default: true, so that none is missed in silence."),
  ports: z
    .array(z.number().int().min(1).max(65535))
    .max(10)
    .default([])
    .describe(
      "Ports it listens on; the service's other tasks reach those that `peerPorts` has too. Default: none.",
    ),
  healthCheck: containerHealthCheck.optional().describe("How ECS checks it. Default: none."),
  ...shared,
});

/** A container that runs to its end before the service's own starts, such as a migration. */
export const initContainer = z.strictObject({
  image: image
    .optional()
    .describe(
      "Full reference of its image. Default: the service's own release, with the service's environment and secrets.",
    ),
  condition: z
    .enum(["SUCCESS", "COMPLETE"])
    .default("SUCCESS")
    .describe("How it must end for the service to start: with 0, or anyhow. Default: SUCCESS."),
  ...shared,
});
