import type { Service } from "./service";

/** The container that routes what the others of its task write, where ECS's own driver does not. */
export const LOG_ROUTER = {
  name: "log-router",
  /**
   * AWS for Fluent Bit 3.4.15, for both architectures, by digest: its tag could be moved. Since October 2025 the
   * router need not be root. https://github.com/aws/aws-for-fluent-bit/releases
   */
  image:
    "public.ecr.aws/aws-observability/aws-for-fluent-bit:3.4.15@sha256:88e1b56cedb230486afeca6eeb26c5f6bd59c48879d0054d1674d5a58838c607",
  user: "10001:10001",
  /** MiB. */
  memoryReservation: 64,
  /** Ports that FireLens listens on in the task. */
  ports: [8877, 24224],
} as const;

/** Whether a router takes what a service's containers write. */
export const isRouted = ({ logConfiguration }: Pick<Service, "logConfiguration">): boolean =>
  logConfiguration.destination !== "awslogs";

/** Whether CloudWatch has what a service writes, so that its errors can be counted there. */
export const inCloudWatch = ({
  logConfiguration: { destination },
}: Pick<Service, "logConfiguration">): boolean => destination === "awslogs" || destination === "cloudwatch";

/** Secrets with which a collector is entered: option of the router to reference. */
export function collectorSecrets({
  logConfiguration,
}: Pick<Service, "logConfiguration">): Readonly<Record<string, string>> {
  if (logConfiguration.destination !== "http") return {};
  const { header, password } = logConfiguration;
  return {
    ...(header === undefined ? {} : { header }),
    ...(password === undefined ? {} : { password }),
  };
}
