import type { ServiceInput } from "../../../environments/schema/service";

/**
 * What visitors do on the website. Their clicks go from API Gateway into the stream and past all tasks, so that they
 * load no application; a function keeps visits, and the tasks tell what was learned of them.
 */
export default {
  name: "click-stream",
  owner: "web@harbour.example",
  containerPort: 8080,
  loadBalancers: [{ nlb: "private", host: "click-stream", listenerPort: 8006 }],
  apis: [
    { api: "clicks", path: "/clicks", authorizer: "none", stream: "clicks" },
    { api: "public", path: "/visits/*" },
  ],
  tables: { visits: "read" },
  functions: {
    "click-recorder": {
      stream: { name: "clicks", reportBatchItemFailures: true },
      tables: { visits: "readWrite" },
    },
  },
} satisfies ServiceInput;
