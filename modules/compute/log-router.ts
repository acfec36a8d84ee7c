import type { OtherContainer } from "./task-definition";

/** Where a router sends what containers write. */
export type LogOutput =
  | { readonly to: "cloudwatch"; readonly logGroupName: string }
  | {
      readonly to: "s3";
      readonly bucketName: string;
      readonly prefix: string;
      /** Minutes after which a file is sent, full or not. */
      readonly uploadTimeout: number;
    }
  | {
      readonly to: "http";
      readonly host: string;
      readonly port: number;
      readonly path: string;
      readonly format: string;
      /** User of basic authentication. @default none */
      readonly user?: string;
    };

export interface LogRouteProps {
  readonly output: LogOutput;
  readonly region: string;
  /** Regular expression of the lines that are sent. @default all */
  readonly includePattern?: string;
  /** Regular expression of lines that are not sent. @default none */
  readonly excludePattern?: string;
}

/**
 * Options of the `awsfirelens` log driver: an output of Fluent Bit, whose container tries again for a while and
 * drops what it cannot send rather than hinder the application.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
 */
export const logRouteOptions = ({
  output,
  region,
  includePattern,
  excludePattern,
}: LogRouteProps): Readonly<Record<string, string>> => ({
  ...outputOptions(output, region),
  ...(includePattern === undefined ? {} : { "include-pattern": includePattern }),
  ...(excludePattern === undefined ? {} : { "exclude-pattern": excludePattern }),
});

function outputOptions(output: LogOutput, region: string): Record<string, string> {
  switch (output.to) {
    // https://docs.fluentbit.io/manual/pipeline/outputs/cloudwatch
    case "cloudwatch":
      return {
        Name: "cloudwatch_logs",
        region,
        log_group_name: output.logGroupName,
        log_stream_prefix: "router/",
        auto_create_group: "false",
        // The line alone, as ECS's own driver writes it, so that metric filters find the same.
        log_key: "log",
        retry_limit: "5",
      };
    // https://docs.fluentbit.io/manual/pipeline/outputs/s3
    case "s3":
      return {
        Name: "s3",
        region,
        bucket: output.bucketName,
        s3_key_format: `/${output.prefix}/$TAG/%Y/%m/%d/%H-%M-%S-$UUID.gz`,
        compression: "gzip",
        use_put_object: "On",
        total_file_size: "8M",
        upload_timeout: `${output.uploadTimeout}m`,
        store_dir: "/tmp/fluent-bit",
        retry_limit: "5",
      };
    // https://docs.fluentbit.io/manual/pipeline/outputs/http
    case "http":
      return {
        Name: "http",
        Host: output.host,
        Port: String(output.port),
        URI: output.path,
        Format: output.format,
        tls: "On",
        "tls.verify": "On",
        compress: "gzip",
        retry_limit: "5",
        ...(output.user === undefined ? {} : { http_User: output.user }),
      };
  }
}

export interface LogRouterProps {
  readonly name: string;
  readonly image: string;
  readonly user: string;
  /** MiB. */
  readonly memoryReservation: number;
  /** Log group of what the router itself has to say. */
  readonly logGroupName: string;
  readonly region: string;
}

/** The container that routes what the others write. The task ends with it, so that no log is lost in silence. */
export const logRouter = (props: LogRouterProps): OtherContainer => ({
  name: props.name,
  image: props.image,
  user: props.user,
  memoryReservation: props.memoryReservation,
  logGroupName: props.logGroupName,
  region: props.region,
  essential: true,
  lasting: true,
  stopTimeout: 30,
  firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
  environment: {},
  secrets: {},
  mounts: [],
  // FireLens listens there for this. The image has no nc, which AWS's example asks with, since its version 3.
  healthCheck: {
    command: ["bash", "-c", `echo '{"health": "check"}' > /dev/tcp/127.0.0.1/8877`],
    interval: 10,
    timeout: 5,
    retries: 3,
    startPeriod: 30,
  },
});
