import type { EcsServiceServiceConnectConfiguration } from "@cdktf/provider-aws/lib/ecs-service";

/** The proxy in each task of a service, and by what others call the service through theirs. */
export interface ServiceConnect {
  /** ARN of the Cloud Map namespace whose services it knows. */
  readonly namespaceArn: string;
  /** Log group of the proxy. */
  readonly logGroupName: string;
  readonly region: string;
  /** What others call. @default nothing: it calls only */
  readonly endpoint?: {
    /** Its name in Cloud Map, apart from the one that DNS knows. */
    readonly discoveryName: string;
    readonly dnsName: string;
    readonly port: number;
    /** Seconds of silence a connection lives through. @default AWS's, by protocol */
    readonly idleTimeout?: number;
    /** Seconds an answer may take. @default AWS's, by protocol */
    readonly perRequestTimeout?: number;
  };
}

/** Name of the port that proxies lead to. */
export const CONNECTED_PORT = "main";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-parameters.html */
export function serviceConnectConfiguration({
  namespaceArn,
  logGroupName,
  region,
  endpoint,
}: ServiceConnect): EcsServiceServiceConnectConfiguration {
  return {
    enabled: true,
    namespace: namespaceArn,
    logConfiguration: {
      logDriver: "awslogs",
      options: {
        "awslogs-group": logGroupName,
        "awslogs-region": region,
        "awslogs-stream-prefix": "service-connect",
        mode: "non-blocking",
        "max-buffer-size": "25m",
      },
    },
    ...(endpoint === undefined ? {} : { service: [connected(endpoint)] }),
  };
}

function connected(endpoint: NonNullable<ServiceConnect["endpoint"]>) {
  const { discoveryName, dnsName, port, idleTimeout, perRequestTimeout } = endpoint;
  const timed = idleTimeout !== undefined || perRequestTimeout !== undefined;
  return {
    portName: CONNECTED_PORT,
    discoveryName,
    clientAlias: { dnsName, port },
    ...(timed
      ? { timeout: { idleTimeoutSeconds: idleTimeout, perRequestTimeoutSeconds: perRequestTimeout } }
      : {}),
  };
}
