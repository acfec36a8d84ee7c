import { join } from "node:path";
import { beyondEmulator, requireCredentials, withoutCredentials } from "../../../cli/other-credentials";
import { buildPlatform, type StackNode } from "../../../stacks/graph";
import { loadCompany, removeFolders, temporaryFolder } from "../../support/company";
import { BY_CLOUDFLARE, BY_ROUTE53, shifting } from "../../support/traffic";

const before = { ...process.env };
beforeEach(() => {
  process.env = { ...before };
  delete process.env["AWS_ENDPOINT_URL"];
  delete process.env["CLOUDFLARE_API_TOKEN"];
});
afterAll(() => {
  process.env = before;
  removeFolders();
});

function node(traffic: Readonly<Record<string, unknown>>): StackNode {
  const id = "live-traffic-shop";
  const { stacks } = buildPlatform(loadCompany(shifting("prepare", traffic)), {
    outdir: join(temporaryFolder(), "out"),
    only: (each) => each === id,
  });
  const found = stacks.find((stack) => stack.id === id);
  if (found === undefined) throw new Error(`${id} is not there`);
  return found;
}

describe("a stack of Cloudflare", () => {
  const stack = node(BY_CLOUDFLARE);

  it("is not applied without its token, and nothing has been changed then", () => {
    expect(() => requireCredentials(stack, "log")).toThrow(
      /Needs CLOUDFLARE_API_TOKEN in the environment; nothing was changed/,
    );
    process.env["CLOUDFLARE_API_TOKEN"] = "";
    expect(() => requireCredentials(stack, "log")).toThrow(/Needs CLOUDFLARE_API_TOKEN/);
  });

  it("is told of and not planned without its token", () =>
    expect(withoutCredentials(stack)).toEqual({
      kind: "skipped",
      text: "not planned: CLOUDFLARE_API_TOKEN is not in the environment",
    }));

  it("is planned and applied with it", () => {
    process.env["CLOUDFLARE_API_TOKEN"] = "given";

    expect(withoutCredentials(stack)).toBeUndefined();
    expect(() => requireCredentials(stack, "log")).not.toThrow();
    expect(beyondEmulator(stack)).toBeUndefined();
  });

  it("is left out where an emulator takes AWS's place, with a word", () => {
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5000";

    expect(beyondEmulator(stack)).toMatchObject({
      kind: "skipped",
      text: expect.stringContaining("nothing of AWS"),
    });
  });
});

describe("a stack of AWS", () => {
  it("needs nothing more, and is given to an emulator", () => {
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:5000";
    const stack = node(BY_ROUTE53);

    expect(withoutCredentials(stack)).toBeUndefined();
    expect(beyondEmulator(stack)).toBeUndefined();
    expect(() => requireCredentials(stack, "log")).not.toThrow();
  });
});
