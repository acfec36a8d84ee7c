import { Fn, Token } from "cdktf";
import type { Broker } from "../../environments/schema/queue";
import { read } from "../contract";
import { brokerContract } from "../contracts";
import { variable, type ServiceFeature } from "./feature";

/**
 * Brokers that a service speaks to: `BROKER_STATIONS_URL` and all `_ENDPOINTS`, `_USER` and `_PASSWORD` from the
 * broker's secret, and its clients' group.
 */
export const brokers: ServiceFeature = ({ stack, definition }) => {
  const known = stack.account.queue?.brokers ?? {};
  const found = [...new Set(definition.brokers)].sort().flatMap((name) => {
    const broker = known[name];
    return broker === undefined ? [] : [{ name, broker, contract: read(stack, brokerContract(name)) }];
  });
  return {
    environment: Object.fromEntries(
      found.flatMap(({ name, broker, contract }) => [
        [`BROKER_${variable(name)}_URL`, url(broker, contract.endpoints)],
        [`BROKER_${variable(name)}_ENDPOINTS`, Fn.join(",", contract.endpoints)],
      ]),
    ),
    secrets: Object.fromEntries(
      found.flatMap(({ name, contract: { secretArn } }) => [
        [`BROKER_${variable(name)}_USER`, `${secretArn}:username::`],
        [`BROKER_${variable(name)}_PASSWORD`, `${secretArn}:password::`],
      ]),
    ),
    secretArns: found.map(({ contract }) => contract.secretArn),
    securityGroupIds: found.map(({ contract }) => contract.clientGroupId),
  };
};

/**
 * ActiveMQ's OpenWire, whichever of its instances is the active one; RabbitMQ's AMQP.
 * https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-broker-architecture.html
 */
function url({ engine }: Broker, endpoints: string[]): string {
  if (engine === "RabbitMQ") return Token.asString(Fn.element(endpoints, 0));
  const openWire = Fn.join(",", Token.asList(Fn.regexall("ssl://[^,]+:61617", Fn.join(",", endpoints))));
  return `failover:(${openWire})`;
}
