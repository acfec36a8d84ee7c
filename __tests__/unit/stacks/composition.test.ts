import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { contract, publish, read, text, texts } from "../../../stacks/contract";
import {
  AddressCollisionError,
  CircularContractsError,
  CompositionError,
  ContractTooLargeError,
  UnpublishedContractError,
} from "../../../stacks/errors";
import { buildPlatform, order } from "../../../stacks/graph";
import type { PlatformStack } from "../../../stacks/platform-stack";
import { loadCompany, removeFolders, temporaryFolder } from "../../support/company";
import { synthesized } from "../../support/synthesized";
import { accountOf, acmeFleet, toyStacks } from "../../support/toy-stacks";

afterAll(removeFolders);

const alpha = contract("alpha", "thing", { id: text(40) });
const beta = contract("beta", "thing", { id: text(40) });

/** What a person reads when `compose` fails; anything but a CompositionError fails the test. */
function complaint(compose: () => unknown): CompositionError {
  try {
    compose();
  } catch (error) {
    if (error instanceof CompositionError) return error;
    throw error;
  }
  throw new Error("It was accepted");
}

describe("two constructs on one address", () => {
  const collide = (stack: PlatformStack) => {
    new SnsTopic(stack, "door_alarms", { name: "one" });
    const door = new Construct(stack, "door");
    new SnsTopic(door, "alarms", { name: "two" });
  };

  it("fail with the address and both constructs", () => {
    const error = complaint(() => toyStacks({ alpha: collide }).app.synth());

    expect(error).toBeInstanceOf(AddressCollisionError);
    expect(error.message).toContain("share the Terraform address aws_sns_topic.door_alarms");
    expect(error.message).toContain("live-alpha/door_alarms");
    expect(error.message).toContain("live-alpha/door/alarms");
  });

  it("are none when the types differ, or one is a data source", () => {
    const { app } = toyStacks({
      alpha: (stack) => {
        new SsmParameter(stack, "a_b", { name: "/a", type: "String", insecureValue: "x" });
        const a = new Construct(stack, "a");
        new DataAwsSsmParameter(a, "b", { name: "/b" });
      },
    });

    expect(() => app.synth()).not.toThrow();
  });

  it("fail readably too where constructs itself refuses them", () => {
    // Paths of one rule that differ in punctuation only, which an address does not hold.
    const fleet = loadCompany({
      services: {
        orders: {
          loadBalancers: [
            { alb: "public", host: "orders", path: "/a/*" },
            { alb: "public", host: "orders", path: "/a*" },
          ],
        },
      },
    });
    const { message } = complaint(() => buildPlatform(fleet, { outdir: temporaryFolder() }));

    expect(message).toContain("development-service-orders");
    expect(message).toContain("rule_orders_a_any");
  });
});

describe("contracts", () => {
  it("put the stack that publishes before the one that reads", () => {
    const { stacks } = toyStacks({
      alpha: (stack) => void read(stack, beta),
      beta: (stack) => publish(stack, beta, { id: "x" }),
    });

    expect(stacks.map(({ id }) => id)).toEqual(["live-beta", "live-alpha"]);
  });

  it("in a circle fail, with the circle", () => {
    const error = complaint(() =>
      toyStacks({
        alpha: (stack) => {
          publish(stack, alpha, { id: "x" });
          read(stack, beta);
        },
        beta: (stack) => {
          publish(stack, beta, { id: "x" });
          read(stack, alpha);
        },
      }),
    );

    expect(error).toBeInstanceOf(CircularContractsError);
    expect(error.message).toMatch(
      /live-(alpha -> live-beta -> live-alpha|beta -> live-alpha -> live-beta)$/m,
    );
  });

  it("read by their own publisher fail as a circle", () => {
    const error = complaint(() =>
      toyStacks({
        alpha: (stack) => {
          publish(stack, alpha, { id: "x" });
          read(stack, alpha);
        },
      }),
    );

    expect(error).toBeInstanceOf(CircularContractsError);
  });

  it("that nobody publishes fail, with reader and path", () => {
    const error = complaint(() => toyStacks({ alpha: (stack) => void read(stack, beta) }));

    expect(error).toBeInstanceOf(UnpublishedContractError);
    expect(error.message).toContain("live-alpha reads the contract /slipway/live/beta/thing");
  });

  it("over 4 KB fail, with what they could grow to", () => {
    const large = contract("alpha", "large", { ids: texts(255, 20) });
    const error = complaint(() =>
      toyStacks({
        alpha: (stack) => {
          const zone = new DataAwsSsmParameter(stack, "zone", { name: "/zone" });
          publish(stack, large, { ids: Array.from({ length: 20 }, () => zone.insecureValue) });
        },
      }),
    );

    expect(error).toBeInstanceOf(ContractTooLargeError);
    expect(error.message).toMatch(
      /\/slipway\/live\/alpha\/large can grow to 5\d{3} bytes; a standard parameter holds 4096/,
    );
  });

  it("over 4 KB only if every list were as long as it may be fail as well", () => {
    const large = contract("alpha", "large", { ids: texts(255, 20) });
    const error = complaint(() =>
      toyStacks({
        alpha: (stack) => {
          publish(stack, large, { ids: new Route53Zone(stack, "zone", { name: "a.example" }).nameServers });
        },
      }),
    );

    expect(error).toBeInstanceOf(ContractTooLargeError);
  });

  it("count literals as they are, not at their greatest length", () => {
    const roomy = contract("alpha", "roomy", { a: text(4000), b: text(4000) });

    expect(() =>
      toyStacks({ alpha: (stack) => publish(stack, roomy, { a: "short", b: "short" }) }),
    ).not.toThrow();
  });

  it("fail in a stack of another concern", () => {
    const { message } = complaint(() => toyStacks({ alpha: (stack) => publish(stack, beta, { id: "x" }) }));

    expect(message).toBe("live-alpha cannot publish a contract of beta");
  });
});

describe("the graph", () => {
  it("fails when two stacks would have one id", () => {
    const account = accountOf(acmeFleet(), "live");
    const entry = {
      id: "live-alpha",
      plan: { account, concern: "alpha", build: () => Promise.reject() as never },
      stack: undefined,
    };

    expect(complaint(() => order([entry, entry])).message).toBe("Two stacks have the id live-alpha");
  });

  const acme = () => synthesized(acmeFleet()).platform.stacks;

  it("has every stack after those it depends on", () => {
    const seen = new Set<string>();
    for (const { id, dependsOn } of acme()) {
      expect(dependsOn.filter((other) => !seen.has(other))).toEqual([]);
      seen.add(id);
    }
  });

  it("has every stack after its account's bootstrap and roles", () => {
    const network = acme().find(({ id }) => id === "live-network");

    expect(network?.dependsOn).toEqual(["live-bootstrap", "live-permissions", "live-roles", "live-secrets"]);
  });

  it("joins no account to another: each can be applied by itself", () => {
    for (const { account, dependsOn } of acme()) {
      expect(dependsOn.filter((other) => !other.startsWith(`${account.name}-`))).toEqual([]);
    }
  });

  it("has nothing but bootstrap, permissions and roles in the management account", () => {
    const ids = acme().flatMap(({ id, account }) => (account.kind === "management" ? [id] : []));

    expect(ids).toEqual(["management-bootstrap", "management-permissions", "management-roles"]);
  });

  it("lets a stack wait for a fact that only AWS can generate, and says for which", () => {
    const fleet = loadCompany({ facts: { management: { organizationId: undefined } } });
    const registry = buildPlatform(fleet, { outdir: temporaryFolder() }).stacks.find(
      ({ id }) => id === "shared-services-registry-orders",
    );

    expect(registry?.stack).toBeUndefined();
    expect(registry?.waitsFor).toEqual([
      expect.objectContaining({ account: "management", fact: "organizationId" }),
    ]);
  });

  it("says which delegations are left out until their name servers are recorded", () => {
    const network = acme().find(({ id }) => id === "shared-services-network");

    expect(network?.lacks.map(({ account, fact }) => `${account} ${fact}`)).toEqual([
      "development publicZone",
      "live publicZone",
    ]);
  });
});
