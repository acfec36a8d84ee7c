import { isDeepStrictEqual } from "node:util";
import { createServer, type IncomingMessage, type Server } from "node:http";

/** What Terraform last gave a service. */
export interface Wanted {
  /** ARN of the task definition's revision. */
  readonly taskDefinition: string;
  readonly digest: string;
}

interface PlayedDeployment {
  readonly id: string;
  readonly taskDefinition: string;
  /** Of the deployment, and of ECS's list of them. */
  state: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  status: "PRIMARY" | "ACTIVE" | "INACTIVE";
  looks: number;
  rolledBack?: boolean;
  /** Looks until it is rolled back, once that was asked for. */
  stopping?: number;
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * ECS for one service, over HTTP: it takes up what Terraform wants as a new deployment, which is done after some
 * looks, or fails and is rolled back when its digest is broken.
 */
export class PlayedEcs {
  /** Digests whose tasks do not start. */
  readonly broken = new Set<string>();
  /** Digests whose deployments never end. */
  readonly stuck = new Set<string>();
  /** Error names that the next requests of an operation end in. */
  readonly failures = new Map<string, string[]>();
  /** Looks at a deployment until it is done. */
  looks = 3;
  /** Whether ECS's list of deployments may be asked. */
  listed = true;
  desiredCount = 1;
  /** Operations that were asked, in order. */
  readonly asked: string[] = [];
  /** Where others than Slipway itself are answered, such as Terraform. */
  others: string | undefined;
  private readonly deployments: PlayedDeployment[] = [];
  private readonly stopped = new Map<string, string>();
  private readonly messages: string[] = [];
  private server: Server | undefined;
  private latest: Wanted | undefined;

  constructor(private readonly wanted: () => Promise<Wanted | undefined>) {}

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      void this.respond(request).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => this.server?.listen(0, "127.0.0.1", done));
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  stop(): Promise<void> {
    return new Promise((done) => {
      this.server?.closeAllConnections();
      this.server?.close(() => done());
    });
  }

  private async respond(request: IncomingMessage): Promise<{ status: number; body: Answer }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.others !== undefined && !/aws-sdk-js/.test(request.headers["user-agent"] ?? ""))
      return forward(request, Buffer.concat(chunks), this.others);
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    this.asked.push(operation);
    const failure = this.failures.get(operation)?.shift();
    if (failure !== undefined)
      return { status: 400, body: { __type: failure, message: "as the test wants it" } };
    if (!this.listed && operation.includes("ServiceDeployments"))
      return { status: 400, body: { __type: "AccessDeniedException", message: "not for you" } };
    const input = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Record<string, unknown>;
    await this.takeUp();
    return { status: 200, body: this.answer(operation, input) };
  }

  /** A new revision is a new deployment. */
  private async takeUp(): Promise<void> {
    const wanted = await this.wanted();
    // A digest alone tells releases apart where Terraform is not given revisions by ECS itself.
    if (wanted === undefined || isDeepStrictEqual(wanted, this.latest)) return;
    this.latest = wanted;
    this.begin(wanted.taskDefinition);
  }

  private begin(taskDefinition: string, state: PlayedDeployment["state"] = "IN_PROGRESS"): void {
    for (const each of this.deployments) if (each.status === "PRIMARY") each.status = "ACTIVE";
    const id = `ecs-svc/${this.deployments.length + 1}`;
    this.deployments.unshift({ id, taskDefinition, state, status: "PRIMARY", looks: 0 });
  }

  private answer(operation: string, input: Record<string, unknown>): Answer {
    switch (operation) {
      case "DescribeServices":
        return { services: [this.service()] };
      case "UpdateService":
        if (typeof input["desiredCount"] === "number") this.desiredCount = input["desiredCount"];
        if (input["forceNewDeployment"] === true) this.begin(this.primary()?.taskDefinition ?? "");
        return { service: this.service() };
      case "StopServiceDeployment": {
        const primary = this.primary();
        if (primary !== undefined) primary.stopping = 2;
        return {};
      }
      case "ListTasks":
        return { taskArns: [...this.stopped.keys()] };
      case "DescribeTasks":
        return { tasks: [...this.stopped].map(([arn, definition]) => task(arn, definition)) };
      case "ListServiceDeployments":
        return {
          serviceDeployments: this.deployments.map(({ id, taskDefinition }, index) => ({
            serviceDeploymentArn: `arn:aws:ecs:eu-central-1:1:service-deployment/c/s/${id}`,
            targetServiceRevisionArn: taskDefinition,
            createdAt: 1_000_000 - index,
          })),
        };
      case "DescribeServiceRevisions":
        return {
          serviceRevisions: (input["serviceRevisionArns"] as string[]).map((arn) => ({
            taskDefinition: arn,
          })),
        };
      case "DescribeServiceDeployments":
        return {
          serviceDeployments: [this.deployment((input["serviceDeploymentArns"] as string[])[0] ?? "")],
        };
      default:
        return {};
    }
  }

  private primary(): PlayedDeployment | undefined {
    return this.deployments.find(({ status }) => status === "PRIMARY");
  }

  /** Each look moves the primary deployment on. */
  private advance(): void {
    const primary = this.primary();
    if (primary === undefined || primary.state !== "IN_PROGRESS" || ++primary.looks < this.looks) return;
    if (primary.stopping !== undefined) {
      if (--primary.stopping === 0) this.goBack(primary);
      return;
    }
    const digest = this.latest?.digest ?? "";
    if (this.stuck.has(digest)) return;
    if (!this.broken.has(digest)) {
      primary.state = "COMPLETED";
      this.messages.unshift("has reached a steady state.");
      return;
    }
    primary.state = "FAILED";
    this.stopped.set(`arn:aws:ecs:eu-central-1:1:task/c/dead${primary.id.slice(8)}`, primary.taskDefinition);
    this.messages.unshift("deployment failed: tasks failed to start.");
    this.goBack(primary);
  }

  private goBack(deployment: PlayedDeployment): void {
    deployment.state = "FAILED";
    const former = this.deployments.find((each) => each.state === "COMPLETED");
    if (former === undefined) return;
    deployment.rolledBack = true;
    this.begin(former.taskDefinition, "COMPLETED");
  }

  private service(): Answer {
    this.advance();
    const running = this.primary()?.state === "COMPLETED" ? this.desiredCount : 0;
    return {
      status: "ACTIVE",
      serviceName: "orders",
      taskDefinition: this.primary()?.taskDefinition,
      desiredCount: this.desiredCount,
      runningCount: running,
      pendingCount: this.desiredCount - running,
      events: this.messages.map((message, index) => ({ id: String(this.messages.length - index), message })),
      deployments: this.deployments.slice(0, 3).map(({ id, taskDefinition, state, status }) => ({
        id,
        taskDefinition,
        status,
        rolloutState: state,
        rolloutStateReason: `ECS deployment ${id} ${state.toLowerCase()}`,
        desiredCount: this.desiredCount,
        runningCount: state === "COMPLETED" ? this.desiredCount : 0,
      })),
    };
  }

  private deployment(arn: string): Answer {
    this.advance();
    const found = this.deployments.find(({ id }) => arn.endsWith(id));
    const status =
      found?.rolledBack === true
        ? "ROLLBACK_SUCCESSFUL"
        : { IN_PROGRESS: "IN_PROGRESS", COMPLETED: "SUCCESSFUL", FAILED: "STOPPED" }[
            found?.state ?? "FAILED"
          ];
    return {
      serviceDeploymentArn: arn,
      status,
      targetServiceRevision: {
        requestedTaskCount: this.desiredCount,
        runningTaskCount: found?.state === "COMPLETED" ? this.desiredCount : 0,
      },
      ...(found?.rolledBack === true
        ? { rollback: { reason: "Service deployment rolled back: tasks failed to start" } }
        : {}),
    };
  }
}

async function forward(request: IncomingMessage, body: Buffer, to: string) {
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" && !["host", "content-length", "connection"].includes(name)
      ? [[name, value]]
      : [],
  );
  const answer = await fetch(to, { method: "POST", headers, body: new Uint8Array(body) });
  return { status: answer.status, body: (await answer.json()) as Answer };
}

const task = (taskArn: string, taskDefinitionArn: string): Answer => ({
  taskArn,
  taskDefinitionArn,
  stoppedReason: "Essential container in task exited",
  containers: [{ name: "orders", exitCode: 3, reason: "OutOfMemoryError" }],
});
