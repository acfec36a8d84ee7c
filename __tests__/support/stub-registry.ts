import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const DIGEST = `sha256:${"d".repeat(64)}`;

/** A registry in a folder, and programs `aws` and `docker` that play it. */
export interface StubRegistry {
  /** Folder for the beginning of the PATH. */
  readonly bin: string;
  /** Digests by tag. */
  readonly tags: () => Readonly<Record<string, string>>;
  /** What the programs were called with, one a line. */
  readonly calls: () => readonly string[];
}

export interface RegistryState {
  readonly tags?: Readonly<Record<string, string>>;
  /** What the scan says, one answer after another; the last one stays. "missing": no scan yet. @default COMPLETE */
  readonly scan?: readonly string[];
  /** Critical findings, as AWS prints them. @default None */
  readonly critical?: string;
  /** The findings take two pages: as text, each page has an answer of its own, and later ones know findings only. */
  readonly pages?: boolean;
  /** AWS refuses to say which images there are. */
  readonly denied?: boolean;
  /** A tag that somebody writes first. */
  readonly taken?: boolean;
}

const ARGUMENT = `
argument() { # the value of --$1
  wanted=$1; shift
  while [ $# -gt 0 ]; do [ "$1" = "--$wanted" ] && { echo "$2"; return; }; shift; done
}
`;

const AWS = (folder: string, { critical = "None", pages, denied, taken }: RegistryState) => `#!/bin/sh
echo "aws $*" | head -n 1 >> ${folder}/calls.txt
${ARGUMENT}
case "$2" in
  get-login-password) echo password ;;
  describe-images)
    ${denied === true ? 'echo "An error occurred (AccessDeniedException)" >&2; exit 254' : ""}
    tag=$(argument image-ids "$@"); tag=\${tag#imageTag=}
    [ -f "${folder}/tags/$tag" ] || { echo "An error occurred (ImageNotFoundException)" >&2; exit 254; }
    cat "${folder}/tags/$tag" ;;
  batch-get-image) echo '{"schemaVersion":2}' ;;
  put-image)
    ${taken === true ? 'echo "An error occurred (ImageTagAlreadyExistsException)" >&2; exit 254' : ""}
    echo "$(argument image-digest "$@")" > "${folder}/tags/$(argument image-tag "$@")" ;;
  describe-image-scan-findings)
    second() { ${pages === true ? 'case "$*" in *--no-paginate*) ;; *) echo None ;; esac' : ":"}; }
    case "$(argument query "$@")" in
      imageScanStatus.status)
        status=$(head -n 1 ${folder}/scan.txt)
        [ "$(wc -l < ${folder}/scan.txt)" -le 1 ] || { tail -n +2 ${folder}/scan.txt > ${folder}/rest.txt; mv ${folder}/rest.txt ${folder}/scan.txt; }
        [ "$status" != missing ] || { echo "An error occurred (ScanNotFoundException)" >&2; exit 254; }
        echo "$status"; second "$@" ;;
      *CRITICAL) echo "${critical}"; second "$@" ;;
      *) echo "CVE-2026-0001	https://example.com/CVE-2026-0001" ;;
    esac ;;
esac
`;

const DOCKER = (folder: string) => `#!/bin/sh
echo "docker $*" >> ${folder}/calls.txt
case "$1" in
  login) cat > /dev/null ;;
  push) for last; do :; done; echo "${DIGEST}" > "${folder}/tags/\${last##*:}" ;;
esac
`;

/** Makes a registry in `folder`. */
export function stubRegistry(folder: string, state: RegistryState = {}): StubRegistry {
  const bin = join(folder, "bin");
  const tags = join(folder, "tags");
  for (const each of [bin, tags]) mkdirSync(each, { recursive: true });
  for (const [tag, digest] of Object.entries(state.tags ?? {})) writeFileSync(join(tags, tag), `${digest}\n`);
  writeFileSync(join(folder, "scan.txt"), `${(state.scan ?? ["COMPLETE"]).join("\n")}\n`);
  program(bin, "aws", AWS(folder, state));
  program(bin, "docker", DOCKER(folder));
  program(bin, "sleep", "#!/bin/sh\n");
  const calls = join(folder, "calls.txt");
  return {
    bin,
    tags: () =>
      Object.fromEntries(readdirSync(tags).map((tag) => [tag, readFileSync(join(tags, tag), "utf8").trim()])),
    calls: () => (existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : []),
  };
}

/** Writes a program into a folder of the PATH. */
export function program(bin: string, name: string, text: string): void {
  writeFileSync(join(bin, name), text);
  chmodSync(join(bin, name), 0o755);
}
