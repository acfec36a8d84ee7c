import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { removeFolders, temporaryFolder, writeCompany } from "../support/company";
import { Sandbox } from "../support/sandbox";
import { describeWithEmulator } from "../support/tiers";

const DEVELOPMENT = "200000000004";
const ORDERS = "service/development-cluster/orders";

function acme(): string {
  const folder = temporaryFolder();
  writeCompany(folder);
  return folder;
}

describeWithEmulator("wake and sleep", () => {
  const sandbox = new Sandbox(acme());
  let scaling: ApplicationAutoScalingClient;

  /** What has no client among Slipway's own: a cluster, and a service without tasks. */
  async function ecs(action: string, body: object): Promise<void> {
    const { endpoint, credentials } = await sandbox.client(DEVELOPMENT);
    const { ok, statusText } = await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AmazonEC2ContainerServiceV20141113.${action}`,
        authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/eu-central-1/ecs/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(body),
    });
    if (!ok) throw new Error(`${action}: ${statusText}`);
  }

  async function capacity() {
    const { ScalableTargets: [target] = [] } = await scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs", ResourceIds: [ORDERS] }),
    );
    return [target?.MinCapacity, target?.MaxCapacity];
  }

  beforeAll(async () => {
    await sandbox.emulator();
    scaling = new ApplicationAutoScalingClient(await sandbox.client(DEVELOPMENT));
    await ecs("CreateCluster", { clusterName: "development-cluster" });
    await ecs("CreateService", { cluster: "development-cluster", serviceName: "orders", desiredCount: 0 });
    await scaling.send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: "ecs",
        ScalableDimension: "ecs:service:DesiredCount",
        ResourceId: ORDERS,
        MinCapacity: 0,
        MaxCapacity: 0,
      }),
    );
  });
  afterAll(async () => {
    await sandbox.stop();
    removeFolders();
  });

  it("wakes what has a release, tells what has none, and when it sleeps again", async () => {
    const { code, stdout } = await sandbox.slipway(["wake", "development", "--sandbox"]);
    expect(stdout).toMatch(/mailer +not there yet/);
    expect(stdout).toMatch(/orders +0 +1 to 4 +changed/);
    expect(stdout).toMatch(/development: 1 changed.*They sleep again at 20:00, Europe\/Berlin/);
    expect(code).toBe(0);
    expect(await capacity()).toEqual([1, 4]);
  });

  it("changes nothing twice", async () => {
    const { stdout } = await sandbox.slipway(["wake", "development", "orders", "--sandbox"]);
    expect(stdout).toMatch(/0 changed, 1 as they were/);
  });

  it("sends it to sleep", async () => {
    const { code, stdout } = await sandbox.slipway(["sleep", "development", "orders", "--sandbox"]);
    expect(stdout).toMatch(/They wake at 07:00, Europe\/Berlin/);
    expect(code).toBe(0);
    expect(await capacity()).toEqual([0, 0]);
  });

  it("refuses an account that never sleeps", async () => {
    const { code, stderr } = await sandbox.slipway(["sleep", "live", "--sandbox"]);
    expect(stderr).toMatch(/live has no working hours/);
    expect(code).toBe(1);
  });
});
