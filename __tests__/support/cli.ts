import { buildPlatform, type Platform } from "../../stacks/graph";
import { loadCompany, temporaryFolder } from "./company";

let platform: Platform | undefined;

/** ACME's stacks, built once. */
export function synthesizedPlatform(): Platform {
  platform ??= buildPlatform(loadCompany(), { outdir: temporaryFolder() });
  return platform;
}
