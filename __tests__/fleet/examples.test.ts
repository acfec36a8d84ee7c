import { loadFleet } from "../../environments/schema/load";
import { removeFolders } from "../support/company";
import { EXAMPLES } from "../support/examples";
import { invariants } from "./invariants";
import { permissions } from "./permissions";
import { security } from "./security";
import { stores } from "./stores";

afterAll(removeFolders);

describe.each(EXAMPLES)("%s", (folder) => {
  const fleet = loadFleet(folder);

  describe("invariants", () => invariants(fleet));
  describe("security", () => security(fleet));
  describe("stores", () => stores(fleet));
  describe("permissions", () => permissions(fleet));
});
