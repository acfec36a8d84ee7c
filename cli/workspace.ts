import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Fleet } from "../environments/schema/fleet";
import { CliError } from "./errors";
import { SCRATCH } from "./platform";

/** A folder in which Terraform runs a stack. */
export interface Workspace {
  readonly stack: string;
  readonly dir: string;
  readonly log: string;
}

/** Address of an AWS emulator, when there is one; the SDK and Terraform read the same variable. */
export const emulatorEndpoint = () => process.env["AWS_ENDPOINT_URL"];

/**
 * Lays out a stack's folder. What an emulator needs is in an override file and in arguments, never in the
 * synthesized JSON.
 * @param assets Folder of the files that its JSON names, such as functions' code, if it names any.
 * @throws CliError when an earlier apply lost its way to the state bucket and its state still lies there.
 */
export function layOut(fleet: Fleet, stack: string, json: string, assets: string): Workspace {
  const endpoint = emulatorEndpoint();
  const where = endpoint === undefined ? "aws" : new URL(endpoint).host.replaceAll(/[^A-Za-z0-9.-]/g, "_");
  const root = resolve(SCRATCH, "runs", where, fleet.organization.name);
  const dir = join(root, stack);
  const lost = join(dir, "errored.tfstate");
  if (existsSync(lost)) {
    throw new CliError(
      `${stack}: an earlier apply could not store its state; it is in ${lost}.`,
      `Push it first, or what it made is forgotten: (cd ${dir} && terraform state push errored.tfstate && rm errored.tfstate)`,
    );
  }
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "cdk.tf.json"), json);
  const laidOut = join(dir, basename(assets));
  rmSync(laidOut, { recursive: true, force: true });
  if (existsSync(assets)) cpSync(assets, laidOut, { recursive: true });
  const override = join(dir, "emulator_override.tf.json");
  if (endpoint === undefined) rmSync(override, { force: true });
  else writeFileSync(override, JSON.stringify(EMULATOR_PROVIDER, null, 2));
  return { stack, dir, log: join(root, "logs", `${stack}.log`) };
}

/** Buckets by path, since no DNS name leads to an emulator's buckets. */
const EMULATOR_PROVIDER = {
  provider: { aws: [{ s3_use_path_style: true, skip_metadata_api_check: "true" }] },
};

/** Puts the state on this machine instead of into the bucket, as long as there is no bucket. */
export function useLocalState(workspace: Workspace, file: string): void {
  writeFileSync(
    join(workspace.dir, LOCAL),
    JSON.stringify({ terraform: { backend: { local: { path: file } } } }, null, 2),
  );
}

export function useBucketState(workspace: Workspace): void {
  rmSync(join(workspace.dir, LOCAL), { force: true });
}

const LOCAL = "backend_override.tf.json";

/** What `terraform init` needs beyond the JSON to reach the state bucket of an emulator. */
export function backendArguments(workspace: Workspace): string[] {
  const local = existsSync(join(workspace.dir, LOCAL));
  return emulatorEndpoint() === undefined || local ? [] : ["-backend-config=use_path_style=true"];
}

/** Environment of every Terraform run: no questions, plug-ins shared by all stacks. */
export function terraformEnvironment(): NodeJS.ProcessEnv {
  const cache = process.env["TF_PLUGIN_CACHE_DIR"] ?? resolve(SCRATCH, "plugins");
  mkdirSync(cache, { recursive: true });
  const endpoint = emulatorEndpoint();
  return {
    ...process.env,
    TF_PLUGIN_CACHE_DIR: cache,
    // A folder without a lock file would otherwise download each provider again.
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    ...(endpoint === undefined
      ? {}
      : {
          AWS_ENDPOINT_URL_S3: endpoint,
          AWS_ENDPOINT_URL_STS: endpoint,
          AWS_EC2_METADATA_DISABLED: "true",
          // The provider asks S3 Control at <account>.<host>, a name that leads nowhere on loopback; by proxy it
          // reaches the emulator. Go takes addresses of loopback past the proxy.
          HTTP_PROXY: endpoint,
          http_proxy: endpoint,
          NO_PROXY: "",
          no_proxy: "",
        }),
  };
}
