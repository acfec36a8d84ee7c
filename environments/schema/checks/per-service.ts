import type { Account } from "../account";
import { servicesIn, type Fleet } from "../fleet";
import type { Service } from "../service";
import type { Violation } from "../violation";

type Found = Omit<Violation, "file">;

/** Runs a rule over each service in each account; what it finds alike in several accounts is said once. */
export function perService(
  fleet: Fleet,
  rule: (service: Service, account: Account) => readonly Found[],
): Violation[] {
  const found = new Map<string, { violation: Violation; accounts: string[] }>();
  for (const account of fleet.accounts) {
    for (const service of servicesIn(fleet, account)) {
      const file = fleet.sources.services[service.name] ?? service.name;
      for (const item of rule(service, account)) {
        const key = JSON.stringify([file, item.path, item.given, item.allowed]);
        const entry = found.get(key) ?? { violation: { ...item, file }, accounts: [] };
        entry.accounts.push(account.name);
        found.set(key, entry);
      }
    }
  }
  return [...found.values()].map(({ violation, accounts }) => ({
    ...violation,
    path: `${violation.path} (in ${accounts.join(", ")})`,
  }));
}
