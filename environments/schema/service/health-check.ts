import { z } from "zod";
import { seconds } from "./seconds";

/** How load balancers check a task. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export const healthCheck = z.strictObject({
  path: z
    .string()
    .regex(/^\/\S*$/, "a path beginning with /")
    .default("/health")
    .describe("Requested path. Default: /health."),
  matcher: z
    .string()
    .regex(/^\d{3}([-,]\d{3})*$/, "codes such as 200 or 200-299")
    .default("200")
    .describe("Codes of a healthy answer. Default: 200."),
  interval: seconds(5, 300).default(15).describe("Seconds between checks. Default: 15."),
  timeout: seconds(2, 120)
    .default(5)
    .describe("Seconds an answer may take; less than `interval`. Default: 5."),
  healthyThreshold: z
    .number()
    .int()
    .min(2)
    .max(10)
    .default(2)
    .describe("Good answers that make a target healthy. Default: 2."),
  unhealthyThreshold: z
    .number()
    .int()
    .min(2)
    .max(10)
    .default(3)
    .describe("Bad answers that make it unhealthy. Default: 3."),
});

/** How ECS checks a container. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html */
export const containerHealthCheck = z.strictObject({
  command: z.array(z.string().min(1)).min(1).describe("Command run in the container, without a shell."),
  interval: seconds(5, 300).default(30).describe("Seconds between runs. Default: 30."),
  timeout: seconds(2, 60).default(5).describe("Seconds a run may take. Default: 5."),
  retries: z
    .number()
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe("Failures that make the container unhealthy. Default: 3."),
  startPeriod: seconds(0, 300)
    .default(60)
    .describe("Seconds at the start in which failures do not count. Default: 60."),
});
