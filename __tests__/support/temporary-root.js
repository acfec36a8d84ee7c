const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** All temporary folders of a run are in one, which goes when it ends: tests leave nothing on a machine. */
module.exports = () => {
  const root = mkdtempSync(join(tmpdir(), "slipway-tests-"));
  process.env.TMPDIR = root;
  module.exports.remove = () => rmSync(root, { recursive: true, force: true });
};
