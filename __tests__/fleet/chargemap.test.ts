import { loadFleet } from "../../environments/schema/load";
import { removeFolders } from "../support/company";
import { invariants } from "./invariants";
import { permissions } from "./permissions";
import { security } from "./security";

afterAll(removeFolders);

const fleet = loadFleet("examples/chargemap");

describe("invariants", () => invariants(fleet));
describe("security", () => security(fleet));
describe("permissions", () => permissions(fleet));
