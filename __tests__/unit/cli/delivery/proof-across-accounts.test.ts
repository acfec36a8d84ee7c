import { requireProof } from "../../../../cli/delivery/proof";
import { provenIn } from "../../../../cli/delivery/proven-in";
import type { Image } from "../../../../cli/delivery/registry-images";
import type { ReleaseRecord } from "../../../../cli/delivery/release-history";
import { targetOf } from "../../../../cli/delivery/target";
import { loadCompany, removeFolders } from "../../../support/company";
import { entering, PlayedRecords } from "../../../support/played-records";

const DIGEST = `sha256:${"a".repeat(64)}`;
const OTHER = `sha256:${"b".repeat(64)}`;
const DEVELOPMENT = "acme-development-state-200000000004";
const LIVE = "acme-live-state-200000000003";

const fleet = loadCompany();
const account = (name: string) => {
  const found = fleet.accounts.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const live = targetOf(fleet, account("live"), "orders");
const development = targetOf(fleet, account("development"), "orders");
/** Its tag says that it runs in development; whoever pushes can write that. */
const image: Image = { digest: DIGEST, tags: ["in-development-orders", "v1"], byTag: false };
const still = { moves: () => Promise.resolve(false) };

const records = new PlayedRecords();
let before: string | undefined;

beforeAll(async () => {
  before = process.env["AWS_ENDPOINT_URL"];
  process.env["AWS_ENDPOINT_URL"] = await records.start();
});
beforeEach(() => {
  records.buckets.clear();
  records.readers.set(LIVE, ["live"]).set(DEVELOPMENT, ["development", "live"]);
  records.buckets.set(LIVE, new Map()).set(DEVELOPMENT, new Map());
});
afterAll(async () => {
  if (before === undefined) delete process.env["AWS_ENDPOINT_URL"];
  else process.env["AWS_ENDPOINT_URL"] = before;
  await records.stop();
  removeFolders();
});

function released(bucket: string, number: number, outcome: ReleaseRecord["outcome"], digest = DIGEST): void {
  const record: ReleaseRecord = {
    number,
    service: "orders",
    account: "development",
    digest,
    previous: "none",
    who: "somebody",
    where: "somewhere",
    startedAt: "2026-01-01T00:00:00Z",
    outcome,
  };
  records.buckets.get(bucket)?.set(`deploys/orders/${String(number).padStart(6, "0")}.json`, record);
}

const taken = (...accounts: readonly string[]) => requireProof(fleet, entering(accounts), live, image, still);

describe("live takes an image", () => {
  it("that ran in the account before, which its own role for releases reads", async () => {
    released(DEVELOPMENT, 1, "succeeded");

    await expect(taken("live")).resolves.toBeUndefined();
  });

  it("that was in service in it before", async () => {
    released(LIVE, 1, "succeeded");

    await expect(taken("live")).resolves.toBeUndefined();
  });

  it("never by a tag: the record decides", async () => {
    released(DEVELOPMENT, 1, "idle");
    released(DEVELOPMENT, 2, "rolledBack");

    await expect(taken("live")).rejects.toThrow(
      /released in development and ran there; sha256:a+ was not[^]*slipway deploy orders --account development --image sha256:a/,
    );
  });

  it("where the account before does not let it read, only by whoever may enter that one", async () => {
    records.readers.set(DEVELOPMENT, ["development"]);
    released(DEVELOPMENT, 1, "succeeded");

    await expect(taken("live", "development")).resolves.toBeUndefined();
    await expect(taken("live")).rejects.toThrow(
      /cannot be read from here: Access Denied; may not enter development. Nothing was changed[^]*slipway bootstrap development; slipway bootstrap live/,
    );
  });
});

describe("what is carried over by somebody who may not enter the account it runs in", () => {
  const carried = () => provenIn(fleet, entering(["live"]), development, live.account);

  it("is the release that its records tell of", async () => {
    released(DEVELOPMENT, 1, "succeeded", OTHER);
    released(DEVELOPMENT, 2, "succeeded");
    released(DEVELOPMENT, 3, "rolledBack", OTHER);

    await expect(carried()).resolves.toBe(DIGEST);
  });

  it("is nothing that was not seen running, and nothing where there is none", async () => {
    await expect(carried()).rejects.toThrow(/orders has no release in development/);
    released(DEVELOPMENT, 1, "idle");
    await expect(carried()).rejects.toThrow(/was not seen running there: sha256:a+, idle/);
  });
});
