/**
 * What the written workflows use of others, as of November 2026. An action is pinned by its commit, since a tag can
 * be moved; to take a newer one, change both here and run `slipway workflows`.
 */
export const ACTIONS = {
  checkout: {
    action: "actions/checkout",
    version: "v6.0.2",
    commit: "de0fac2e4500dabe0009e67214ff5f5447ce83dd",
  },
  node: {
    action: "actions/setup-node",
    version: "v6.3.0",
    commit: "53b83947a5a98c8d113130e565377fae1a50d02f",
  },
  terraform: {
    action: "hashicorp/setup-terraform",
    version: "v4.0.1",
    commit: "dfe3c3f87815947d99a8997f908cb6525fc44e9e",
  },
  credentials: {
    action: "aws-actions/configure-aws-credentials",
    version: "v6.1.0",
    commit: "ec61189d14ec14c8efccab744f656cffd0e33f37",
  },
  appToken: {
    action: "actions/create-github-app-token",
    version: "v3.2.0",
    commit: "bcd2ba49218906704ab6c1aa796996da409d3eb1",
  },
} as const;

/** The machine that GitHub's jobs run on. */
export const RUNNER = "ubuntu-24.04";
/** The one that images for arm64 are built on. */
export const ARM_RUNNER = "ubuntu-24.04-arm";
