import { z } from "zod";
import { domainName } from "../common";
import { seconds } from "./seconds";

/** A proxy in each task that knows the tasks of other services. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html */
export const serviceConnect = z.strictObject({
  enabled: z
    .boolean()
    .optional()
    .describe(
      "Whether each task has the proxy: a service with a port is then reached through the others', a worker reaches through its own. Default: the account's `hosting.serviceConnect`, for what has a port.",
    ),
  appProtocol: z
    .enum(["http", "http2", "grpc", "tcp"])
    .default("http")
    .describe("What is spoken on its port; all but tcp are measured and tried again. Default: http."),
  dnsName: z
    .union([domainName, z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a DNS label")], {
      error: "a DNS name or a label of one, in lower case",
    })
    .optional()
    .describe(
      "Name by which others call it. Default: the name that Cloud Map gives its tasks, orders.services.<public zone>, so that callers write the same with and without the proxy.",
    ),
  port: z
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe("Port on which others call it. Default: its `containerPort`."),
  idleTimeout: seconds(0, 86_400)
    .optional()
    .describe("Seconds of silence a connection lives through; 0 for ever. Default: 300, of tcp 3600."),
  perRequestTimeout: seconds(0, 86_400)
    .optional()
    .describe("Seconds an answer may take; 0 for ever. Default: 15; tcp has none."),
});
