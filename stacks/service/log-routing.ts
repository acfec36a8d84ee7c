import type { LogConfiguration } from "../../environments/schema/service/log-configuration";
import { collectorSecrets, isRouted, LOG_ROUTER } from "../../environments/schema/log-router";
import * as names from "../../environments/schema/names";
import type { ContainerProps } from "../../modules/compute/container";
import { logRouteOptions, logRouter, type LogOutput } from "../../modules/compute/log-router";
import type { OtherContainer } from "../../modules/compute/task-definition";
import { read } from "../contract";
import { bucketContract } from "../contracts";
import type { ServiceContext, ServiceFeature } from "./feature";
import { valuesFrom, type ReadSecret } from "./secrets";

/** Options of the router's output by the names that a definition gives their secrets. */
const SECRET_OPTIONS: Readonly<Record<string, string>> = { header: "Header", password: "http_Passwd" };

/** `logConfiguration`: what the router may do, which acts in the task's role. */
export const logRouting: ServiceFeature = ({ stack, definition }) => {
  const { account } = stack;
  const { logConfiguration } = definition;
  switch (logConfiguration.destination) {
    case "cloudwatch": {
      const group = names.serviceLogGroup(account, definition);
      return {
        statements: [
          {
            sid: "RouteLogs",
            actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            resources: [`arn:aws:logs:${account.region}:${account.id}:log-group:${group}:*`],
          },
        ],
      };
    }
    case "s3": {
      const { bucketArn } = read(stack, bucketContract(logConfiguration.bucket));
      return {
        statements: [
          {
            sid: "RouteLogs",
            actions: ["s3:PutObject"],
            resources: [`${bucketArn}/${prefixOf(definition.name, logConfiguration)}/*`],
          },
        ],
        keyUsers: ["s3"],
      };
    }
    default:
      return {};
  }
};

/** What takes the place of ECS's own log driver in a service's containers; nothing, where that writes. */
export function logRoute(
  { stack, definition }: ServiceContext,
  secrets: Readonly<Record<string, ReadSecret>>,
): Pick<ContainerProps, "firelens"> {
  if (!isRouted(definition)) return {};
  const { logConfiguration } = definition;
  const references = Object.entries(collectorSecrets(definition)).map(([field, text]) => [
    SECRET_OPTIONS[field] ?? field,
    text,
  ]);
  return {
    firelens: {
      options: logRouteOptions({
        ...logConfiguration,
        output: outputOf({ stack, definition }),
        region: stack.account.region,
      }),
      secrets: valuesFrom(Object.fromEntries(references) as Record<string, string>, secrets),
    },
  };
}

function outputOf({ stack, definition }: ServiceContext): LogOutput {
  const { logConfiguration } = definition;
  switch (logConfiguration.destination) {
    case "s3":
      return {
        to: "s3",
        bucketName: read(stack, bucketContract(logConfiguration.bucket)).bucketName,
        prefix: prefixOf(definition.name, logConfiguration),
        uploadTimeout: logConfiguration.uploadTimeout,
      };
    case "http":
      return { ...logConfiguration, to: "http" };
    default:
      return { to: "cloudwatch", logGroupName: names.serviceLogGroup(stack.account, definition) };
  }
}

const prefixOf = (service: string, { prefix }: Extract<LogConfiguration, { destination: "s3" }>) =>
  prefix ?? `logs/${service}`;

/** The router beside a service's container, where there is one. */
export const routers = (
  { stack: { account }, definition }: ServiceContext,
  routerLogGroup: string | undefined,
): OtherContainer[] =>
  routerLogGroup === undefined || !isRouted(definition)
    ? []
    : [logRouter({ ...LOG_ROUTER, logGroupName: routerLogGroup, region: account.region })];
