import picomatch from "picomatch";
import type { Fleet } from "../../environments/schema/fleet";
import { AT_REST, blocks, several } from "../support/at-rest";
import { expectEnough } from "../support/examples";
import { object, objects, synthesized, type Block, type JsonObject } from "../support/synthesized";

/** What nobody may get wrong in any stack of an organization. */
export function security(fleet: Fleet): void {
  const { platform, stacks } = synthesized(fleet);
  const every = [...stacks.values()].flatMap((stack) => stack.resources());
  const of = (...types: readonly string[]) => every.filter(({ type }) => types.includes(type));
  const enough = (found: number, least: number) => expectEnough(found, least, stacks.size);
  const addresses = (found: readonly Block[]) => found.map(({ stack, address }) => `${stack}: ${address}`);
  const node = ({ stack }: Block) => platform.stacks.find(({ id }) => id === stack);
  const stackOf = ({ stack }: Block) => {
    const found = stacks.get(stack);
    if (found === undefined) throw new Error(stack);
    return found;
  };

  /** Words that say that a type keeps something that can be encrypted. */
  const KEEPS = /kms|encrypt/;

  describe("whatever keeps something", () => {
    const types = new Set(every.map(({ type }) => type));
    const kept = Object.keys(AT_REST).filter((type) => types.has(type));

    it.each(kept)("%s is encrypted under the account's key", (type) => {
      expect(addresses(of(type).filter((block) => !AT_REST[type]?.(block, stackOf(block))))).toEqual([]);
    });

    it("is in the table: no other type has an argument for a key", () => {
      const keyed = every
        // What a VPN encrypts is on its way, and kept nowhere.
        .filter(({ type }) => type !== "aws_vpn_connection")
        .filter(({ type }) => !(type in AT_REST) && !/^aws_kms_|server_side_encryption/.test(type))
        .filter(({ values }) => Object.keys(values).some((argument) => KEEPS.test(argument)));

      expect([...new Set(keyed.map(({ type }) => type))].sort()).toEqual([
        // What people type in a task's shell, and what a key is granted for, is encrypted by the keys they name.
        ...["aws_ecs_cluster"].filter((type) => keyed.some((block) => block.type === type)),
      ]);
    });

    it("has a key that AWS renews each year", () => {
      const keys = of("aws_kms_key");
      enough(keys.length, 5);
      expect(addresses(keys.filter(({ values }) => values["enable_key_rotation"] !== true))).toEqual([]);
    });
  });

  describe("tags", () => {
    const PROPAGATED: Readonly<Record<string, (values: JsonObject) => boolean>> = {
      aws_autoscaling_group: ({ tag }) => blocks(tag).some((one) => one["propagate_at_launch"] === true),
      aws_ecs_service: (values) => values["propagate_tags"] === "SERVICE",
      aws_launch_template: (values) =>
        ["network-interface", "volume"].every((kind) =>
          blocks(values["tag_specifications"]).some((one) => one["resource_type"] === kind),
        ),
    };

    it.each(Object.keys(PROPAGATED))("reach what %s starts, which no provider's default does", (type) => {
      const found = of(type);
      enough(found.length, 0);
      expect(addresses(found.filter(({ values }) => !PROPAGATED[type]?.(values)))).toEqual([]);
    });
  });

  describe("what is kept, and for how long", () => {
    it("logs end", () => {
      const groups = of("aws_cloudwatch_log_group");
      enough(groups.length, 100);
      expect(addresses(groups.filter(({ values }) => !Number(values["retention_in_days"])))).toEqual([]);
    });

    it("logs and audit trails of protected accounts are there for a year, or as long as the account says", () => {
      const short = of("aws_cloudwatch_log_group").filter((block) => {
        const least = node(block)?.account.capabilities.logRetentionDays ?? Infinity;
        return Number(block.values["retention_in_days"]) < least;
      });
      expect(addresses(short)).toEqual([]);
    });

    it("replaced objects of every bucket go in the end, and half-sent ones at once", () => {
      const buckets = of("aws_s3_bucket");
      const endless = buckets.filter((bucket) => {
        const rules = stackOf(bucket)
          .resources("aws_s3_bucket_lifecycle_configuration")
          .filter(({ values }) => String(values["bucket"]).includes(bucket.id))
          .flatMap(({ values }) => objects(values["rule"]));
        return !(
          rules.some((rule) => blocks(rule["noncurrent_version_expiration"]).length > 0) &&
          rules.some((rule) => blocks(rule["abort_incomplete_multipart_upload"]).length > 0)
        );
      });
      enough(buckets.length, 20);
      expect(addresses(endless)).toEqual([]);
    });

    it("databases can be restored to a week ago at least, to 35 days where the account is protected", () => {
      const clusters = of("aws_rds_cluster");
      enough(clusters.length, 4);
      const short = clusters.filter((block) => {
        const least = node(block)?.account.capabilities.deletionProtection === true ? 35 : 7;
        return Number(block.values["backup_retention_period"]) < least;
      });
      expect(addresses(short)).toEqual([]);
    });

    it("so can documents and tables, where there are any", () => {
      const days = ({ type, values }: Block) =>
        type === "aws_docdb_cluster"
          ? values["backup_retention_period"]
          : blocks(values["point_in_time_recovery"])[0]?.["recovery_period_in_days"];
      const short = of("aws_docdb_cluster", "aws_dynamodb_table").filter(
        (block) => !(Number(days(block)) >= 7),
      );
      expect(addresses(short)).toEqual([]);
    });

    it("caches and in-memory databases keep snapshots for a week at least, 35 days where the account is protected", () => {
      const short = of("aws_elasticache_replication_group", "aws_memorydb_cluster").filter((block) => {
        const least = node(block)?.account.capabilities.deletionProtection === true ? 35 : 7;
        return Number(block.values["snapshot_retention_limit"]) < least;
      });
      expect(addresses(short)).toEqual([]);
    });
  });

  describe("a cache, an in-memory database, a search domain", () => {
    const waived = ({ stack, address }: Block) =>
      fleet.organization.waivers.some(({ resource }) => picomatch(resource)(`${stack}/${address}`));

    it("is reached by TLS only, and by those that it knows", () => {
      const clear = [
        ...of("aws_elasticache_replication_group").filter(
          ({ values }) =>
            values["transit_encryption_mode"] !== "required" ||
            several(values["user_group_ids"]).length === 0,
        ),
        ...of("aws_memorydb_cluster").filter(
          ({ values }) => values["tls_enabled"] !== true || values["acl_name"] === "open-access",
        ),
        ...of("aws_opensearch_domain").filter(
          ({ values }) =>
            blocks(values["vpc_options"]).length === 0 ||
            blocks(values["domain_endpoint_options"]).every((one) => one["enforce_https"] !== true) ||
            blocks(values["advanced_security_options"]).every((one) => one["enabled"] !== true),
        ),
      ];
      expect(addresses(clear.filter((block) => !waived(block)))).toEqual([]);
    });
  });

  describe("nothing is open to everybody but the public door", () => {
    const open = (value: unknown) => /^(0\.0\.0\.0\/0|::\/0)$/.test(String(value));

    /** Whether a rule is of a port of a Network Load Balancer that faces the internet and ends TLS there. */
    const endsTls = (rule: Block, port: number) => {
      const [, balancer = ""] =
        /hosting_network_load_balancer_(\w+)\./.exec(String(rule.values["security_group_id"])) ?? [];
      const scheme = Object.entries(node(rule)?.account.hosting?.loadBalancers ?? {}).find(
        ([name]) => name.replaceAll("-", "_") === balancer,
      )?.[1].scheme;
      const listener = stackOf(rule)
        .resources("aws_lb_listener")
        .find(({ values }) => Number(values["port"]) === port);
      return scheme === "internet-facing" && listener?.values["protocol"] === "TLS";
    };

    it("no group lets everybody in but that of an internet-facing load balancer, on 80 and 443 or a port of TLS", () => {
      const rules = of("aws_vpc_security_group_ingress_rule").filter(
        ({ values }) => open(values["cidr_ipv4"]) || open(values["cidr_ipv6"]),
      );
      const strange = rules.filter((rule) => {
        const door = /^door_([a-z0-9_]+?)_/.exec(rule.id)?.[1] ?? "";
        const scheme = stackOf(rule)
          .resources("aws_lb")
          .find(({ id }) => id.startsWith(`door_${door}_`))?.values["internal"];
        const port = Number(rule.values["from_port"]);
        return !(scheme === false && [80, 443].includes(port)) && !endsTls(rule, port);
      });
      enough(rules.length, 4);
      expect(addresses(strange)).toEqual([]);
    });

    it("groups are made of rules of their own, so that none hides in another resource", () => {
      const inline = of("aws_security_group").filter(
        ({ values }) => "ingress" in values || "egress" in values,
      );
      expect(addresses(inline)).toEqual([]);
      expect(
        addresses(
          of("aws_security_group_rule", "aws_default_security_group").filter(
            ({ values }) => "ingress" in values,
          ),
        ),
      ).toEqual([]);
    });

    it("no load balancer faces the internet unless the account's data says so", () => {
      const facing = of("aws_lb").filter(({ values }) => values["internal"] !== true);
      const meant = facing.filter((block) => {
        const doors = node(block)?.account.hosting?.loadBalancers ?? {};
        return Object.entries(doors).some(
          ([door, { scheme }]) => scheme === "internet-facing" && block.id.startsWith(`door_${door}_`),
        );
      });
      enough(facing.length, 3);
      expect(addresses(meant)).toEqual(addresses(facing));
    });

    it("no argument of any resource says public", () => {
      const exposing = every.filter(({ values }) =>
        ["publicly_accessible", "map_public_ip_on_launch", "associate_public_ip_address"].some(
          (argument) => values[argument] === true,
        ),
      );
      expect(addresses(exposing)).toEqual([]);
      const tasks = of("aws_ecs_service").filter(({ values }) =>
        blocks(values["network_configuration"]).some((one) => one["assign_public_ip"] !== false),
      );
      expect(addresses(tasks)).toEqual([]);
      expect(
        addresses(
          of(
            "aws_lambda_function_url",
            "aws_ec2_instance_connect_endpoint",
            "aws_lb_listener_certificate",
          ).filter(
            // A second region answers at the account's names too.
            (block) =>
              node(block)?.account.regionOf === undefined || !block.id.startsWith("certificate_account_"),
          ),
        ),
      ).toEqual([]);
    });

    it("every bucket blocks public access, four ways", () => {
      const open = of("aws_s3_bucket").filter((bucket) => {
        const [block] = stackOf(bucket)
          .resources("aws_s3_bucket_public_access_block")
          .filter(({ values }) => String(values["bucket"]).includes(bucket.id));
        return ![
          "block_public_acls",
          "block_public_policy",
          "ignore_public_acls",
          "restrict_public_buckets",
        ].every((argument) => block?.values[argument] === true);
      });
      expect(addresses(open)).toEqual([]);
    });
  });

  describe("statements", () => {
    const documents = [...stacks.values()].flatMap((stack) =>
      stack
        .dataSources("aws_iam_policy_document")
        .flatMap((block) => objects(block.values["statement"]).map((statement) => ({ block, statement }))),
    );
    const allowing = documents.filter(({ statement }) => statement["effect"] !== "Deny");
    const conditioned = (statement: JsonObject) => blocks(statement["condition"]).length > 0;
    const principals = (statement: JsonObject) =>
      blocks(statement["principals"]).flatMap((principal) => several(principal["identifiers"]));
    const told = (found: typeof documents) =>
      found.map(({ block, statement }) => `${block.stack}: ${block.address} ${String(statement["sid"])}`);

    it("allow no action of every service, nor every action of one, but in the ceiling that is no grant", () => {
      const wide = allowing
        .filter(({ block }) => !/boundary|endpoint/.test(block.id))
        .filter(({ statement }) => several(statement["actions"]).some((action) => /^\*$|:\*$/.test(action)));
      // The key policy of an account gives the key to the account's own IAM, which is all it can say.
      const keys = wide.filter(
        ({ block, statement }) =>
          several(statement["actions"]).every((action) => action === "kms:*") &&
          principals(statement).every((arn) => arn.endsWith(":root")) &&
          object(block.values)["statement"] !== undefined,
      );
      expect(told(wide.filter((one) => !keys.includes(one)))).toEqual([]);
    });

    it("allow nobody in particular only under a condition", () => {
      const anybody = allowing
        // A policy of an endpoint lets nobody in; it narrows what those inside may reach.
        .filter(({ block }) => !block.id.startsWith("endpoints_"))
        .filter(({ statement }) => principals(statement).includes("*"))
        .filter(({ statement }) => !conditioned(statement));
      expect(told(anybody)).toEqual([]);
    });

    it("that a policy of people, CI or tasks has on every resource are narrowed, or of actions without resources", () => {
      const identity = new Set(
        every
          .filter(({ type }) => ["aws_iam_policy", "aws_iam_role_policy"].includes(type))
          .map(({ stack, values }) => `${stack} ${String(values["policy"])}`),
      );
      const wide = allowing.filter(
        ({ block, statement }) =>
          identity.has(`${block.stack} \${${block.address}.json}`) &&
          several(statement["resources"]).includes("*") &&
          !conditioned(statement) &&
          !/boundary/.test(block.id),
      );
      const actions = [...new Set(wide.flatMap(({ statement }) => several(statement["actions"])))].sort();
      const scoped = actions.filter(
        (action) =>
          !/:(Describe|List|Get|Create|Open|Put(Account|Metric|Telemetry|Trace)|Discover)/.test(action),
      );
      enough(identity.size, 50);
      expect(scoped).toEqual([]);
    });
  });

  it("no waiver outlives a year, and each is of something that is there", () => {
    const year = 366 * 24 * 3600 * 1000;
    for (const { expires, resource } of fleet.organization.waivers) {
      expect(new Date(expires).getTime() - Date.now()).toBeLessThan(year);
      expect(every.some(({ stack, address }) => picomatch(resource)(`${stack}/${address}`))).toBe(true);
    }
  });
}
