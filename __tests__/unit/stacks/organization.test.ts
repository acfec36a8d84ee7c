import { loadFleet } from "../../../environments/schema/load";
import { omit } from "../../../cli/sandbox/omissions";
import { loadCompany, removeFolders, type Change } from "../../support/company";
import { objects, strings, synthesizedAlone } from "../../support/synthesized";
import { buildPlatform } from "../../../stacks/graph";
import { temporaryFolder } from "../../support/company";
import { violationsOf } from "../../support/violations";

afterAll(removeFolders);

const UNITS: Change = {
  organization: {
    policyTypes: ["SERVICE_CONTROL_POLICY"],
    organizationalUnits: {
      workloads: { serviceControlPolicies: ["denyOtherRegions", "denyRootUser"] },
      production: { parent: "workloads", serviceControlPolicies: ["denyLeavingOrganization"] },
    },
  },
  accounts: { live: { organizationalUnit: "production" } },
};
const ID = "management-organization";
const organization = (change: Change = {}) =>
  synthesizedAlone(
    loadCompany({ ...UNITS, ...change, organization: { ...UNITS.organization, ...change.organization } }),
    ID,
  );
const stackIds = (change: Change) =>
  buildPlatform(loadCompany(change), { outdir: temporaryFolder() }).stacks.map(({ id }) => id);

describe("the organization", () => {
  it("is left to others as long as there are no units", () => {
    expect(stackIds({})).not.toContain(ID);
    expect(stackIds(UNITS)).toContain(ID);
  });

  it("is taken over with all its accounts but the management account, and never made", () => {
    const imports = objects(organization().json["import"]).map(({ to, id }) => `${String(to)} ${String(id)}`);

    expect(imports.sort()).toEqual([
      "aws_organizations_account.units_account_development 200000000004",
      "aws_organizations_account.units_account_live 200000000003",
      "aws_organizations_account.units_account_shared_services 200000000002",
      "aws_organizations_organization.units_organization o-a1b2c3d4e5",
    ]);
  });

  it("waits for its id", () => {
    const fleet = loadCompany({ ...UNITS, facts: { management: undefined } });
    const [node] = buildPlatform(fleet, { outdir: temporaryFolder() }).stacks.filter(({ id }) => id === ID);

    expect(node?.stack).toBeUndefined();
    expect(node?.waitsFor.map(({ fact }) => fact)).toEqual(["organizationId"]);
  });

  it("has each unit in its parent and each account in its unit, else at the root", () => {
    const stack = organization();
    const root = "${aws_organizations_organization.units_organization.roots[0].id}";

    expect(stack.at("aws_organizations_organizational_unit.units_unit_workloads")["parent_id"]).toBe(root);
    expect(stack.at("aws_organizations_organizational_unit.units_unit_production")["parent_id"]).toBe(
      "${aws_organizations_organizational_unit.units_unit_workloads.id}",
    );
    expect(stack.at("aws_organizations_account.units_account_live")["parent_id"]).toBe(
      "${aws_organizations_organizational_unit.units_unit_production.id}",
    );
    expect(stack.at("aws_organizations_account.units_account_development")["parent_id"]).toBe(root);
  });

  it("denies the root user, and not the root sessions of the management account", () => {
    const data = JSON.stringify(organization().dataSources("aws_iam_policy_document"));
    const root = data.slice(data.indexOf("DenyRootUser") - 2000);

    expect(root).toContain("arn:aws:iam::*:root");
    expect(root).toContain('{"test":"Null","values":["true"],"variable":"aws:AssumedRoot"}');
  });

  it("loses neither itself nor an account, and closes none", () => {
    const stack = organization();
    const kept = [
      stack.only("aws_organizations_organization"),
      ...stack.resources("aws_organizations_account").map(({ values }) => values),
    ];

    expect(kept.map(({ lifecycle }) => lifecycle)).toEqual(
      kept.map(() => expect.objectContaining({ prevent_destroy: true })),
    );
    for (const { values } of stack.resources("aws_organizations_account"))
      expect(values["close_on_deletion"]).toBe(false);
  });

  it("keeps the services that it trusts, unless data name them", () => {
    const left = organization().only("aws_organizations_organization");
    expect(left["aws_service_access_principals"]).toBeUndefined();
    expect(left["lifecycle"]).toMatchObject({ ignore_changes: ["aws_service_access_principals"] });

    const named = organization({ organization: { trustedServices: ["ram.amazonaws.com"] } });
    expect(named.only("aws_organizations_organization")).toMatchObject({
      aws_service_access_principals: ["ram.amazonaws.com"],
      enabled_policy_types: ["SERVICE_CONTROL_POLICY"],
    });
  });

  it("binds units by policies that a reader sees, each made once", () => {
    const stack = organization();
    const policies = stack.resources("aws_organizations_policy");
    const bound = stack
      .resources("aws_organizations_policy_attachment")
      .map(({ values }) => `${String(values["policy_id"])} ${String(values["target_id"])}`);

    expect(policies.map(({ values }) => values["name"])).toEqual([
      "acme-deny-leaving-organization",
      "acme-deny-other-regions",
      "acme-deny-root-user",
    ]);
    expect(
      bound.map((text) => text.replaceAll(/aws_organizations_(policy|organizational_unit)\.units_/g, "")),
    ).toEqual([
      "${policy_deny_leaving_organization.id} ${unit_production.id}",
      "${policy_deny_other_regions.id} ${unit_workloads.id}",
      "${policy_deny_root_user.id} ${unit_workloads.id}",
    ]);
    for (const { values } of policies)
      expect(values["content"]).toMatch(/^\$\{data\.aws_iam_policy_document\.\w+\.minified_json\}$/);
    const [regions] = objects(
      stack.at("data.aws_iam_policy_document.units_policy_deny_other_regions_document")["statement"],
    );
    expect(strings(objects(regions?.["condition"])[0]?.["values"])).toEqual(["eu-central-1", "us-east-1"]);
  });

  it("is not played by an emulator, which has none to take over", () => {
    const { json, omissions } = omit(organization().text);
    const left = JSON.parse(json) as { import?: unknown[]; resource: Record<string, unknown> };

    expect(left.import).toEqual([]);
    expect(left.resource).toEqual({});
    expect(omissions.length).toBeGreaterThan(5);
  });
});

describe("refuses", () => {
  const refused = (change: Change) => {
    const [violation, ...others] = violationsOf(() => loadCompany(change));
    expect(others).toEqual([]);
    return violation;
  };
  const units = (organizationalUnits: object, policyTypes?: readonly string[]): Change => ({
    organization: { organizationalUnits, ...(policyTypes === undefined ? {} : { policyTypes }) },
  });

  it("an account in a unit that is not there, with the one that was meant", () =>
    expect(refused({ ...UNITS, accounts: { live: { organizationalUnit: "prodution" } } })).toMatchObject({
      path: "organizationalUnit",
      given: "prodution",
      allowed: "a unit of the organization: production, workloads",
      mend: 'write "production"',
    }));

  it("the management account in a unit", () =>
    expect(
      refused({ ...UNITS, accounts: { management: { organizationalUnit: "workloads" } } }),
    ).toMatchObject({
      path: "organizationalUnit",
      allowed: expect.stringMatching(/^none: the management account stays at the root/),
    }));

  it("a parent that is not there", () =>
    expect(refused(units({ live: { parent: "all" } }))).toMatchObject({
      path: "organizationalUnits.live.parent",
      given: "all",
    }));

  it("units within each other", () =>
    expect(violationsOf(() => loadCompany(units({ a: { parent: "b" }, b: { parent: "a" } })))).toEqual([
      expect.objectContaining({
        path: "organizationalUnits.a.parent",
        allowed: expect.stringMatching(/a in b in a$/),
      }),
      expect.objectContaining({ path: "organizationalUnits.b.parent" }),
    ]));

  it("a sixth level", () =>
    expect(
      refused(
        units({
          a: {},
          b: { parent: "a" },
          c: { parent: "b" },
          d: { parent: "c" },
          e: { parent: "d" },
          f: { parent: "e" },
        }),
      ),
    ).toMatchObject({
      path: "organizationalUnits.f.parent",
      allowed: expect.stringMatching(/at most 5 levels/),
    }));

  it("a policy of a kind that is not on", () =>
    expect(
      refused(units({ live: { serviceControlPolicies: ["denyRootUser"] } }, ["TAG_POLICY"])),
    ).toMatchObject({
      path: "policyTypes",
      mend: expect.stringMatching(/SERVICE_CONTROL_POLICY/),
    }));
});

it("ChargeMap's accounts are in units, each kind of environment in its own", () => {
  const { accounts } = loadFleet("examples/chargemap");

  expect(Object.fromEntries(accounts.map(({ name, organizationalUnit: unit }) => [name, unit]))).toEqual({
    development: "pre-production",
    live: "production",
    management: undefined,
    preview: "pre-production",
    qa: "pre-production",
    "shared-services": "infrastructure",
  });
});
