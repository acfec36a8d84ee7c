import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack } from "cdktf";
import { temporaryFolder } from "./company";
import { SynthesizedStack, type JsonObject } from "./synthesized";

/** What a module makes, in a bare stack that is no part of any organization. */
export function madeBy(make: (stack: TerraformStack) => void): SynthesizedStack {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "bare");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  make(stack);
  app.synth();
  const text = readFileSync(join(outdir, "stacks", "bare", "cdk.tf.json"), "utf8");
  return new SynthesizedStack("bare", text, JSON.parse(text) as JsonObject);
}
