import { compare, type Side } from "../../../cli/secrets/compare";
import { placeNamed, placesIn, type SecretPlace } from "../../../cli/secrets/places";
import { withKey } from "../../../cli/secrets/values";
import { loadCompany, removeFolders } from "../../support/company";

afterAll(removeFolders);

describe("the secrets of an account", () => {
  const fleet = loadCompany();
  const live = fleet.accounts.find(({ name }) => name === "live");
  if (live === undefined) throw new Error("no live");

  it("lie in their stores, and are read by services", () => {
    expect(placesIn(fleet, live)).toEqual([
      {
        name: "mail/provider",
        store: "parameterStore",
        id: "/slipway/live/secret/mail/provider/value",
        users: ["mailer"],
      },
      { name: "orders/database", store: "secretsManager", id: "live/orders/database", users: ["orders"] },
    ]);
  });

  it("must be declared to be set", () => {
    expect(() => placeNamed(fleet, live, "orders/databse")).toThrow(
      /declares no secret[^]*Did you mean orders\/database/,
    );
    expect(() => placeNamed(fleet, live, "x")).toThrow(/Declare it in secrets of live/);
  });
});

describe("a key of a secret's JSON", () => {
  it("is set beside the others, or as the first", () => {
    expect(withKey('{"user":"a","password":"b"}', "password", "c")).toBe('{"user":"a","password":"c"}');
    expect(withKey(undefined, "password", "c")).toBe('{"password":"c"}');
  });

  it.each(["plain", "[1]", '"text"', "null"])("of %s is refused, and its text is not shown", (text) => {
    expect(() => withKey(text, "k", "v")).toThrow(
      /^The secret's value is not a JSON object[^]*Nothing was changed/,
    );
  });
});

describe("two accounts' secrets beside each other", () => {
  const place = (name: string): SecretPlace => ({ name, store: "secretsManager", id: name, users: [] });
  const side = (values: Readonly<Record<string, string | undefined>>, readable = true): Side => ({
    places: Object.keys(values).map(place),
    shown: { state: ({ name }) => Promise.resolve({ exists: true, hasValue: values[name] !== undefined }) },
    ...(readable ? { read: { read: ({ name }: SecretPlace) => Promise.resolve(values[name]) } } : {}),
  });

  it("are missing, the same, or differ; no value is among what comes out", async () => {
    const compared = await compare(
      side({ a: "hunter2", b: "x", c: "y" }),
      side({ a: "hunter2", b: undefined, c: "z", d: "w" }),
    );
    expect(compared.map(({ name, from, to, same }) => [name, from?.hasValue, to?.hasValue, same])).toEqual([
      ["a", true, true, true],
      ["b", true, false, undefined],
      ["c", true, true, false],
      ["d", undefined, true, undefined],
    ]);
    expect(JSON.stringify(compared)).not.toMatch(/hunter2/);
  });

  it("are compared by presence alone by whoever may not read them", async () => {
    const [compared] = await compare(side({ a: "x" }), side({ a: "x" }, false));
    expect(compared).toMatchObject({ from: { hasValue: true }, to: { hasValue: true } });
    expect(compared).not.toHaveProperty("same");
  });
});
