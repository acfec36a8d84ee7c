import { select } from "../../../cli/selection";
import { synthesizedPlatform } from "../../support/cli";

const ids = (...selectors: string[]) => select(synthesizedPlatform().stacks, selectors).map(({ id }) => id);

describe("a selector", () => {
  it.each([
    ["a stack id", "live-network", ["live-network"]],
    ["an account", "management", ["management-bootstrap", "management-permissions", "management-roles"]],
    ["a glob", "live-service-o*", ["live-service-orders"]],
    ["a concern", "hosting", ["development-hosting", "live-hosting"]],
  ])("is %s", (_, selector, expected) => expect(ids(selector)).toEqual(expected));

  it("none names every stack", () => expect(ids()).toHaveLength(synthesizedPlatform().stacks.length));

  it("keeps the order in which stacks are applied, whatever the order of the selectors", () =>
    expect(ids("live-hosting", "live-network")).toEqual(["live-network", "live-hosting"]));

  it.each([
    ["live-netwrok", /live-network/],
    ["devlopment", /development/],
    ["live-service-ordes", /live-service-orders/],
    ["hostng", /hosting/],
  ])("%s matches nothing and shows what is near", (selector, near) => {
    expect(() => ids(selector)).toThrow(/names no stack/);
    expect(() => ids(selector)).toThrow(near);
  });
});
