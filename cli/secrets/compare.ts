import { createHash, randomBytes } from "node:crypto";
import type { SecretPlace } from "./places";
import type { SecretState, SecretValues } from "./values";

/** A secret in two accounts. */
export interface Compared {
  readonly name: string;
  readonly from: SecretState | undefined;
  readonly to: SecretState | undefined;
  /** Whether the values are the same; nothing where they may not be read, or one is not there. */
  readonly same?: boolean;
}

/** One of the two accounts. */
export interface Side {
  readonly places: readonly SecretPlace[];
  /** Shows what there is. */
  readonly shown: Pick<SecretValues, "state">;
  /** Shows values; nothing where the caller may not read them. */
  readonly read?: Pick<SecretValues, "read">;
}

/** Sets two accounts' secrets beside each other. Values are hashed with a salt of this run, compared, and forgotten. */
export async function compare(from: Side, to: Side): Promise<Compared[]> {
  const salt = randomBytes(32);
  const all = [...new Set([...from.places, ...to.places].map(({ name }) => name))].sort();
  const compared: Compared[] = [];
  for (const name of all) {
    const [one, other] = [await stateIn(from, name), await stateIn(to, name)];
    const readable = one?.hasValue === true && other?.hasValue === true;
    const hashes = readable ? [await hashIn(from, name, salt), await hashIn(to, name, salt)] : [];
    const [first, second] = hashes;
    compared.push({
      name,
      from: one,
      to: other,
      ...(first === undefined || second === undefined ? {} : { same: first === second }),
    });
  }
  return compared;
}

async function stateIn({ places, shown }: Side, name: string): Promise<SecretState | undefined> {
  const place = places.find((each) => each.name === name);
  return place === undefined ? undefined : shown.state(place);
}

async function hashIn({ places, read }: Side, name: string, salt: Buffer): Promise<string | undefined> {
  const place = places.find((each) => each.name === name);
  if (read === undefined || place === undefined) return undefined;
  // Who may see that there is a value may not be let read it.
  const value = await read.read(place).catch(() => undefined);
  return value === undefined ? undefined : createHash("sha256").update(salt).update(value).digest("hex");
}
