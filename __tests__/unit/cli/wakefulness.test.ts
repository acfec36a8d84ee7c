import { createServer, type Server } from "node:http";
import { accountNamed } from "../../../cli/account-named";
import { asleep, clients, settle, sleepersOf } from "../../../cli/wakefulness";
import { loadCompany, removeFolders, type Change } from "../../support/company";

/** AWS's two scaling services, as much of them as waking asks for. */
class Scaling {
  readonly targets = new Map<string, { MinCapacity: number; MaxCapacity: number }>();
  readonly refused = new Set<string>();
  readonly written: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const answer = this.answer(String(request.headers["x-amz-target"]), JSON.parse(body) as Asked);
      response.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      response.end(
        JSON.stringify(answer ?? { __type: "AccessDeniedException", message: "not authorized to perform" }),
      );
    });
  });

  async start() {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    const address = this.server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return clients({
      region: "eu-central-1",
      endpoint: `http://127.0.0.1:${port}`,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
  }

  stop(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()));
  }

  private answer(action: string, asked: Asked): object | undefined {
    if (action.endsWith("DescribeScalableTargets")) {
      return {
        ScalableTargets: (asked.ResourceIds ?? []).flatMap((id) => {
          const found = this.targets.get(id);
          return found === undefined ? [] : [{ ResourceId: id, ...found }];
        }),
      };
    }
    const { ResourceId: id = "", MinCapacity = -1, MaxCapacity = -1 } = asked;
    if (this.refused.has(id)) return undefined;
    this.written.push(id);
    this.targets.set(id, { MinCapacity, MaxCapacity });
    return { ScalableTargetARN: "arn" };
  }
}

interface Asked {
  readonly ResourceIds?: readonly string[];
  readonly ResourceId?: string;
  readonly MinCapacity?: number;
  readonly MaxCapacity?: number;
}

const scaling = new Scaling();
let aws: ReturnType<typeof clients>;
beforeAll(async () => (aws = await scaling.start()));
afterAll(async () => {
  removeFolders();
  await scaling.stop();
});
beforeEach(() => {
  scaling.targets.clear();
  scaling.refused.clear();
  scaling.written.length = 0;
});

const ORDERS = "service/development-cluster/orders";
const MAILER = "service/development-cluster/mailer";

function sleepers(account = "development", services: readonly string[] = [], change: Change = {}) {
  const fleet = loadCompany(change);
  return sleepersOf(fleet, accountNamed(fleet, account), services);
}

describe("what follows working hours", () => {
  it("is every service with its own counts, and the instances that are kept", () => {
    const change = {
      accounts: {
        development: {
          hosting: {
            capacityProviders: {
              kept: { instanceTypes: ["m7i.large"], minSize: 2 },
              asked: { instanceTypes: ["m7i.large"] },
            },
          },
        },
      },
      services: { orders: { autoScaling: { minCapacity: 2, maxCapacity: 5 } } },
    };
    expect(sleepers("development", [], change)).toEqual([
      { kind: "instances", name: "instances of kept", id: "development-kept", minimum: 2 },
      { kind: "service", name: "mailer", id: MAILER, minimum: 1, maximum: 4 },
      { kind: "service", name: "orders", id: ORDERS, minimum: 2, maximum: 5 },
    ]);
  });

  it("leaves out who does not", () => {
    const change = { services: { mailer: { followsWorkingHours: false } } };
    expect(sleepers("development", [], change).map(({ name }) => name)).toEqual(["orders"]);
    expect(() => sleepers("development", ["mailer"], change)).toThrow(
      /mailer does not follow.*Nothing was changed/,
    );
  });

  it("is nothing in an account without working hours, and that is said", () => {
    expect(() => sleepers("live")).toThrow(
      /live has no working hours: its services always run\. Nothing was changed\.\nAccounts with working hours: development\./,
    );
  });

  it("is asked for by names that are there", () => {
    expect(() => sleepers("developement")).toThrow(/no account "developement"\.\nDid you mean development\?/);
    expect(() => sleepers("development", ["order"])).toThrow(/no service "order".*\nDid you mean orders\?/);
  });
});

describe("waking and sleeping", () => {
  it("writes the counts of the definition, and zero", async () => {
    scaling.targets.set(ORDERS, { MinCapacity: 0, MaxCapacity: 0 });
    scaling.targets.set(MAILER, { MinCapacity: 0, MaxCapacity: 0 });

    expect(await settle(aws, sleepers())).toEqual([
      { kind: "service", name: "mailer", before: "0", now: "1 to 4", result: "changed" },
      { kind: "service", name: "orders", before: "0", now: "1 to 4", result: "changed" },
    ]);
    expect(scaling.targets.get(ORDERS)).toEqual({ MinCapacity: 1, MaxCapacity: 4 });
    await settle(aws, sleepers().map(asleep));
    expect(scaling.targets.get(ORDERS)).toEqual({ MinCapacity: 0, MaxCapacity: 0 });
  });

  it("touches only what is named, and nothing that is as it should be", async () => {
    scaling.targets.set(ORDERS, { MinCapacity: 1, MaxCapacity: 4 });
    scaling.targets.set(MAILER, { MinCapacity: 0, MaxCapacity: 0 });

    expect(await settle(aws, sleepers("development", ["orders"]))).toEqual([
      { kind: "service", name: "orders", before: "1 to 4", now: "1 to 4", result: "as it was" },
    ]);
    expect(scaling.written).toEqual([]);
  });

  it("tells what has no release yet", async () => {
    expect(await settle(aws, sleepers("development", ["orders"]))).toEqual([
      { kind: "service", name: "orders", before: "", now: "", result: "not there yet" },
    ]);
  });

  it("goes on when one is refused, and says why", async () => {
    scaling.targets.set(ORDERS, { MinCapacity: 0, MaxCapacity: 0 });
    scaling.targets.set(MAILER, { MinCapacity: 0, MaxCapacity: 0 });
    scaling.refused.add(MAILER);

    const [mailer, orders] = await settle(aws, sleepers());
    expect(mailer).toMatchObject({ result: "failed", error: expect.stringContaining("not authorized") });
    expect(orders).toMatchObject({ result: "changed" });
  });
});
