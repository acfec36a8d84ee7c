#!/usr/bin/env node
// Compiles TypeScript on the fly, without type-checking: `npm run typecheck` does that.
require("ts-node").register({
  project: require("node:path").join(__dirname, "..", "tsconfig.json"),
  swc: true,
});
// Its notice of Node releases to come is for us to read, not for whoever runs a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
require("./program.ts").main(process.argv);
