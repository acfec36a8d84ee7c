import type { DmsMigration } from "../../../../environments/schema/migration/dms";
import { secretId, type Context } from "../context";
import type { End } from "../engines/engine";
import { runbookOfEngine } from "../engines/of";
import { sh } from "../text";

/** Shell functions that run statements at an end, as DMS's user and as an administrator. */
export function clients(context: Context<DmsMigration>, ends: readonly End[]): readonly string[] {
  return ends.flatMap((end) => {
    const engine = runbookOfEngine(end.endpoint.engineName);
    if (engine === undefined || end.endpoint.secret === undefined) return [];
    const upper = end.name.toUpperCase();
    const { name } = end;
    const { reverse } = context.migration;
    // The way back reads the target, and writes to the source.
    const back = !reverse.enabled
      ? undefined
      : name === "source"
        ? reverse.targetSecret
        : reverse.sourceSecret;
    return [
      sh(
        `${upper}=$(aws secretsmanager get-secret-value --region ${context.account.region} --secret-id ${secretId(context, end.endpoint.secret)} --query SecretString --output text)`,
        `${upper}_USER=$(jq -r .username <<<"$${upper}")`,
        back === undefined
          ? `${upper}_BACK=$${upper}_USER`
          : `${upper}_BACK=$(aws secretsmanager get-secret-value --region ${context.account.region} --secret-id ${secretId(context, back)} --query SecretString --output text | jq -r .username)`,
        `${name}_client() {`,
        `  sed "s/:SOURCE_USER:/\${SOURCE_USER:-}/g; s/:TARGET_USER:/\${TARGET_USER:-}/g; s/:SOURCE_BACK:/\${SOURCE_BACK:-}/g; s/:TARGET_BACK:/\${TARGET_BACK:-}/g" |`,
        ...engine.client(end).map((line) => `    ${line}`),
        "}",
        `${name}_sql() { ${name}_client "$${upper}" "$${upper}_USER" "$(jq -r .password <<<"$${upper}")"; }`,
        `read -r -p 'Administrator of the ${name}: ' ${upper}_ADMIN`,
        `read -r -s -p 'Password: ' ${upper}_ADMIN_PASSWORD; echo`,
        `${name}_admin() { ${name}_client "$${upper}" "$${upper}_ADMIN" "$${upper}_ADMIN_PASSWORD"; }`,
      ),
    ];
  });
}

/** Programs that the functions call. */
export function toolsOf(ends: readonly End[]): readonly string[] {
  const tools = ends.flatMap(({ endpoint }) => {
    const command =
      runbookOfEngine(endpoint.engineName)
        ?.client({ ...EMPTY, endpoint })
        .join(" ") ?? "";
    return ["mysql", "psql", "sqlplus", "sqlcmd", "mongosh"].filter((tool) =>
      new RegExp(`(^|[ |])${tool} `).test(command),
    );
  });
  return [...new Set(tools)];
}

const EMPTY = {
  name: "source",
  certificates: "",
  schemas: [],
  marker: { schema: "", table: "" },
  controlSchema: "",
} as const;
