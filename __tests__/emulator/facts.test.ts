import { CreateOrganizationCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, run, Sandbox } from "../support/sandbox";
import { temporaryFolder } from "../support/company";
import { describeWithEmulator } from "../support/tiers";

/** A copy of the organization that a test may write to; `schema` stays where its files import it from. */
function copyOfOrganization(): string {
  const folder = join(temporaryFolder(), "environments");
  cpSync(join(REPOSITORY, "environments"), folder, { recursive: true });
  rmSync(join(folder, "facts"), { recursive: true });
  return folder;
}

describeWithEmulator("facts", () => {
  const sandbox = new Sandbox(copyOfOrganization());
  const nameServers = ["ns-4.example", "ns-1.example"];
  const facts = (account: string) =>
    JSON.parse(readFileSync(join(sandbox.organization, "facts", `${account}.json`), "utf8")) as unknown;

  beforeAll(async () => {
    await sandbox.emulator();
    const ssm = new SSMClient(await sandbox.client("100000000004"));
    const zones = {
      publicZoneId: "Z1",
      publicZoneName: "qa.eemobility.example",
      publicNameServers: nameServers,
      privateZoneId: "Z2",
      privateZoneName: "internal.qa.eemobility.example",
      namespaceId: "ns-x",
      namespaceName: "services.qa.eemobility.example",
    };
    await ssm.send(
      new PutParameterCommand({
        Name: "/slipway/qa/network/zones",
        Type: "String",
        Value: JSON.stringify(zones),
      }),
    );
  });
  afterAll(() => sandbox.stop());

  it("without the organization's id an image's repository waits, and says for what", async () => {
    const { stdout } = await sandbox.slipway(["list", "shared-services-registry-search", "--json"]);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        stack: "shared-services-registry-search",
        resources: 0,
        waitsFor: [expect.stringMatching(/facts\/management\.json: organizationId/)],
      }),
    ]);
  });

  it("records the organization's id from the management account, and the repository waits no more", async () => {
    await new OrganizationsClient({ ...(await sandbox.client("100000000001")), region: "us-east-1" }).send(
      new CreateOrganizationCommand({ FeatureSet: "ALL" }),
    );
    const { stdout, code } = await sandbox.slipway(["facts", "management", "--write", "--sandbox"]);
    expect(stdout).toMatch(/Written: .*facts\/management\.json/);
    expect(code).toBe(0);
    expect(facts("management")).toEqual({ organizationId: expect.stringMatching(/^o-/) });
    const listed = await sandbox.slipway(["list", "shared-services-registry-search", "--json"]);
    expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ waitsFor: [] })]);
  });

  it("records a zone's name servers, and its parent zone delegates to them", async () => {
    await sandbox.slipway(["facts", "qa", "--write", "--sandbox"]);
    expect(facts("qa")).toEqual({
      publicZone: { name: "qa.eemobility.example", zoneId: "Z1", nameServers: [...nameServers].sort() },
    });
    await sandbox.slipway(["synth", "shared-services-network", "--out", join(sandbox.cwd, "out")]);
    const json = readFileSync(
      join(sandbox.cwd, "out", "stacks", "shared-services-network", "cdk.tf.json"),
      "utf8",
    );
    expect(JSON.parse(json)).toHaveProperty(
      ["resource", "aws_route53_record", "zones_delegation_qa", "records"],
      [...nameServers].sort(),
    );
  });

  it("says what to apply first where there is nothing to record", async () => {
    const { code, stderr } = await sandbox.slipway(["facts", "live", "--write", "--sandbox"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /live has published nothing yet that others need\.\nApply this first: slipway up live-network/,
    );
  });

  it("refuses an account that is not there", async () => {
    const { code, stderr } = await run(
      process.execPath,
      [join(REPOSITORY, "cli", "bin.js"), "facts", "lvie", "--write"],
      sandbox.cwd,
      { SLIPWAY_ORGANIZATION: sandbox.organization },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/There is no account "lvie"/);
  });
});
