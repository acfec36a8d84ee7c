import type { Account } from "../../environments/schema/account";
import type { Platform, StackNode } from "../../stacks/graph";
import { writeStacks } from "../platform";
import type { PlanSummary } from "../plan-summary";
import type { Runs } from "../preparation";
import { readState } from "../state-bucket";
import type { Workspace } from "../workspace";
import { RELEASE } from "./clients";

/** The one stack that a release changes. */
export interface ReleaseStack {
  readonly id: string;
  plan(): Promise<PlanSummary>;
  /** Applies what was planned last. */
  apply(planned: PlanSummary, onProgress: (text: string) => void): Promise<void>;
  /** ARN of the task definition's revision in the state. */
  taskDefinition(): Promise<string | undefined>;
}

/** A service's stack, run by Terraform as `slipway up` does. */
export class TerraformReleaseStack implements ReleaseStack {
  private constructor(
    private readonly platform: Platform,
    private readonly node: StackNode,
    private readonly runs: Runs,
    private readonly workspace: Workspace,
  ) {}

  static async open(platform: Platform, node: StackNode, runs: Runs): Promise<TerraformReleaseStack> {
    writeStacks(platform, [node]);
    const { workspace } = runs.prepare(node);
    await runs.runner.init(workspace, node.account, RELEASE);
    return new TerraformReleaseStack(platform, node, runs, workspace);
  }

  get id(): string {
    return this.node.id;
  }

  plan(): Promise<PlanSummary> {
    return this.runs.runner.plan(this.workspace, this.account, RELEASE);
  }

  apply(planned: PlanSummary, onProgress: (text: string) => void): Promise<void> {
    return this.runs.runner.applyWithRetries(this.workspace, this.account, RELEASE, planned, onProgress);
  }

  async taskDefinition(): Promise<string | undefined> {
    const credentials = await this.runs.credentials.for(this.account, RELEASE);
    const { resources } = await readState(this.platform.fleet, this.account, credentials, this.id);
    const found = resources.find(({ type }) => type === "aws_ecs_task_definition")?.instances[0]?.["arn"];
    return typeof found === "string" ? found : undefined;
  }

  private get account(): Account {
    return this.node.account;
  }
}
