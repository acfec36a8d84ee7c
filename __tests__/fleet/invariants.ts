import { deliveryAccounts } from "../../environments/schema/deliveries";
import { accountOfKind, registryAccount, type Fleet } from "../../environments/schema/fleet";
import { expectEnough } from "../support/examples";
import {
  list,
  object,
  objects,
  strings,
  synthesized,
  texts,
  type Block,
  type JsonObject,
  type SynthesizedStack,
} from "../support/synthesized";

/** What holds of every stack of an organization. */
export function invariants(fleet: Fleet): void {
  const { platform, stacks } = synthesized(fleet);
  const blocks = (stack: SynthesizedStack): Block[] => [...stack.resources(), ...stack.dataSources()];
  const every = [...stacks.values()].flatMap(blocks);
  const enough = (found: number, least: number) => expectEnough(found, least, stacks.size);
  const addresses = (found: readonly Block[]) => found.map(({ stack, address }) => `${stack}: ${address}`);

  /** Whatever ends as a hash of CDKTF's does. */
  const HASH = /[0-9a-f]{8}$/i;

  it("the whole organization is here", () => {
    expect(stacks.size).toBeGreaterThan(40);
    enough(every.length, 1000);
    expect(platform.stacks.filter(({ stack }) => stack === undefined)).toEqual([]);
  });

  describe("addresses", () => {
    it("carry no hash", () => {
      expect(addresses(every.filter(({ id }) => HASH.test(id)))).toEqual([]);
    });

    it("are the construct path below the stack, joined by underscores", () => {
      const strange = every.filter(({ stack, id, values }) => {
        const { path } = object(object(values["//"])["metadata"]);
        return (
          id !==
          String(path)
            .slice(stack.length + 1)
            .replaceAll("/", "_")
        );
      });

      expect(addresses(strange)).toEqual([]);
    });

    it("of locals and outputs carry no hash either", () => {
      const names = [...stacks.values()].flatMap(({ json }) =>
        ["locals", "output", "check"].flatMap((section) => Object.keys(object(json[section] ?? {}))),
      );

      enough(names.length, 0);
      expect(names.filter((name) => HASH.test(name))).toEqual([]);
    });

    it("are of this stack wherever an expression or a dependency names one", () => {
      const dangling = [...stacks.values()].flatMap((stack) => {
        const known = new Set(blocks(stack).map(({ address }) => address));
        return [...texts(stack.json)]
          .filter(([path, text]) => text.includes("${") || /\/depends_on\//.test(path))
          .flatMap(([path, text]) =>
            [...text.matchAll(/(?<![\w./"])(data\.)?aws_\w+\.[\w-]+/g)].map(([address]) => ({
              path,
              address,
            })),
          )
          .filter(({ address }) => !known.has(address))
          .map(({ path, address }) => `${stack.id}${path}: ${address}`);
      });

      expect(dangling).toEqual([]);
    });

    it("are never within an escaped expression", () => {
      const escaped = [...stacks.values()].flatMap((stack) =>
        [...texts(stack.json)].filter(([, text]) => /\$\$\{|\$\{\$\{/.test(text)),
      );

      expect(escaped).toEqual([]);
    });
  });

  describe("every stack", () => {
    const made = platform.stacks.flatMap(({ id, account }) => {
      const stack = stacks.get(id);
      return stack === undefined ? [] : [{ id, account, json: stack.json }];
    });
    const ofOthers = new Set(
      platform.stacks.flatMap(({ id, stack }) => ((stack?.credentials.length ?? 0) > 0 ? [id] : [])),
    );
    const ofAws = made.filter(({ id }) => !ofOthers.has(id));
    const providers = (json: JsonObject) =>
      list(object(json["provider"])["aws"]).map((entry) => object(entry));

    it("keeps its state in its account, under its own key, encrypted and locked", () => {
      const backends = made.map(({ json }) => object(object(object(json["terraform"])["backend"])["s3"]));

      expect(backends).toEqual(
        made.map(({ id, account }) => ({
          bucket: `${fleet.organization.name}-${account.name}-state-${account.id}`,
          key: `${id}.tfstate`,
          region: account.region,
          encrypt: true,
          kms_key_id: `arn:aws:kms:${account.region}:${account.id}:alias/slipway-state`,
          allowed_account_ids: [account.id],
          use_lockfile: true,
        })),
      );
    });

    it("has one provider, pinned to the account that its id begins with", () => {
      const pins = ofAws.map(({ id, json }) => ({
        id,
        providers: providers(json).map((one) => [one["allowed_account_ids"], one["region"]]),
      }));

      expect(pins).toEqual(
        ofAws.map(({ id, account }) => ({ id, providers: [[[account.id], account.region]] })),
      );
      expect(made.filter(({ id, account }) => !id.startsWith(`${account.name}-`))).toEqual([]);
    });

    it("that is none of AWS has one provider, which is told nothing, and holds nothing of AWS", () => {
      const others = made.filter(({ id }) => ofOthers.has(id));

      expect(others.map(({ json }) => Object.values(object(json["provider"])))).toEqual(
        others.map(() => [[{}]]),
      );
      expect(others.flatMap(({ json }) => Object.keys(object(json["provider"])))).not.toContain("aws");
      expect(
        others.flatMap(({ json }) =>
          Object.keys({ ...object(json["resource"]), ...object(json["data"] ?? {}) }).filter((type) =>
            type.startsWith("aws_"),
          ),
        ),
      ).toEqual([]);
    });

    it("tags all it makes, completely", () => {
      const tags = ofAws.map(({ id, account, json }) => ({
        id,
        account: account.name,
        tags: object(objects(providers(json)[0]?.["default_tags"])[0]?.["tags"]),
      }));
      const complete = "account,component,cost-centre,environment,organization,owner,service";

      expect(
        tags.filter(
          ({ account, tags: given }) =>
            Object.keys(given).sort().join() !== complete ||
            Object.values(given).includes("") ||
            given["account"] !== account,
        ),
      ).toEqual([]);
    });

    it("names no account but its own, the registry's and the management account", () => {
      const known = [registryAccount(fleet), accountOfKind(fleet, "management")];
      const registry = registryAccount(fleet).name;
      // The groups of the management account say in which accounts people may take on roles; its organization is of
      // all accounts; a repository says which of them deploy its image, and what deploys from pipelines enters them.
      // Bootstrap of an account that images are promoted through reads and shows records of releases along the way.
      const promoted = deliveryAccounts(fleet);
      const strange = made
        .filter(({ id }) => !/^management-(organization|roles)$/.test(id) && id !== `${registry}-delivery`)
        .filter(({ id }) => !id.startsWith(`${registry}-registry-`))
        .flatMap(({ id, account, json }) => {
          const text = JSON.stringify(json);
          return fleet.accounts
            .filter((other) => other.id !== account.id && !known.includes(other) && text.includes(other.id))
            .filter(
              (other) =>
                id !== `${account.name}-bootstrap` ||
                ![account, other].every((each) => promoted.includes(each)),
            )
            .map(({ name }) => `${id}: ${name}`);
        });

      expect(strange).toEqual([]);
    });
  });

  describe("no resource escapes its stack's tags and account", () => {
    it("by a provider of its own", () => {
      expect(addresses(every.filter(({ values }) => "provider" in values))).toEqual([]);
    });

    it("by a tag that shadows a default one", () => {
      const defaults = [
        "organization",
        "account",
        "environment",
        "component",
        "service",
        "owner",
        "cost-centre",
      ];
      const shadowing = every.filter(({ values }) =>
        Object.keys(object(values["tags"] ?? {})).some((key) => defaults.includes(key.toLowerCase())),
      );

      expect(addresses(shadowing)).toEqual([]);
    });

    it("by leaving an ECS service's tasks without its tags", () => {
      const services = every.filter(({ type }) => type === "aws_ecs_service");

      enough(services.length, 0);
      expect(addresses(services.filter(({ values }) => values["propagate_tags"] !== "SERVICE"))).toEqual([]);
    });
  });

  describe("policies", () => {
    const policies = every.flatMap((block) =>
      Object.entries(block.values)
        .filter(([key]) => /^(assume_role_)?policy$/.test(key) && block.type !== "aws_ecr_lifecycle_policy")
        .map(([, value]) => ({ block, value })),
    );

    it("are references to documents that a reader and a scanner see", () => {
      const opaque = policies.filter(
        ({ value }) => !/^\$\{data\.aws_iam_policy_document\.[\w-]+\.json\}$/.test(String(value)),
      );

      enough(policies.length, 100);
      expect(addresses(opaque.map(({ block }) => block))).toEqual([]);
    });

    it("are nowhere an escaped string", () => {
      const escaped = every.filter(({ values }) =>
        [...texts(values)].some(([, text]) => /"Statement"/.test(text)),
      );

      expect(addresses(escaped)).toEqual([]);
    });

    it("give every role a boundary", () => {
      const roles = every.filter(({ type }) => type === "aws_iam_role");

      enough(roles.length, 50);
      expect(addresses(roles.filter(({ values }) => !values["permissions_boundary"]))).toEqual([]);
    });
  });

  describe("what is stateful", () => {
    const stateful = [
      "aws_ecr_repository",
      "aws_kms_key",
      "aws_lb",
      "aws_route53_zone",
      "aws_s3_bucket",
      "aws_secretsmanager_secret",
      "aws_vpc",
    ];
    const refuses = ({ values }: Block) => object(values["lifecycle"] ?? {})["prevent_destroy"] === true;

    it("refuses to be destroyed in every protected account", () => {
      const exempt = (block: Block) => block.address === "aws_route53_zone.zones_private";
      const unprotected = every
        .filter(({ type }) => stateful.includes(type))
        .filter(({ stack }) => platform.stacks.find(({ id }) => id === stack)?.stack?.protection)
        .filter((block) => !exempt(block) && !refuses(block));

      expect(addresses(unprotected)).toEqual([]);
    });
  });

  describe("logs", () => {
    it("are encrypted by a customer key and kept for a time", () => {
      const groups = every.filter(({ type }) => type === "aws_cloudwatch_log_group");

      enough(groups.length, 20);
      expect(
        addresses(groups.filter(({ values }) => !values["kms_key_id"] || !values["retention_in_days"])),
      ).toEqual([]);
    });
  });

  describe("contracts", () => {
    const position = new Map(platform.stacks.map(({ id }, index) => [id, index]));
    const published = new Map<string, string[]>();
    for (const { stack, type, values } of every) {
      if (type !== "aws_ssm_parameter" || !("insecure_value" in values || "value_wo" in values)) continue;
      const name = String(values["name"]);
      published.set(name, [...(published.get(name) ?? []), stack]);
    }
    const reads = [...stacks.values()].flatMap((stack) => stack.dataSources("aws_ssm_parameter"));

    it("have one publisher each, in an earlier stack", () => {
      const orphans = reads.filter(({ stack, values }) => {
        const publishers = published.get(String(values["name"])) ?? [];
        return (
          publishers.length !== 1 ||
          (position.get(publishers[0] ?? "") ?? Infinity) >= (position.get(stack) ?? -1)
        );
      });

      enough(reads.length, 100);
      expect(addresses(orphans)).toEqual([]);
    });

    it("are in the graph: who reads depends on who publishes", () => {
      const unknown = reads.filter(({ stack, values }) => {
        const [publisher = ""] = published.get(String(values["name"])) ?? [];
        return !platform.stacks.find(({ id }) => id === stack)?.dependsOn.includes(publisher);
      });

      expect(addresses(unknown)).toEqual([]);
    });

    it("are the only way from stack to stack: nobody reads another's state", () => {
      expect(addresses(every.filter(({ type }) => type === "terraform_remote_state"))).toEqual([]);
    });

    it("are readable in plans: `value`, which is sensitive, is neither published nor read", () => {
      const hidden = [...stacks.values()].flatMap((stack) =>
        [...texts(stack.json)].filter(([, text]) => /aws_ssm_parameter\.\w+\.value\b/.test(text)),
      );

      expect(hidden).toEqual([]);
      expect(every.filter(({ type, values }) => type === "aws_ssm_parameter" && "value" in values)).toEqual(
        [],
      );
    });
  });

  it("listener rules of one load balancer have priorities of their own", () => {
    const rules = every.filter(({ type }) => type === "aws_lb_listener_rule");
    const keys = rules.map(({ stack, values }) => {
      const account = platform.stacks.find(({ id }) => id === stack)?.account.name;
      return `${account} ${String(values["listener_arn"])} ${String(values["priority"])}`;
    });

    enough(rules.length, 10);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("the management account runs nothing", () => {
    const types = every.filter(({ stack }) => stack.startsWith("management-")).map(({ type }) => type);

    expect(
      strings([...new Set(types)]).filter((type) => !/^aws_(iam|kms|organizations|s3)_/.test(type)),
    ).toEqual([]);
  });
}
