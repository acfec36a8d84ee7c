#!/usr/bin/env node
// Compiles TypeScript on the fly, without type-checking: `npm run typecheck` does that.
require("ts-node").register({
  project: require("node:path").join(__dirname, "..", "tsconfig.json"),
  swc: true,
});
require("./program.ts").main(process.argv);
