import { loadCompany, removeFolders } from "../../support/company";
import {
  object,
  objects,
  strings,
  synthesized,
  synthesizedAlone,
  type SynthesizedStack,
} from "../../support/synthesized";
import { acmeFleet } from "../../support/toy-stacks";

afterAll(removeFolders);

const stack = (id: string) => synthesized(acmeFleet()).stack(id);

/** A role's trust, statement by statement. */
const trust = (of: SynthesizedStack, id: string) =>
  of.statements(of.at(`aws_iam_role.${id}`)["assume_role_policy"]);
const permissions = (of: SynthesizedStack, id: string) =>
  of.statements(of.at(`aws_iam_role_policy.${id}`)["policy"]);

describe("bootstrap: the state bucket", () => {
  const bootstrap = () => stack("development-bootstrap");

  it("refuses to be destroyed even where nothing else is protected", () => {
    const { lifecycle } = bootstrap().only("aws_s3_bucket");

    expect(object(lifecycle)["prevent_destroy"]).toBe(true);
  });

  it("keeps every version", () => {
    const { versioning_configuration: versioning } = bootstrap().only("aws_s3_bucket_versioning");

    expect(object(versioning)["status"]).toBe("Enabled");
  });

  it("is encrypted by the account's own key", () => {
    const [rule] = objects(bootstrap().only("aws_s3_bucket_server_side_encryption_configuration")["rule"]);

    expect(rule?.["apply_server_side_encryption_by_default"]).toEqual({
      sse_algorithm: "aws:kms",
      kms_master_key_id: "${aws_kms_key.state_encryption_key.arn}",
    });
  });

  it("is closed to the public in all four ways", () => {
    expect(bootstrap().only("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it("speaks TLS only", () => {
    const [deny] = bootstrap().statements(bootstrap().only("aws_s3_bucket_policy")["policy"]);

    expect(deny).toMatchObject({ effect: "Deny", actions: ["s3:*"] });
    expect(deny?.["condition"]).toEqual([
      { test: "Bool", variable: "aws:SecureTransport", values: ["false"] },
    ]);
  });
});

describe("bootstrap: who may plan and apply", () => {
  const bootstrap = () => stack("live-bootstrap");
  const subject = "token.actions.githubusercontent.com:sub";

  it("apply takes tokens of the account's own environment only", () => {
    const [workflow] = trust(bootstrap(), "apply_role");

    expect(objects(workflow?.["condition"])).toContainEqual({
      test: "StringEquals",
      variable: subject,
      values: ["repo:acme/infrastructure:environment:live"],
    });
  });

  it("apply takes no token with a wildcard, whatever the CI engine", () => {
    const gitlab = loadCompany({
      organization: {
        continuousIntegration: { provider: "gitlab", repository: undefined, project: "acme/infrastructure" },
      },
    });
    const [workflow] = trust(synthesizedAlone(gitlab, "live-bootstrap"), "apply_role");
    const tests = objects(workflow?.["condition"]).map(({ test }) => test);

    expect(tests).toEqual(["StringEquals", "StringEquals"]);
  });

  it("both check the token's audience", () => {
    for (const role of ["plan_role", "apply_role"]) {
      expect(objects(trust(bootstrap(), role)[0]?.["condition"])).toContainEqual({
        test: "StringEquals",
        variable: "token.actions.githubusercontent.com:aud",
        values: ["sts.amazonaws.com"],
      });
    }
  });

  it("plan writes nothing but lock files", () => {
    const writes = permissions(bootstrap(), "plan_policy")
      .filter(({ effect }) => effect !== "Deny")
      .filter(({ actions }) => strings(actions).some((action) => /:(Put|Delete|Create|Update)/.test(action)))
      .flatMap(({ resources }) => strings(resources));

    expect(writes).toEqual(["${aws_s3_bucket.state_states_bucket.arn}/*.tflock"]);
  });

  it("release trusts what apply trusts, and the pipelines only where there are any", () => {
    expect(trust(bootstrap(), "release_role")).toEqual(trust(bootstrap(), "apply_role"));
    const piped = synthesizedAlone(
      loadCompany({ organization: { delivery: { provider: "codepipeline" } } }),
      "live-bootstrap",
    );

    expect(trust(piped, "release_role").at(-1)).toMatchObject({
      actions: ["sts:AssumeRole"],
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::200000000002:root"] }],
      condition: [
        {
          test: "ArnEquals",
          variable: "aws:PrincipalArn",
          values: ["arn:aws:iam::200000000002:role/slipway/delivery-deploy-live"],
        },
      ],
    });
    expect(trust(piped, "apply_role")).toHaveLength(2);
    const elsewhere = loadCompany({
      organization: { delivery: { provider: "codepipeline", stages: ["development"] } },
    });
    expect(trust(synthesizedAlone(elsewhere, "live-bootstrap"), "release_role")).toHaveLength(2);
  });

  it("release writes digests, states of services and records, and sees no secret", () => {
    const statements = permissions(bootstrap(), "release_policy");
    const allowed = (action: string) =>
      statements
        .filter(({ effect, actions }) => effect !== "Deny" && strings(actions).includes(action))
        .flatMap(({ resources }) => strings(resources));
    const bucket = "${aws_s3_bucket.state_states_bucket.arn}";

    expect(allowed("ssm:PutParameter")).toEqual([
      "arn:aws:ssm:eu-central-1:200000000003:parameter/slipway/live/release/*",
    ]);
    expect(allowed("s3:PutObject")).toEqual([
      `${bucket}/live-service-*.tfstate`,
      `${bucket}/live-service-*.tflock`,
      `${bucket}/deploys/*`,
    ]);
    expect(allowed("iam:PassRole")).toEqual(["arn:aws:iam::200000000003:role/slipway/live-*"]);
    expect(
      statements.find(
        ({ effect, actions }) =>
          effect === "Deny" && strings(actions).includes("secretsmanager:GetSecretValue"),
      ),
    ).toMatchObject({ resources: ["*"] });
  });

  it("release makes the alarms by which a service scales, and no others", () => {
    const alarms = ["TargetTracking-service/live-cluster/*", "live-*-step-*"];
    const statements = permissions(bootstrap(), "release_policy");

    expect(
      statements
        .filter(({ actions }) => strings(actions).includes("cloudwatch:PutMetricAlarm"))
        .flatMap(({ resources }) => strings(resources)),
    ).toEqual(alarms.map((name) => `arn:aws:cloudwatch:eu-central-1:200000000003:alarm:${name}`));
  });

  it("release reads what was released in the accounts before, and none of their states", () => {
    const reads = permissions(bootstrap(), "release_policy").filter(
      ({ sid }) => typeof sid === "string" && sid.endsWith("OfAccountsBefore"),
    );
    const before = "arn:aws:s3:::acme-development-state-200000000004";

    expect(reads.map(({ actions, resources }) => [strings(actions), strings(resources)])).toEqual([
      [["s3:ListBucket"], [before]],
      [["s3:GetObject"], [`${before}/deploys/*`]],
    ]);
    const denied = permissions(bootstrap(), "release_policy").find(({ sid }) => sid === "NoObjectsButStates");
    expect(strings(denied?.["not_resources"])).toContain(`${before}/deploys/*`);
    expect(stack("development-bootstrap").text).not.toContain("OfAccountsBefore");
  });

  it("lets release of later accounts read records of releases, by bucket and key, and nobody else", () => {
    const development = stack("development-bootstrap");
    const live = {
      principals: [{ type: "AWS", identifiers: ["arn:aws:iam::200000000003:root"] }],
      condition: expect.arrayContaining([
        {
          test: "ArnEquals",
          variable: "aws:PrincipalArn",
          values: ["arn:aws:iam::200000000003:role/slipway-release"],
        },
      ]),
    };
    const records = "arn:aws:s3:::acme-development-state-200000000004/deploys/*";

    expect(development.statements(development.only("aws_s3_bucket_policy")["policy"]).slice(1)).toEqual([
      expect.objectContaining({ actions: ["s3:ListBucket"], ...live }),
      expect.objectContaining({ actions: ["s3:GetObject"], resources: [records], ...live }),
    ]);
    expect(development.statements(development.only("aws_kms_key")["policy"]).slice(1)).toEqual([
      expect.objectContaining({ actions: ["kms:Decrypt"], ...live }),
    ]);
    expect(stack("live-bootstrap").text).not.toContain("AccountsAfter");
  });

  it("release is only where something is deployed", () => {
    expect(stack("shared-services-bootstrap").text).not.toContain("slipway-release");
    expect(stack("management-bootstrap").text).not.toContain("slipway-release");
  });

  it("all stand under the boundary themselves", () => {
    for (const role of ["plan_role", "apply_role", "release_role"]) {
      expect(bootstrap().at(`aws_iam_role.${role}`)["permissions_boundary"]).toBe(
        "${aws_iam_policy.boundary_policy.arn}",
      );
    }
  });
});

describe("roles", () => {
  it("are taken on by users of the management account with MFA", () => {
    const roles = stack("live-roles");
    for (const { id } of roles.resources("aws_iam_role")) {
      const [statement] = trust(roles, id);

      expect(statement?.["principals"]).toEqual([
        { type: "AWS", identifiers: ["arn:aws:iam::200000000001:root"] },
      ]);
      expect(objects(statement?.["condition"])).toContainEqual({
        test: "Bool",
        variable: "aws:MultiFactorAuthPresent",
        values: ["true"],
      });
    }
  });

  it("are four in each account, less those that are turned off", () => {
    const fleet = loadCompany({ accounts: { live: { roles: { developer: { enabled: false } } } } });
    const names = (id: string) =>
      synthesizedAlone(fleet, id)
        .resources("aws_iam_role")
        .map(({ values }) => values["name"]);

    expect(names("development-roles")).toHaveLength(4);
    expect(names("live-roles")).toEqual(["acme-administrator", "acme-auditor", "acme-read-only"]);
  });

  it("that are turned off are in nobody's group", () => {
    const fleet = loadCompany({ accounts: { live: { roles: { developer: { enabled: false } } } } });
    const roles = synthesizedAlone(fleet, "management-roles");
    const [group] = roles.statements(roles.at("aws_iam_group_policy.groups_developer_policy")["policy"]);

    expect(strings(group?.["resources"]).filter((arn) => arn.includes("200000000003"))).toEqual([]);
    expect(strings(group?.["resources"])).toContain("arn:aws:iam::200000000004:role/acme-developer");
  });

  it.each(["people_developer_policy", "people_read_only_policy"])(
    "%s reads neither data nor secrets",
    (id) => {
      const denied = permissions(stack("live-roles"), id)
        .filter(({ effect }) => effect === "Deny")
        .flatMap(({ actions }) => strings(actions));

      expect(denied).toEqual(
        expect.arrayContaining(["secretsmanager:GetSecretValue", "s3:GetObject", "ssm:GetParameter"]),
      );
    },
  );
});

describe("secrets", () => {
  it("have a place and no value: neither plan nor state ever holds one", () => {
    const secrets = stack("live-secrets");

    expect(secrets.resources("aws_secretsmanager_secret")).toHaveLength(1);
    expect(secrets.resources("aws_secretsmanager_secret_version")).toEqual([]);
    expect(secrets.text).not.toContain("SecureString");
  });

  it("are encrypted by the account's own key", () => {
    const secrets = stack("live-secrets");
    const key = "${aws_kms_key.data_key.arn}";

    expect(secrets.only("aws_secretsmanager_secret")["kms_key_id"]).toBe(key);
  });

  it("can be restored for thirty days in live, and are gone at once elsewhere", () => {
    const days = (id: string) => stack(id).only("aws_secretsmanager_secret")["recovery_window_in_days"];

    expect(days("live-secrets")).toBe(30);
    expect(days("development-secrets")).toBe(0);
  });

  it("publish one contract each, so that a service reads its own only", () => {
    const published = stack("live-secrets")
      .resources("aws_ssm_parameter")
      .filter(({ id }) => id.startsWith("contract_"))
      .map(({ values }) => values["name"]);

    expect(published).toEqual(["/slipway/live/secrets/keys", "/slipway/live/secrets/secret-orders/database"]);
  });
});

describe("keys", () => {
  it("rotate, and can be restored for thirty days", () => {
    for (const { values } of stack("live-secrets").resources("aws_kms_key")) {
      expect(values).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
    }
  });
});
