import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { zipSync, type ZippableFile, type ZipOptions } from "fflate";

export interface FunctionPackageProps {
  /** Folder with the code. */
  readonly folder: string;
  /** Its files, relative to it, with forward slashes. */
  readonly files: readonly string[];
}

/**
 * Times, owners and permissions of a checkout differ from machine to machine, and so would the function with each
 * plan. The time is the earliest that a zip knows, said in local time as zip has it; who may read and run a file is
 * what Lambda asks for. https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html
 */
const SAME_EVERYWHERE = {
  mtime: new Date(1980, 0, 1),
  os: 3,
  attrs: (0o100755 << 16) >>> 0,
  level: 9,
} as const satisfies ZipOptions;

/** A function's code as a zip beside the stack's JSON: the same bytes from the same files, whoever synthesizes. */
export class FunctionPackage extends Construct {
  /** The zip's path, relative to the stack's folder. */
  readonly path: string;
  /** SHA-256 of the zip, base64, as Lambda tells it. */
  readonly hash: string;

  constructor(scope: Construct, id: string, props: FunctionPackageProps) {
    super(scope, id);
    const zip = zipped(props);
    const stack = TerraformStack.of(this);
    this.path = `assets/${stack.getLogicalId(this.node)}.zip`;
    this.hash = createHash("sha256").update(zip).digest("base64");
    // cdktf's own assets are zipped with the files' times.
    const { synthesizer } = stack;
    stack.synthesizer = {
      synthesize: (session) => {
        synthesizer.synthesize(session);
        const file = join(session.outdir, session.manifest.forStack(stack).workingDirectory, this.path);
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, zip);
      },
    };
  }
}

function zipped({ folder, files }: FunctionPackageProps): Uint8Array {
  const entries = [...files]
    .sort()
    .map((file): [string, ZippableFile] => [file, [readFileSync(join(folder, file)), SAME_EVERYWHERE]]);
  return zipSync(Object.fromEntries(entries));
}
