import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AccountInput } from "../../environments/schema/account";
import type { Facts } from "../../environments/schema/facts";
import type { Fleet } from "../../environments/schema/fleet";
import type { FleetCheck } from "../../environments/schema/checks/all";
import { loadFleet } from "../../environments/schema/load";
import type { MigrationInput } from "../../environments/schema/migration";
import type { OrganizationInput } from "../../environments/schema/organization";
import type { ServiceInput } from "../../environments/schema/service";

/** A whole organization, by file. */
export interface Company {
  readonly organization: OrganizationInput;
  readonly accounts: Readonly<Record<string, AccountInput>>;
  readonly services: Readonly<Record<string, ServiceInput>>;
  readonly migrations: Readonly<Record<string, MigrationInput>>;
  readonly facts: Readonly<Record<string, Facts>>;
}

/** What a test changes: merged deeply, `undefined` removes. Loose, so that it can say what types refuse. */
export interface Change {
  readonly organization?: Loose;
  readonly accounts?: Loose;
  readonly services?: Loose;
  readonly migrations?: Loose;
  readonly facts?: Loose;
  /** Further files, text by path below the folder. */
  readonly files?: Readonly<Record<string, string>>;
}
type Loose = Readonly<Record<string, unknown>>;

/** The smallest company with one of everything: both doors, a worker, both kinds of secret. */
export const ACME: Company = {
  organization: {
    name: "acme",
    domain: "acme.example",
    region: "eu-central-1",
    owner: "platform@acme.example",
    continuousIntegration: { provider: "github", repository: "acme/infrastructure" },
  },
  accounts: {
    management: {
      name: "management",
      id: "200000000001",
      email: "management@acme.example",
      kind: "management",
      preset: "live",
    },
    "shared-services": {
      name: "shared-services",
      id: "200000000002",
      email: "shared@acme.example",
      kind: "shared-services",
      preset: "live",
      capabilities: { natGateways: "none", interfaceEndpoints: [] },
      network: { cidrBlock: "10.10.0.0/20", publicZone: "acme.example" },
      registry: {},
    },
    live: {
      name: "live",
      id: "200000000003",
      email: "live@acme.example",
      preset: "live",
      network: { cidrBlock: "10.20.0.0/16" },
      secrets: {
        "orders/database": { description: "Connection string of the orders database" },
        "mail/provider": { store: "parameterStore", description: "Key of the mail provider" },
      },
      hosting: {},
    },
    development: {
      name: "development",
      id: "200000000004",
      email: "development@acme.example",
      preset: "development",
      network: { cidrBlock: "10.30.0.0/16" },
      secrets: {
        "orders/database": { description: "Connection string of the orders database" },
        "mail/provider": { store: "parameterStore", description: "Key of the mail provider" },
      },
      hosting: {},
    },
  },
  services: {
    orders: {
      name: "orders",
      owner: "orders@acme.example",
      cpu: 512,
      memory: 1024,
      containerPort: 8080,
      loadBalancers: [
        { alb: "public", host: "orders" },
        { alb: "internal", host: "orders" },
      ],
      secrets: { DATABASE_URL: "orders/database" },
    },
    mailer: {
      name: "mailer",
      owner: "mail@acme.example",
      kind: "worker",
      secrets: { PROVIDER: "mail/provider" },
    },
  },
  migrations: {},
  facts: { management: { organizationId: "o-a1b2c3d4e5" } },
};

/** ACME on Bitbucket. */
export const ON_BITBUCKET: Change = {
  organization: {
    continuousIntegration: {
      provider: "bitbucket",
      workspace: "acme",
      repository: "infrastructure",
      workspaceUuid: "10000000-0000-0000-0000-000000000000",
      repositoryUuid: "20000000-0000-0000-0000-000000000000",
      environmentUuids: Object.fromEntries(
        Object.values(ACME.accounts).map(({ name, id }) => [name, `30000000-0000-0000-0000-${id}`]),
      ),
    },
  },
};

/** ACME on GitLab. */
export const ON_GITLAB: Change = {
  organization: {
    continuousIntegration: { provider: "gitlab", repository: undefined, project: "acme/infrastructure" },
  },
};

/** ACME with its images delivered by GitHub Actions. */
export const DELIVERED_BY_GITHUB: Change = { organization: { delivery: { provider: "github" } } };

/** ACME with its images delivered by GitLab CI. */
export const DELIVERED_BY_GITLAB: Change = {
  organization: { ...ON_GITLAB.organization, delivery: { provider: "gitlab" } },
};

/** Writes ACME with `change` into `directory`, a JSON file an account and a service. */
export function writeCompany(directory: string, change: Change = {}): void {
  const { files = {}, ...data } = change;
  const company = merge({ ...ACME }, data) as unknown as Company;
  write(directory, "organization.json", JSON.stringify(company.organization));
  for (const folder of ["accounts", "services", "migrations", "facts"] as const) {
    for (const [name, value] of Object.entries(company[folder])) {
      write(directory, `${folder}/${name}.json`, JSON.stringify(value));
    }
  }
  for (const [path, text] of Object.entries(files)) write(directory, path, text);
}

const folders: string[] = [];

/** An empty folder of this test's own; `removeFolders` takes it away. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-test-"));
  folders.push(folder);
  return folder;
}

/** For `afterAll`. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Loads ACME with `change`, through files, as a user's organization is loaded. */
export function loadCompany(change: Change = {}, except: readonly FleetCheck[] = []): Fleet {
  const directory = temporaryFolder();
  writeCompany(directory, change);
  return loadFleet(directory, except);
}

function write(directory: string, path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function merge(base: Loose, change: Loose): Loose {
  const changed = Object.entries(change).map(([key, value]) => {
    const current = base[key];
    return [key, isPlain(current) && isPlain(value) ? merge(current, value) : value] as const;
  });
  const all = { ...base, ...Object.fromEntries(changed) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function isPlain(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
