/** A secret of the account, or a key of its JSON: `orders/db`, `orders/db:password`. */
export interface SecretReference {
  readonly secret: string;
  /** @default the whole value */
  readonly key?: string;
}

export function secretReference(text: string): SecretReference {
  const colon = text.indexOf(":");
  return colon === -1 ? { secret: text } : { secret: text.slice(0, colon), key: text.slice(colon + 1) };
}
