import { loadCompany, removeFolders } from "../../support/company";
import { objects, strings, synthesizedAlone } from "../../support/synthesized";

afterAll(removeFolders);

const fleet = loadCompany();
const BROKERS = "arn:aws:secretsmanager:eu-central-1:200000000003:secret:live/broker/*";

/** Statements of the stack's identity policies; of those whose document's address has `part`. */
const statements = (stack: string, part = "") =>
  synthesizedAlone(fleet, stack)
    .dataSources("aws_iam_policy_document")
    .filter(({ id }) => id.includes(part))
    .flatMap(({ values }) => objects(values["statement"]));
const plan = statements("live-bootstrap", "plan_");
const grants = statements("live-permissions");
const aboutValues = (all: typeof plan) =>
  all.filter(({ actions }) => strings(actions).some((action) => /:(Get|Put)SecretValue$/.test(action)));

describe("the passwords of brokers, which states hold anyway, are all that automation reads of secrets:", () => {
  it("who plans is denied every other, and may write none", () => {
    const [first, second, ...others] = aboutValues(plan);

    expect(first).toMatchObject({
      effect: "Deny",
      actions: ["secretsmanager:GetSecretValue"],
      not_resources: [BROKERS],
    });
    expect(second).toMatchObject({ actions: ["secretsmanager:GetSecretValue"], resources: [BROKERS] });
    expect(others).toEqual([]);
  });

  it("who applies is granted no other", () => {
    expect(aboutValues(grants).map(({ resources }) => resources)).toEqual([[BROKERS]]);
  });

  it.each([
    ["plan", plan],
    ["apply", grants],
  ])("the key of secrets is of use for theirs alone: %s", (_, all) => {
    const condition = JSON.stringify(all.find(({ sid }) => sid === "EncryptBrokerPasswords")?.["condition"]);

    expect(condition).toContain(BROKERS);
    expect(condition).toContain("secretsmanager.eu-central-1.amazonaws.com");
  });
});
