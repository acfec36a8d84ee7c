import { loadCompany, removeFolders, type Change } from "../../support/company";
import {
  object,
  objects,
  strings,
  synthesized,
  synthesizedAlone,
  type Json,
  type SynthesizedStack,
} from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const images = (name: string, change: Change = {}) =>
  synthesizedAlone(loadCompany(change), `shared-services-registry-${name}`);
const statements = (stack: SynthesizedStack) =>
  stack.statements(stack.only("aws_ecr_repository_policy")["policy"]);
const withCopies: Change = {
  organization: { allowedRegions: ["eu-central-1", "eu-west-1", "us-east-1"] },
  accounts: { "shared-services": { registry: { replicateTo: "eu-west-1" } } },
};

describe("the registry", () => {
  it("has a stack for each image, so that a service comes and goes without touching another's", () => {
    const ids = synthesized(acmeFleet())
      .platform.stacks.filter(({ concern }) => concern === "registry")
      .map(({ id }) => id);

    expect(ids.sort()).toEqual([
      "shared-services-registry",
      "shared-services-registry-mailer",
      "shared-services-registry-orders",
    ]);
  });

  it("has one repository for two services that run the same image", () => {
    const fleet = loadCompany({ services: { mailer: { repository: "orders" } } });
    const ids = synthesized(fleet).platform.stacks.filter(({ concern }) => concern === "registry");

    expect(ids.map(({ id }) => id)).not.toContain("shared-services-registry-mailer");
    expect(images("orders", { services: { mailer: { repository: "orders" } } }).json).toBeDefined();
  });

  it("belongs, by its tags, to the team of the service", () => {
    expect(images("orders").text).toContain('"owner": "orders@acme.example"');
  });

  it("is pulled from by the organization, and tagged by those who deploy there, and by nobody else", () => {
    const [pull, tag, ...others] = statements(images("orders"));

    expect(pull?.["condition"]).toEqual([
      { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-a1b2c3d4e5"] },
    ]);
    expect(tag).toMatchObject({
      actions: ["ecr:PutImage"],
      condition: [
        {
          test: "ArnEquals",
          variable: "aws:PrincipalArn",
          values: [
            "arn:aws:iam::200000000004:role/slipway-release",
            "arn:aws:iam::200000000003:role/slipway-release",
          ],
        },
      ],
    });
    expect(others).toEqual([]);
  });

  it("lets only the accounts tag that run the image", () => {
    const [, tag] = statements(images("mailer", { services: { mailer: { accounts: ["live"] } } }));

    expect(objects(tag?.["principals"])[0]?.["identifiers"]).toEqual(["arn:aws:iam::200000000003:root"]);
  });

  it("has images whose tags never move but those that say what runs, scanned, under a key of its own", () => {
    expect(images("orders").only("aws_ecr_repository")).toMatchObject({
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      image_tag_mutability_exclusion_filter: [{ filter: "in-*", filter_type: "WILDCARD" }],
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "KMS" }],
    });
  });

  it("waits no longer than an account's secrets: it reads their key", () => {
    const node = synthesized(acmeFleet()).platform.stacks.find(
      ({ id }) => id === "shared-services-registry-orders",
    );

    expect(node?.dependsOn).toContain("shared-services-secrets");
  });
});

/** Pushed in this order; the last is the newest. */
interface Image {
  readonly name: string;
  readonly tags: readonly string[];
}

interface Selection {
  readonly tagStatus: string;
  readonly tagPrefixList?: readonly string[];
  readonly countType: string;
  readonly countNumber: number;
}

/**
 * What ECR would expire, as its guide has it: rules in the order of priority, and an image that one rule selects is
 * out of reach of those after it.
 */
function expired(policy: Json | undefined, pushed: readonly Image[]): string[] {
  const { rules } = JSON.parse(String(policy)) as { rules: { selection: Selection }[] };
  const newest = [...pushed].reverse();
  const taken = new Set<Image>();
  return rules.flatMap(({ selection }) => {
    const selected = newest.filter(({ tags }) =>
      selection.tagStatus === "any"
        ? true
        : selection.tagStatus === "untagged"
          ? tags.length === 0
          : (selection.tagPrefixList ?? []).every((prefix) => tags.some((tag) => tag.startsWith(prefix))),
    );
    const surplus =
      selection.countType === "imageCountMoreThan" ? selected.slice(selection.countNumber) : selected;
    const gone = surplus.filter((image) => !taken.has(image));
    for (const image of selected) taken.add(image);
    return gone.map(({ name }) => name);
  });
}

test("an image that an environment runs stays, however many come after it", () => {
  const stack = images("orders", { accounts: { "shared-services": { registry: { keepImages: 10 } } } });
  const old: Image[] = [
    { name: "in live", tags: ["v1", "in-live-orders"] },
    { name: "before", tags: ["v2"] },
  ];
  const many = Array.from({ length: 10 }, (_, index): Image => ({
    name: `new ${index}`,
    tags: [`v${index + 3}`],
  }));

  expect(expired(stack.only("aws_ecr_lifecycle_policy")["policy"], [...old, ...many])).toEqual(["before"]);
});

describe("a second region", () => {
  const registry = () => synthesizedAlone(loadCompany(withCopies), "shared-services-registry");

  it("gets every image, into repositories that are as strict as the first's", () => {
    const stack = registry();
    const rules = object(stack.only("aws_ecr_replication_configuration")["replication_configuration"])[
      "rule"
    ];

    expect(objects(rules)).toEqual([{ destination: [{ region: "eu-west-1", registry_id: "200000000002" }] }]);
    const template = stack.only("aws_ecr_repository_creation_template");
    expect(template).toMatchObject({
      region: "eu-west-1",
      prefix: "ROOT",
      applied_for: ["REPLICATION"],
      image_tag_mutability: "IMMUTABLE_WITH_EXCLUSION",
      encryption_configuration: [{ encryption_type: "KMS" }],
    });
    expect(stack.only("aws_kms_key")).toMatchObject({ region: "eu-west-1", enable_key_rotation: true });
    const [pull, ...others] = stack.statements(template["repository_policy"]);
    expect(strings(pull?.["actions"])).not.toContain("ecr:PutImage");
    expect(others).toEqual([]);
  });

  it("is none unless asked for", () => {
    const stack = synthesizedAlone(acmeFleet(), "shared-services-registry");

    expect(stack.resources().map(({ type }) => type)).toEqual(["aws_ecr_registry_scanning_configuration"]);
  });

  it.each([
    ["its own", "eu-central-1", /another region than eu-central-1/],
    ["one that nothing may be in", "ap-south-1", /one of allowedRegions/],
  ])("is refused when it is %s", (_, region, allowed) => {
    const [violation, ...others] = violationsOf(() =>
      loadCompany({ accounts: { "shared-services": { registry: { replicateTo: region } } } }),
    );

    expect(others).toEqual([]);
    expect(violation?.path).toBe("registry.replicateTo");
    expect(violation?.allowed).toMatch(allowed);
  });
});
