import { removeFolders } from "../../support/company";
import { list, object, objects, synthesized, type JsonObject } from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

const stack = (id: string) => synthesized(acmeFleet()).stack(id);
const backend = (id: string): JsonObject =>
  object(object(object(stack(id).json["terraform"])["backend"])["s3"]);
const provider = (id: string): JsonObject => {
  const [only] = list(object(stack(id).json["provider"])["aws"]);
  return object(only);
};
const tags = (id: string): JsonObject => object(objects(provider(id)["default_tags"])[0]?.["tags"]);

describe("a stack's state", () => {
  it("is in its own account's bucket, under a key of its own", () => {
    expect(backend("live-network")).toMatchObject({
      bucket: "acme-live-state-200000000003",
      key: "live-network.tfstate",
      region: "eu-central-1",
    });
  });

  it("is encrypted by the account's state key", () => {
    expect(backend("live-network")).toMatchObject({
      encrypt: true,
      kms_key_id: "arn:aws:kms:eu-central-1:200000000003:alias/slipway-state",
    });
  });

  it("is locked by a file beside it", () => {
    expect(backend("live-network")["use_lockfile"]).toBe(true);
  });

  it("refuses the credentials of another account", () => {
    expect(backend("live-network")["allowed_account_ids"]).toEqual(["200000000003"]);
  });

  it("names no role and no key: a saved plan must not carry them into the apply", () => {
    const names = Object.keys(backend("live-network"));

    expect(names.filter((name) => /role|profile|access_key|secret_key|token/.test(name))).toEqual([]);
  });
});

describe("a stack's provider", () => {
  it("refuses the credentials of another account", () => {
    expect(provider("live-network")["allowed_account_ids"]).toEqual(["200000000003"]);
  });

  it("names no role and no key", () => {
    expect(Object.keys(provider("live-network")).sort()).toEqual([
      "allowed_account_ids",
      "default_tags",
      "region",
    ]);
  });

  it("carries no required_version, on which checkov's parser of Terraform JSON fails without a word", () => {
    expect(object(stack("live-network").json["terraform"])["required_version"]).toBeUndefined();
  });
});

describe("default tags", () => {
  it("say whose a platform stack is", () => {
    expect(tags("live-network")).toEqual({
      organization: "acme",
      account: "live",
      environment: "live",
      component: "network",
      service: "platform",
      owner: "platform@acme.example",
      "cost-centre": "platform",
    });
  });

  it("name a service and its team in the service's stack", () => {
    expect(tags("live-service-orders")).toMatchObject({
      component: "service",
      service: "orders",
      owner: "orders@acme.example",
    });
  });

  it("say what an account is for when it is no environment", () => {
    expect(tags("management-roles")["environment"]).toBe("management");
    expect(tags("shared-services-network")["environment"]).toBe("shared-services");
  });
});
