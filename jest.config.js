const { existsSync, readFileSync, realpathSync } = require("node:fs");
const { dirname, join } = require("node:path");

/** The folder of the package `name`, as Node finds it from `from`. */
function folderOf(name, from) {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return realpathSync(folder);
  return dirname(from) === from ? folder : folderOf(name, dirname(from));
}

/**
 * Folders of `names` and of whatever they depend on that is an ES module only. Jest runs CommonJS, so these are
 * transformed; the rest of node_modules is not, which would take minutes for the provider alone.
 */
function esModules(names, from = __dirname, found = new Set()) {
  for (const name of names) {
    const folder = folderOf(name, from);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (manifest.type !== "module" || found.has(folder)) continue;
    found.add(folder);
    esModules(Object.keys(manifest.dependencies ?? {}), folder, found);
  }
  return [...found];
}

const transformed = esModules(["ora", "p-limit", "p-retry"])
  .map((folder) => folder.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
  .join("|");

/** A tier of tests: a folder below __tests__. */
const tier = (displayName) => ({
  displayName,
  testEnvironment: "node",
  testMatch: [`<rootDir>/__tests__/${displayName}/**/*.test.ts`],
  transform: {
    "\\.[jt]s$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" } }],
  },
  transformIgnorePatterns: [`^(?!(?:${transformed})/(?!node_modules/)).*/node_modules/`],
  // What Slipway writes may hold copies of package.json, which jest would take for packages of its own.
  modulePathIgnorePatterns: ["<rootDir>/.slipway/", "<rootDir>/cdktf.out/"],
});

/** Real Terraform takes its time: minutes, not seconds. */
const slow = { setupFilesAfterEnv: ["<rootDir>/__tests__/support/slow-tier.ts"] };

module.exports = {
  globalSetup: "<rootDir>/__tests__/support/temporary-root.js",
  globalTeardown: "<rootDir>/__tests__/support/remove-temporary-root.js",
  projects: [
    tier("unit"),
    tier("fleet"),
    { ...tier("terraform"), ...slow },
    { ...tier("emulator"), ...slow },
  ],
};
