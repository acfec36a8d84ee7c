#!/usr/bin/env node
require("./register.js");
// Its notice of Node releases to come is for us to read, not for whoever runs a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
require("./program.ts").main(process.argv);
