import { accountJobs } from "../../../cli/workflows/job-groups";

const stack = (id: string, ...dependsOn: string[]) => {
  const [concern = "", name] = id.split("/");
  return { id, concern, ...(name === undefined ? {} : { name }), dependsOn };
};

const ALL = [
  stack("bootstrap"),
  stack("network", "bootstrap"),
  stack("service/orders", "network"),
  stack("service/mailer", "network"),
  stack("service/reports", "service/orders"),
  stack("dashboard", "service/mailer"),
];

describe("the jobs of an account", () => {
  it("are the common stacks, then the services, then what rests on services; never bootstrap", () => {
    expect(accountJobs(ALL, ALL)).toEqual({
      common: ["network"],
      services: [
        { name: "mailer", stacks: ["service/mailer"] },
        { name: "orders and 1 more", stacks: ["service/orders", "service/reports"] },
      ],
      afterServices: ["dashboard"],
    });
  });

  it("hold what changed and nothing else", () => {
    const changed = ALL.filter(({ id }) => id === "service/mailer");

    expect(accountJobs(ALL, changed)).toEqual({
      common: [],
      services: [{ name: "mailer", stacks: ["service/mailer"] }],
      afterServices: [],
    });
  });

  it("stay few however many services there are, and none is lost", () => {
    const services = Array.from({ length: 250 }, (_, index) => stack(`service/s${index}`));
    const { services: jobs } = accountJobs(services, services, 12);

    expect(jobs).toHaveLength(12);
    expect(jobs.flatMap(({ stacks }) => stacks).sort()).toEqual(services.map(({ id }) => id).sort());
  });
});
