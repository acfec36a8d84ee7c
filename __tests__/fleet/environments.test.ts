import { loadFleet } from "../../environments/schema/load";
import { AT_REST } from "../support/at-rest";
import { removeFolders } from "../support/company";
import { synthesized } from "../support/synthesized";
import { invariants } from "./invariants";
import { permissions } from "./permissions";
import { security } from "./security";
import { stores } from "./stores";

afterAll(removeFolders);

const fleet = loadFleet("environments");

describe("invariants", () => invariants(fleet));
describe("security", () => security(fleet));
describe("stores", () => stores(fleet));
describe("permissions", () => permissions(fleet));

/** What only other examples have: ChargeMap its pipelines and its copies of images, others their stores. */
const ELSEWHERE = [
  "aws_codebuild_project",
  "aws_db_instance",
  "aws_dms_endpoint",
  "aws_dms_replication_config",
  "aws_dms_replication_instance",
  "aws_dms_s3_endpoint",
  "aws_docdb_cluster",
  "aws_docdb_cluster_instance",
  "aws_dynamodb_table",
  "aws_ecr_repository_creation_template",
  "aws_elasticache_replication_group",
  "aws_instance",
  "aws_kinesis_stream",
  "aws_memorydb_cluster",
  "aws_opensearch_domain",
];

it("has one of everything that keeps something", () => {
  const types = [...synthesized(fleet).stacks.values()].flatMap((stack) =>
    stack.resources().map(({ type }) => type),
  );

  expect(
    Object.keys(AT_REST)
      .filter((type) => !types.includes(type))
      .sort(),
  ).toEqual(ELSEWHERE);
});
