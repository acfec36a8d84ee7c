import { selectorsOf } from "../stacks";
import * as names from "../../../environments/schema/names";
import { nextPhase, PHASES, type Phase } from "../../../environments/schema/migration/phase";
import type { Measure } from "../measured";
import { fileOf, secretId, type Context } from "./context";
import { checklist, result, sh, table, type Section } from "./text";

/** What it is about, who answers for what, and within which limits. */
export function scope(context: Context): Section {
  const { account, migration } = context;
  const { id, owner, changeRef, description, phase, gates, rollback, waivers } = migration;
  return {
    title: "Scope, owners, rollback deadline",
    blocks: [
      table(
        ["what", "value"],
        [
          ["migration", `\`${id}\`: ${description}`],
          ["account", `${account.name} (${account.id}), ${account.region}`],
          ["definition", `\`${fileOf(context)}\``],
          ["stacks", `\`${selectorsOf(context)}\``],
          ["change ticket", changeRef],
          ["owner", owner],
          ["decides to go back", rollback.decisionOwner],
          ["way back", `${rollback.strategy}, open for ${rollback.windowHours} h after the cutover`],
          ["phase now", `${phase} (${PHASES.join(" → ")})`],
        ],
      ),
      result("Rollback deadline (end of the cutover and the hours above)"),
      "Limits, from the definition:",
      table(
        ["limit", "value"],
        [
          ["latency", `≤ ${gates.maxCdcLatencySeconds} s for ${gates.stableMinutes} min`],
          ["records that differ or are suspended", `≤ ${gates.maxFailedRecords}`],
          ["records that wait to be compared", `≤ ${gates.maxPendingRecords}`],
        ],
      ),
      waivers.length === 0
        ? "No waivers."
        : table(
            ["waiver", "of", "until", "owner", "reason", "evidence"],
            waivers.map(({ control, subject = "all", expires, owner: by, reason, evidence = "none" }) => [
              control,
              subject,
              expires,
              by,
              reason,
              evidence,
            ]),
          ),
    ],
  };
}

/** How the source is reached, and what its owner has to let in. */
export function path({ account, migration, egress }: Context): readonly string[] {
  const { network } = migration;
  switch (network.path) {
    case "vpc":
      return [`The source is reached within the VPC of ${account.name}.`];
    case "vpn":
      return [
        `The source is reached through the site-to-site VPN \`${network.vpn}\` of ${account.name}, at ${network.cidrBlocks.join(", ")}. Both tunnels are to be up:`,
        sh(
          `aws ec2 describe-vpn-connections --region ${account.region} \\`,
          "  --query 'VpnConnections[].[VpnConnectionId,State,VgwTelemetry[].[OutsideIpAddress,Status]]' --output json",
        ),
      ];
    case "egress":
      return [
        `The source is reached over the internet, at ${network.cidrBlocks.join(", ")}. Its allowlist has to hold the fixed addresses of ${account.name}:`,
        egress === undefined || egress.length === 0
          ? sh(
              `aws ec2 describe-nat-gateways --region ${account.region} --filter Name=state,Values=available \\`,
              "  --query 'NatGateways[].NatGatewayAddresses[].PublicIp' --output text",
            )
          : checklist(...egress.map((address) => `\`${address}/32\` is in the source's allowlist`)),
      ];
  }
}

/** Secrets, each set from outside Terraform. */
export function secrets(
  context: Context,
  used: readonly (readonly [name: string, what: string])[],
): readonly string[] {
  if (used.length === 0) return [];
  const { account } = context;
  return [
    table(
      ["secret", "in Secrets Manager", "holds"],
      used.map(([name, what]) => [`\`${name}\``, `\`${secretId(context, name)}\``, what]),
    ),
    sh(
      ...used.map(([name]) => `slipway secrets set ${name} --account ${account.name}`),
      `slipway secrets list --account ${account.name}`,
    ),
  ];
}

/** Asks for what whoever applies the traffic signs in with beside AWS; nothing where it is AWS's. */
export const token = ({ traffic }: Pick<Context["migration"], "traffic">): readonly string[] =>
  traffic?.provider === "cloudflare" ? ["read -rs CLOUDFLARE_API_TOKEN && export CLOUDFLARE_API_TOKEN"] : [];

/** The tools and credentials of whoever follows the runbook. */
export const setUp = (
  { account, fleet, migration }: Context,
  tools: readonly string[],
): readonly string[] => [
  `Run it in bash, from the repository's folder, on the newest commit of the branch that pipelines apply, on a machine within the network of ${account.name}. It takes ${["AWS CLI", "jq", "Node.js", ...tools].join(", ")}. Credentials are those of \`${names.peopleRole(fleet.organization, "administrator")}\` of ${account.name} (${account.id}): they read the secrets, and slipway works with them.`,
  `Each phase is committed and pushed before it is applied. The pipeline applies the same commit: where the branch takes pull requests only, or ${account.name} waits for an approval, let it apply in your place, and have whoever approves at hand within the window. Nothing else is merged meanwhile.`,
  sh(
    `export AWS_REGION=${account.region} SLIPWAY_ORGANIZATION=${fleet.directory}`,
    `aws sts get-caller-identity --query '[Account,Arn]' --output text # ${account.id}, ${names.peopleRole(fleet.organization, "administrator")}`,
    ...token(migration),
    'slipway() { node cli/bin.js "$@"; }',
  ),
];

/**
 * What a branch has that is not applied from there is undone by the pipeline's next run: a change is pushed before it is
 * applied.
 */
export const commit = ({ fleet, migration }: Context, what: string): readonly string[] => [
  `git add --all ${fleet.directory}/migrations && git commit -m "${migration.id}: ${what}"`,
  "git push",
];

/** The migration as it was before its cutover, without the evidence of what did not last. */
export const backToValidated = (context: Context, further: readonly string[] = []): readonly string[] => {
  const { fleet, migration } = context;
  const gone = ["validated", "cutover", ...further].map(
    (name) => `${fleet.directory}/migrations/evidence/${migration.id}/${name}.json`,
  );
  return [
    `\${EDITOR:-vi} ${fileOf(context)} # phase: "validated"`,
    `rm -f ${gone.join(" ")}`,
    ...commit(context, "back to validated"),
    `slipway up ${selectorsOf(context)}`,
  ];
};

/** A phase that is left, and what has to be measured for that. */
export function leave(context: Context, phase: Phase, measures: readonly Measure[]): readonly string[] {
  const { id } = context.migration;
  const next = nextPhase(phase);
  if (next === undefined) return [];
  const file = `measured-${id}-${phase}.json`;
  const values = measures.filter(({ comparison }) => comparison !== true);
  const comparisons = measures.filter(({ comparison }) => comparison === true);
  const option = measures.length === 0 ? "" : ` --measured ${file}`;
  return [
    ...(measures.length === 0
      ? []
      : [
          "Measured by hand; fill in every empty value, what stays empty is refused:",
          table(
            ["name", "what to find"],
            measures.map(({ name, what }) => [`\`${name}\``, what]),
          ),
          sh(
            `cat > ${file} <<JSON`,
            "{",
            '  "by": "$(git config user.email)",',
            '  "at": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",',
            `  "values": {${values.map(({ name }) => `\n    "${name}": ""`).join(",")}${values.length === 0 ? "" : "\n  "}},`,
            `  "comparisons": {${comparisons.map(({ name }) => `\n    "${name}": { "source": "", "target": "" }`).join(",")}${comparisons.length === 0 ? "" : "\n  "}}`,
            "}",
            "JSON",
            `\${EDITOR:-vi} ${file}`,
          ),
        ]),
    sh(
      `slipway migrate status ${id}${option}`,
      `slipway migrate advance ${id}${option}`,
      ...commit(context, next),
      `slipway plan ${selectorsOf(context)}`,
      `slipway up ${selectorsOf(context)}`,
    ),
  ];
}
