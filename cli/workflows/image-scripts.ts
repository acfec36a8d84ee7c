import { commitTag } from "../../environments/schema/names";

/** How an engine shows an error, and hands a value to later jobs. */
export interface Engine {
  /** What its errors begin with. */
  readonly error: string;
  /** File that takes `name=value`. */
  readonly outputs: string;
}

/**
 * The scripts of a service's image, for any POSIX shell. Everything that differs comes in variables, so that no value
 * is ever part of a command: `TAG`, `COMMIT`, `DEFAULT_BRANCH`, `REGISTRY`, `REPOSITORY`, `ARCHITECTURE`, `CONTEXT`,
 * `DOCKERFILE`, `TARGET`.
 */
export const imageScripts = ({ error, outputs }: Engine) => ({
  /** A tag goes with a commit that was merged; all branches are there. */
  refuse: lines(
    ...fail(error),
    'case "$TAG" in',
    '  "" | [!A-Za-z0-9_]* | *[!A-Za-z0-9_.-]*) fail "$TAG cannot be the tag of an image: letters, digits, dots, dashes and underscores only." ;;',
    "esac",
    'git merge-base --is-ancestor "$COMMIT" "refs/remotes/origin/$DEFAULT_BRANCH" ||',
    '  fail "$TAG is at $COMMIT, which is not on $DEFAULT_BRANCH: nothing was built. Merge it first, then tag what was merged."',
  ),
  /** One image a commit: what a commit was made into is never made again, and no tag is moved. */
  push: lines(
    ...fail(error),
    ...digestOf,
    `commit_tag=${commitTag("$COMMIT")}`,
    'released=$(digest_of "$TAG")',
    'digest=$(digest_of "$commit_tag")',
    'if [ -n "$released" ] && [ "$released" != "$digest" ]; then',
    '  fail "$REPOSITORY:$TAG is there already, made of another commit, and tags of images never move. Tag $COMMIT anew."',
    "fi",
    'if [ -z "$digest" ]; then',
    '  aws ecr get-login-password | docker login --username AWS --password-stdin "$REGISTRY"',
    "  # Attestations would make a list of it, and the registry scans images only.",
    '  docker build --pull --provenance=false --sbom=false --platform "linux/$ARCHITECTURE" \\',
    '    --label "org.opencontainers.image.revision=$COMMIT" --label "org.opencontainers.image.version=$TAG" \\',
    '    --file "$CONTEXT/$DOCKERFILE" ${TARGET:+--target "$TARGET"} \\',
    '    --tag "$REGISTRY/$REPOSITORY:$commit_tag" "$CONTEXT"',
    '  docker push --quiet "$REGISTRY/$REPOSITORY:$commit_tag"',
    '  digest=$(digest_of "$commit_tag")',
    "fi",
    'case "$digest" in sha256:*) ;; *) fail "The registry does not name the digest of $REPOSITORY:$commit_tag." ;; esac',
    'echo "$REPOSITORY@$digest"',
    `echo "digest=$digest" >> "${outputs}"`,
  ),
  /** Waits for the registry's scan, and refuses what it finds critical. */
  scan: lines(
    ...fail(error),
    "findings() {",
    '  aws ecr describe-image-scan-findings --repository-name "$REPOSITORY" --image-id imageDigest="$DIGEST" --output text --query "$@"',
    "}",
    "# The first page says how it stands and how many there are; asked of every page, text would be one answer each.",
    "errors=$(mktemp)",
    "attempt=0",
    "while :; do",
    '  status=$(findings imageScanStatus.status --no-paginate 2> "$errors") || status=',
    '  case "$status" in',
    "    COMPLETE | ACTIVE) break ;;",
    '    FAILED | UNSUPPORTED_IMAGE) fail "The registry cannot scan $REPOSITORY@$DIGEST ($status): it is not released." ;;',
    "  esac",
    "  attempt=$((attempt + 1))",
    '  [ "$attempt" -lt 60 ] || { cat "$errors"; fail "There is no scan of $REPOSITORY@$DIGEST after ten minutes: it is not released. Run this job again."; }',
    "  sleep 10",
    "done",
    "critical=$(findings imageScanFindings.findingSeverityCounts.CRITICAL --no-paginate)",
    'case "$critical" in',
    '  None | 0) echo "No critical finding." ;;',
    "  *)",
    "    findings 'imageScanFindings.[findings[?severity==`CRITICAL`].[name,uri],enhancedFindings[?severity==`CRITICAL`].[title,status]][]'",
    '    fail "$critical critical findings in $REPOSITORY@$DIGEST: it is not released. Mend them, and tag the new commit."',
    "    ;;",
    "esac",
  ),
  /** The git tag, beside the commit's: what was scanned keeps its digest. */
  tag: lines(
    ...fail(error),
    ...digestOf,
    'released=$(digest_of "$TAG")',
    'if [ "$released" != "$DIGEST" ]; then',
    '  manifest=$(aws ecr batch-get-image --repository-name "$REPOSITORY" --image-ids imageDigest="$DIGEST" --query "images[0].imageManifest" --output text)',
    '  aws ecr put-image --repository-name "$REPOSITORY" --image-tag "$TAG" --image-digest "$DIGEST" --image-manifest "$manifest" > /dev/null ||',
    '    fail "$REPOSITORY:$TAG could not be written; tags of images never move."',
    "fi",
    'echo "Released $REPOSITORY:$TAG, $DIGEST"',
  ),
});

const fail = (error: string) => ["set -eu", `fail() { echo "${error}$1"; exit 1; }`];

/** The digest that a tag is of; nothing where the registry does not have it. */
const digestOf = [
  "errors=$(mktemp)",
  "digest_of() {",
  '  aws ecr describe-images --repository-name "$REPOSITORY" --image-ids imageTag="$1" --query "imageDetails[0].imageDigest" --output text 2> "$errors" ||',
  '    grep -q ImageNotFoundException "$errors" || { cat "$errors" >&2; return 1; }',
  "}",
];

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
