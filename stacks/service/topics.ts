import { read } from "../contract";
import { topicContract } from "../contracts";
import { pascal, variable, type ServiceFeature } from "./feature";

/** Topics that a service publishes to: `TOPIC_CHARGING_EVENTS_ARN`, and the right to. */
export const topics: ServiceFeature = ({ stack, definition }) => {
  const published = [...new Set(definition.publishes)].sort();
  if (published.length === 0) return {};
  const found = published.map((name) => ({ name, arn: read(stack, topicContract(name)).arn }));
  return {
    environment: Object.fromEntries(found.map(({ name, arn }) => [`TOPIC_${variable(name)}_ARN`, arn])),
    statements: found.map(({ name, arn }) => ({
      sid: `PublishTo${pascal(name)}`,
      actions: ["sns:Publish"],
      resources: [arn],
    })),
    keyUsers: ["sns"],
  };
};
